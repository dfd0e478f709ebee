/* rows.h - whole rows of VALUES from the list of their marks. Compiled once an instruction set;
 * the form of a row is the same for all rows of a chunk, so nothing is asked whose answer changes
 * from row to row. */
#ifndef YINMA_DECODE_SQL_ROWS_H
#define YINMA_DECODE_SQL_ROWS_H

#include "core/segment.h"
#include "decode/sql/sets.h"

enum {
    SQL_LONG_VALUE = 256,     /* values longer than that are running text as well */
    SQL_ROW_CELLS_BEHIND = 8, /* so many cells behind the last one may be written */
};

struct sql_rows {
    const uint8_t *bytes;
    const struct sql_sets *sets; /* of the chunk, without anything odd */
    size_t base;                 /* where the chunk begins */
    const uint32_t *fields;      /* of the columns */
    uint32_t columns;            /* not 0 */
    struct cell *cells;
    struct row_mark *rows;
    /* Where reading stands; moves on. */
    size_t start;   /* of the first value, in the chunk */
    uint32_t mark;  /* the next one */
    uint32_t cell;  /* cells used, of `cells` */
    uint32_t count; /* rows used, of `rows` */
    uint64_t row;   /* the number of the one that begins at `start` */
    uint32_t flags; /* of all cells that were put, at least */
};

/* The rows from here on, as long as they are whole, strings and whole numbers only, and followed by
 * another row. Returns how many. */
sql_rows_fn VARIANTS(sql_rows);

#endif
