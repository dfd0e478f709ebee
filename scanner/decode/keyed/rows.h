/* rows.h - rows in a line of running text whose statement names their columns, as logs of
 * databases and programs have them: INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'). */
#ifndef YINMA_DECODE_KEYED_ROWS_H
#define YINMA_DECODE_KEYED_ROWS_H

#include "decode/keyed/keys.h"

enum { KEYED_ROW_COLUMNS = 64 }; /* statements with more are running text */

struct keyed_rows {
    size_t end; /* of the line */
    size_t at;  /* behind the value read last */
    size_t columns, column;
    struct {
        size_t begin, end;
    } names[KEYED_ROW_COLUMNS];
};

/* The first such statement in the line [begin, end) of TEXT; false: there is none. */
bool keyed_rows_begin(struct bytes text, size_t begin, size_t end, struct keyed_rows *rows);
/* Its next value that is a string or a number, with the name of its column as the key; false:
 * there are no more. */
bool keyed_rows_next(struct keyed_rows *rows, struct bytes text, struct keyed *out);

#endif
