/* listing_columns.h - the columns of results as SQL*Plus, sqlcmd and psql print them: a line of
 * dashes below the headings says where each one begins and ends on a terminal. */
#ifndef YINMA_DECODE_ALIGNED_LISTING_COLUMNS_H
#define YINMA_DECODE_ALIGNED_LISTING_COLUMNS_H

#include "core/bytes.h"

enum { LISTING_COLUMNS_MAX = 256 };

struct listing_columns {
    size_t count;
    bool drawn;   /* bars stand between the columns, at no certain places */
    uint8_t mark; /* stands between the columns of each row; 0: only blanks do */
    uint32_t start[LISTING_COLUMNS_MAX], end[LISTING_COLUMNS_MAX]; /* in columns of a terminal */
};

/* Is LINE such a line of dashes? One run of them alone counts only with LISTING_ALONE. */
enum listing_runs { LISTING_SEVERAL, LISTING_ALONE };
bool listing_dashes(struct bytes line, enum listing_runs runs, struct listing_columns *out);

/* Cut LINE: CELLS are views of it, without blanks; what does not reach a column is empty there.
 * False: something stands between columns, so it is no row. */
bool listing_cut(struct bytes line, const struct listing_columns *columns, struct bytes *cells);

/* What a line below the rows says about their number: "12 rows selected.", "(12 rows affected)",
 * 已選取 12 個資料列. */
bool listing_count(struct bytes line, uint64_t *out);

#endif
