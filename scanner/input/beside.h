/* beside.h - what files that stand beside a file say of its content: the contents of a dump in
 * directory form, the description of a table beside its rows. */
#ifndef YINMA_INPUT_BESIDE_H
#define YINMA_INPUT_BESIDE_H

#include "core/text_buffer.h"
#include "input/input.h"

struct beside {
    struct content_hint hint; /* points into what follows */
    struct text_buffer name;  /* what the content is to be called; "" = as its file */
    struct text_buffer preamble;
    char encoding[32];
};

void beside_init(struct beside *beside);
void beside_release(struct beside *beside);

/* Look beside SOURCE, a file called NAME (without folders). True when something says what it holds:
 * BESIDE->hint. A file that is missing or makes no sense is as none. */
bool beside_find(struct beside *beside, struct byte_source *source, struct bytes name,
                 struct input_budget *budget);

/* ---- inside the room ---- */

/* One row a kind of neighbours, see beside.c. STEM: the name without an ending of compression. */
typedef bool beside_rule(struct beside *beside, struct byte_source *source, struct bytes stem,
                         struct input_budget *budget);
bool pg_directory_beside(struct beside *beside, struct byte_source *source, struct bytes stem,
                         struct input_budget *budget);
bool mysql_tab_beside(struct beside *beside, struct byte_source *source, struct bytes stem,
                      struct input_budget *budget);
bool mydumper_beside(struct beside *beside, struct byte_source *source, struct bytes stem,
                     struct input_budget *budget);

/* The whole text of the neighbour called NAME, itself or compressed, appended to OUT. False: there
 * is none, it is larger than a description may be, or it cannot be read. */
bool beside_read(struct byte_source *source, struct bytes name, struct input_budget *budget,
                 struct text_buffer *out);

#endif
