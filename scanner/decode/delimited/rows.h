/* rows.h - whole rows of delimited text, where every field is as bare as nearly all are:
 * no quotes, no blanks around it, not empty, not long; and there are as many as there are columns.
 */
#ifndef YINMA_DECODE_DELIMITED_ROWS_H
#define YINMA_DECODE_DELIMITED_ROWS_H

#include "core/retry.h"
#include "decode/delimited/lists.h"

struct delimited_rows {
    const struct delimited_kernels *kernels;
    uint8_t delimiter, record_end;
    struct retry plain;         /* of chunks in which nothing is dressed */
    struct delimited_list list; /* of the chunk in work */
    struct delimited_template template;
};

/* Its template is made when the columns are known. */
void delimited_rows_init(struct delimited_rows *rows, enum isa isa, uint8_t delimiter,
                         uint8_t record_end);

/* The list of a chunk, as its kernel makes it. */
void delimited_rows_list(struct delimited_rows *rows, const uint8_t *bytes, size_t blocks,
                         const uint64_t *ends, const uint64_t *records,
                         struct delimited_carry *carry);

/* Take at most MOST rows from entry I of the list on (the ends of their fields are there), of which
 * the first begins at START, BASE bytes before the chunk; CHUNK is its text. Their cells, whose
 * offsets count from there, go to CELLS. Returns how many rows were taken; the cells behind those
 * mean nothing. */
size_t delimited_rows_take(const struct delimited_rows *rows, const uint8_t *chunk, size_t i,
                           size_t most, size_t start, size_t base, struct cell *cells);

#endif
