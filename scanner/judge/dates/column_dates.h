/* column_dates.h - the dates of all rows of a table in one segment, read down its date columns: the
 * twin of row_dates.h for plain_columns.h. */
#ifndef YINMA_JUDGE_DATES_COLUMN_DATES_H
#define YINMA_JUDGE_DATES_COLUMN_DATES_H

#include "core/hit.h"
#include "core/segment.h"
#include "judge/live/fields.h"
#include "result/date_facts.h"

struct row_day {
    int32_t day;
    uint32_t field; /* that it comes from */
    uint8_t rank;   /* enum date_rank; 0: the row has no date */
    uint8_t period; /* of the run's cuts */
};

/* Rows one after the other, as columns are read. */
struct row_stretch {
    struct row_day row; /* the first one */
    int32_t oldest, newest;
    bool alike; /* all are dated by the same column and in the same period, or none is */
};

enum { KNOWN_DAYS = 256, KNOWN_DAY_BYTES = 16 };

/* A cell that was read before, up to KNOWN_DAY_BYTES long: columns of dates hold few different
 * ones. */
struct known_day {
    uint64_t text[2]; /* its bytes, then zeros */
    int32_t day;
    uint8_t length; /* 0: free */
    uint8_t period;
};

struct column_dates {
    struct row_day *rows; /* by row of the segment */
    size_t capacity;
    bool any; /* has the table a date column? */
    struct row_stretch stretch;
    struct known_day known[KNOWN_DAYS];
};

/* The day that CELL of a date column tells, or DAY_NONE. Asked once for cells of the same bytes
 * that are nothing but those (no flag but CELL_NUMBER). */
typedef int32_t cell_day_fn(void *context, const struct cell *cell);

/* How days are read: date_text_read() under ZONE_SECONDS, and what DAY_OF makes of the rest. */
struct day_cells {
    cell_day_fn *day_of;
    void *context;
    int32_t zone_seconds;
};

/* Read the dates of SEGMENT, whose rows are whole; CUTS and what CELLS knows are always the same.
 * False when memory is out. */
bool column_dates_read(struct column_dates *dates, const struct segment *segment,
                       const struct match_result *match, const struct date_cuts *cuts,
                       const struct day_cells *cells);
void column_dates_release(struct column_dates *dates);

/* Look at COUNT rows from FIRST on: `stretch` of DATES, which has some date column. */
void column_dates_stretch(struct column_dates *dates, size_t first, size_t count);

/* A clear value of KIND in FIELD stands in each of the COUNT rows of `stretch`, which are alike.
 * False when memory is out. */
bool column_dates_count_all(const struct column_dates *dates, size_t count,
                            const struct date_cuts *cuts, struct live_field *field, unsigned kind);

/* Clear values of KIND in FIELD stand in those of the COUNT rows ROWS for which TAKEN holds. False
 * when memory is out. */
bool column_dates_count(const struct column_dates *dates, const uint32_t *rows, const bool *taken,
                        size_t count, const struct date_cuts *cuts, struct live_field *field,
                        unsigned kind);

#endif
