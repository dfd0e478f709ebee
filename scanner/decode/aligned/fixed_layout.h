/* fixed_layout.h - records of constant length without delimiters, as bank media and host extracts
 * are: where their fields lie, by what the columns of the first lines hold. Columns count original
 * bytes: a hanzi takes two in Big5. A file that was turned into UTF-8 later keeps its shape in
 * columns of a terminal, not in bytes; then those are counted. */
#ifndef YINMA_DECODE_ALIGNED_FIXED_LAYOUT_H
#define YINMA_DECODE_ALIGNED_FIXED_LAYOUT_H

#include "core/width_rule.h"
#include "decode/decoder.h"

enum { FIXED_MAX_FIELDS = 256, FIXED_MAX_WIDTH = 3200 };

struct fixed_layout {
    enum width_rule measure;               /* how characters count */
    size_t width;                          /* columns of a record, without its line end */
    size_t count;                          /* fields */
    uint16_t starts[FIXED_MAX_FIELDS + 1]; /* their first columns, from 0; [count] is the width */
};

/* False when the data does not look like that. */
bool fixed_layout_find(const struct decode_head *head, struct fixed_layout *out);

/* Columns of the character at P (LEFT bytes, not 0), *length its bytes. */
size_t fixed_character(enum width_rule measure, const uint8_t *p, size_t left, size_t *length);
/* Columns of LINE. */
size_t fixed_width(enum width_rule measure, struct bytes line);
/* The next line of *rest, without its end; false when there is none. One without a newline only
 * counts when REST is WHOLE. */
bool fixed_next_line(struct bytes *rest, bool whole, struct bytes *line);
/* LINE, which ends at a newline or the end of the data, without its return. */
struct bytes fixed_line(struct bytes line);

#endif
