/* delimited_rows.h - whole rows of delimited text, where every field is as bare as nearly all are:
 * no quotes, no blanks around it, not empty, not long; and there are as many as there are columns.
 */
#ifndef YINMA_DECODE_DELIMITED_ROWS_H
#define YINMA_DECODE_DELIMITED_ROWS_H

#include "core/segment.h"

enum { DELIMITED_BARE_BYTES = 200 };

struct delimited_rows {
    const uint8_t *text;
    const uint16_t *ends; /* of fields, in TEXT */
    uint8_t delimiter, record_end;
    const uint32_t *columns; /* field numbers */
    size_t width;            /* how many */
};

/* At most MOST rows (the ends of their fields are there) of which the first begins at START, BASE
 * bytes before the text; their cells, whose offsets count from there, go to CELLS. Returns how many
 * rows were taken; the cells behind those mean nothing. */
size_t delimited_rows_take(const struct delimited_rows *rows, size_t most, size_t start,
                           size_t base, struct cell *cells);

#endif
