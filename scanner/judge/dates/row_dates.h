/* row_dates.h - how old the values are that a collector counts: what it has counted in a row waits
 * until the row is over, because its date may stand in the last column. A row has one date, that of
 * its best date column (see enum date_rank); with none its values have no age of their own. Facts
 * only: which age is too old is asked later, so that no rule changes what is counted. One a worker,
 * and one a level of values inside values, whose rows are read between those of the data. */
#ifndef YINMA_JUDGE_DATES_ROW_DATES_H
#define YINMA_JUDGE_DATES_ROW_DATES_H

#include "judge/live/fields.h"
#include "result/date_facts.h"

/* Values of one kind and state in the row. */
struct row_value {
    uint32_t field;
    uint8_t kind, state;
    uint16_t zero; /* rows are compared byte by byte */
    uint32_t count;
};

enum { SHAPE_VALUES_MAX = 24 };

/* Rows one after the other in which the same was counted, dated by the same column: most rows of
 * most tables. They are told to the fields together. */
struct row_shape {
    uint32_t count; /* of values; 0: no rows */
    uint32_t date_field;
    uint8_t rank, used;
    int32_t oldest, newest;
    uint32_t rows_held;
    uint8_t periods[DATE_PERIODS_MAX]; /* those that have rows, as they were met */
    uint32_t rows[DATE_PERIODS_MAX];   /* by period */
    struct row_value values[SHAPE_VALUES_MAX];
};

struct row_dates {
    uint64_t row;
    uint32_t table;
    uint32_t date_field; /* that `day` comes from */
    int32_t day;
    uint8_t rank; /* enum date_rank; 0: no date yet */
    uint32_t count, room;
    struct row_value *values; /* as they were met */
    struct row_shape shape;
};

/* Forget what is held, as a unit begins. */
void row_dates_start(struct row_dates *row);
void row_dates_release(struct row_dates *row);

/* The row is over: date what was counted in it. False when memory is out. */
bool row_dates_end(struct row_dates *row, const struct date_cuts *cuts, struct live_fields *fields);
/* The unit is over: tell FIELDS all that was held back. False when memory is out. */
bool row_dates_finish(struct row_dates *row, const struct date_cuts *cuts,
                      struct live_fields *fields);

/* Row NUMBER of TABLE begins (or goes on). False when memory is out. */
static inline bool row_dates_begin(struct row_dates *row, uint64_t number, uint32_t table,
                                   const struct date_cuts *cuts, struct live_fields *fields) {
    if (number == row->row && table == row->table) {
        return true;
    }
    bool ok = row->rank == 0 || row->count == 0 || row_dates_end(row, cuts, fields);
    row->row = number;
    row->table = table;
    row->rank = 0;
    row->count = 0;
    return ok;
}

/* Would a date of that rank in FIELD be the row's, as far as is known? */
static inline bool row_dates_wants(const struct row_dates *row, uint8_t rank, uint32_t field) {
    return row->rank == 0 || rank < row->rank || (rank == row->rank && field < row->date_field);
}

/* DAY stands in a date column; DAY_NONE changes nothing. */
static inline void row_dates_day(struct row_dates *row, uint8_t rank, uint32_t field, int32_t day) {
    if (day != DAY_NONE) {
        row->rank = rank;
        row->date_field = field;
        row->day = day;
    }
}

bool row_dates_make_room(struct row_dates *row);

/* A value was counted in a cell of the row. False when memory is out. */
static inline bool row_dates_value(struct row_dates *row, uint32_t field, unsigned kind,
                                   unsigned state) {
    if (row->count == row->room && !row_dates_make_room(row)) {
        return false;
    }
    row->values[row->count++] = (struct row_value){
        .field = field, .kind = (uint8_t)kind, .state = (uint8_t)state, .count = 1};
    return true;
}

#endif
