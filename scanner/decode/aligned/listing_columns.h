/* listing_columns.h - the columns of results as SQL*Plus, sqlcmd, psql and mysql print them: a line
 * of dashes below the headings, or a frame about them, says where each one begins and ends on a
 * terminal. */
#ifndef YINMA_DECODE_ALIGNED_LISTING_COLUMNS_H
#define YINMA_DECODE_ALIGNED_LISTING_COLUMNS_H

#include "core/bytes.h"

enum { LISTING_COLUMNS_MAX = 256 };

struct listing_columns {
    size_t count;
    bool drawn;   /* bars stand between the columns, at no certain places */
    bool framed;  /* it is a line of a frame (+----+----+), which also stands above and below */
    uint8_t mark; /* stands between the columns of each row; 0: only blanks do */
    uint32_t start[LISTING_COLUMNS_MAX], end[LISTING_COLUMNS_MAX]; /* in columns of a terminal */
};

/* Is LINE such a line of dashes? One run of them alone counts only with LISTING_ALONE, or in a
 * frame. */
enum listing_runs { LISTING_SEVERAL, LISTING_ALONE };
bool listing_dashes(struct bytes line, enum listing_runs runs, struct listing_columns *out);

/* Cut LINE: CELLS are views of it, without blanks; what does not reach a column is empty there.
 * False: something stands between columns, so it is no row. */
bool listing_cut(struct bytes line, const struct listing_columns *columns, struct bytes *cells);

#endif
