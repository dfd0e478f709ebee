/* column_dates.h - the dates of all rows of a table in one segment, read down its date columns: the
 * twin of row_dates.h for plain_columns.h. */
#ifndef YINMA_JUDGE_COLUMN_DATES_H
#define YINMA_JUDGE_COLUMN_DATES_H

#include "core/hit.h"
#include "core/segment.h"
#include "judge/live_fields.h"
#include "result/date_facts.h"

struct row_day {
    int32_t day;
    uint32_t field; /* that it comes from */
    uint8_t rank;   /* enum date_rank; 0: the row has no date */
    uint8_t period; /* of the run's cuts */
};

struct column_dates {
    struct row_day *rows; /* by row of the segment */
    size_t capacity;
    bool any; /* has the table a date column? */
};

/* The day that CELL of a date column tells, or DAY_NONE. */
typedef int32_t cell_day_fn(void *context, const struct cell *cell);

/* Read the dates of SEGMENT, whose rows are whole. False when memory is out. */
bool column_dates_read(struct column_dates *dates, const struct segment *segment,
                       const struct match_result *match, const struct date_cuts *cuts,
                       cell_day_fn *cell_day, void *context);
void column_dates_release(struct column_dates *dates);

/* Clear values of KIND in FIELD stand in those of the COUNT rows ROWS for which TAKEN holds. False
 * when memory is out. */
bool column_dates_count(const struct column_dates *dates, const uint32_t *rows, const bool *taken,
                        size_t count, const struct date_cuts *cuts, struct live_field *field,
                        unsigned kind);

#endif
