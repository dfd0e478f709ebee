/* layouts.h - the layouts of records that a run was given: `--layout` and `layouts:` of the
 * configuration. Made once, then const. */
#ifndef YINMA_RUN_LAYOUTS_LAYOUTS_H
#define YINMA_RUN_LAYOUTS_LAYOUTS_H

#include "catalog/config.h"
#include "core/arena.h"
#include "decode/decoder.h"

struct layouts;

/* OPTIONS: the words of --layout, "[GLOB=]FILE", NULL-terminated or NULL; CONFIG may be NULL and
 * must outlive them. *OUT is NULL when there are none. 0, YINMA_E_MEMORY or YINMA_E_USAGE. */
int layouts_new(const char *const *options, const struct config *config, struct layouts **out,
                struct error *err);
void layouts_free(struct layouts *layouts);

/* The layout of the unit INPUT: one that was given (LAYOUTS may be NULL), else one that comes with
 * the data (described.h), which is made in MEMORY. *encoding is GUESS, or what the layout says.
 * SCHEMA: SQL that the user gave. */
struct unit_scan_input;
const struct record_layout *layouts_of_unit(const struct layouts *layouts,
                                            const struct unit_scan_input *input,
                                            const struct decode_head *head, struct bytes schema,
                                            struct encoding_guess guess, struct arena *memory,
                                            struct encoding_guess *encoding);

/* The layout that was given for the unit NAME that begins with HEAD: that of the first glob that
 * fits, else one that was given for any file and whose lengths the records have. NULL: none.
 * ENCODING as guessed; what a layout says of it replaces the guess. */
const struct record_layout *layouts_find(const struct layouts *layouts, struct bytes name,
                                         const struct decode_head *head, enum encoding encoding);

/* Is one of them for any file? LAYOUTS may be NULL. */
bool layouts_for_any(const struct layouts *layouts);

#endif
