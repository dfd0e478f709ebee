#include "judge/column_dates.h"

#include <stdlib.h>

#include "judge/row_dates.h"

void column_dates_release(struct column_dates *dates) {
    free(dates->rows);
    *dates = (struct column_dates){0};
}

static bool wants(const struct row_day *row, uint8_t rank, uint32_t field) {
    return row->rank == 0 || rank < row->rank || (rank == row->rank && field < row->field);
}

static void read_column(struct column_dates *dates, const struct segment *segment, size_t column,
                        uint8_t rank, cell_day_fn *cell_day, void *context) {
    uint32_t field = segment->cells[column].field;
    size_t row = 0;
    for (size_t i = column; i < segment->cell_count; i += segment->columns, row++) {
        struct row_day *place = &dates->rows[row];
        int32_t day = wants(place, rank, field) ? cell_day(context, &segment->cells[i]) : DAY_NONE;
        if (day != DAY_NONE) {
            *place = (struct row_day){.day = day, .field = field, .rank = rank};
        }
    }
}

static void find_periods(struct column_dates *dates, size_t rows, const struct date_cuts *cuts) {
    for (size_t i = 0; i < rows; i++) {
        dates->rows[i].period = (uint8_t)date_cuts_period(cuts, dates->rows[i].day);
    }
}

bool column_dates_read(struct column_dates *dates, const struct segment *segment,
                       const struct match_result *match, const struct date_cuts *cuts,
                       cell_day_fn *cell_day, void *context) {
    _Static_assert(DATE_PERIODS_MAX <= UINT8_MAX, "a period fits a byte");
    size_t rows = segment->cell_count / segment->columns;
    dates->any = false;
    for (size_t column = 0; column < segment->columns; column++) {
        dates->any |= match->plans[segment->cells[column].field].date_rank != 0;
    }
    if (!dates->any) {
        return true;
    }
    if (rows > dates->capacity) {
        struct row_day *bigger = reallocarray(dates->rows, 2 * rows, sizeof *bigger);
        if (bigger == NULL) {
            return false;
        }
        dates->rows = bigger;
        dates->capacity = 2 * rows;
    }
    memset(dates->rows, 0, rows * sizeof *dates->rows);
    for (size_t column = 0; column < segment->columns; column++) {
        uint8_t rank = match->plans[segment->cells[column].field].date_rank;
        if (rank != 0) {
            read_column(dates, segment, column, rank, cell_day, context);
        }
    }
    find_periods(dates, rows, cuts);
    return true;
}

/* Values in rows dated by one column, counted at its next change. */
struct same_column {
    struct live_dates *live;
    uint32_t field, values;
    uint8_t rank;
};

static void end_column(struct same_column *same) {
    if (same->values != 0) {
        live_dates_column(same->live, same->rank, same->field, same->values);
        same->values = 0;
    }
}

bool column_dates_count(const struct column_dates *dates, const uint32_t *rows, const bool *taken,
                        size_t count, const struct date_cuts *cuts, struct live_field *field,
                        unsigned kind) {
    struct same_column same = {0};
    for (size_t i = 0; i < count; i++) {
        const struct row_day *row = &dates->rows[rows[i]];
        if (!taken[i] || row->rank == 0) {
            continue;
        }
        if (same.live == NULL && (same.live = live_field_dates(field, kind)) == NULL) {
            return false;
        }
        struct date_period *counts = live_dates_period(same.live, row->period);
        if (counts == NULL) {
            return false;
        }
        counts->first = cuts->first[row->period];
        counts->count[STATE_CLEAR][date_rank_ends((enum date_rank)row->rank)]++;
        same.live->oldest = row->day < same.live->oldest ? row->day : same.live->oldest;
        same.live->newest = row->day > same.live->newest ? row->day : same.live->newest;
        if (row->rank != same.rank || row->field != same.field) {
            end_column(&same);
            same.rank = row->rank;
            same.field = row->field;
        }
        same.values++;
    }
    end_column(&same);
    return true;
}
