/* sql_pairs.h - statements whose values an equals sign gives to columns: UPDATE t SET a = 'x' WHERE
 * b = 'y', DELETE FROM t WHERE b = 'y', INSERT INTO t SET a = 'x'. */
#ifndef YINMA_DECODE_SQL_PAIRS_H
#define YINMA_DECODE_SQL_PAIRS_H

#include "decode/sql_cell.h"

enum { SQL_PAIRS_MOST = 512 }; /* of a statement; further ones are running text */

/* column = literal. */
struct sql_pair {
    struct sql_token column;
    struct sql_value value;
    size_t begin, end; /* of the literal, with its quotes and prefix */
};

/* Where a reader of pairs stands. */
struct sql_pairs {
    struct sql_lexer lexer;
    const struct sql_dialect *dialect;
    struct sql_token token; /* read and not looked at yet */
    size_t depth;           /* open brackets */
};

/* Behind the head of the statement, at FROM. */
void sql_pairs_begin(struct sql_pairs *pairs, const struct sql_view *view, size_t from,
                     const struct sql_dialect *dialect);
/* The next pair. False: the statement is over; pairs->token is what ends it, or MORE where the view
 * does. */
bool sql_pairs_next(struct sql_pairs *pairs, struct sql_pair *out);

#endif
