#include "judge/row_dates.h"

#include <stdlib.h>

enum {
    VALUES_FIRST = 64,
    VALUES_MANY = 4096, /* so many in one row say the same again and again */
};

void row_dates_start(struct row_dates *row) {
    row->row = 0;
    row->table = 0;
    row->rank = 0;
    row->count = 0;
}

void row_dates_release(struct row_dates *row) {
    free(row->values);
    *row = (struct row_dates){0};
}

static int compare_values(const void *a, const void *b) {
    const struct row_value *x = a, *y = b;
    if (x->field != y->field) {
        return x->field < y->field ? -1 : 1;
    }
    return x->kind != y->kind ? (int)x->kind - (int)y->kind : (int)x->state - (int)y->state;
}

/* Values of one field, kind and state become one entry. */
static void unite(struct row_dates *row) {
    uint32_t kept = 0;
    qsort(row->values, row->count, sizeof *row->values, compare_values);
    for (uint32_t i = 1; i < row->count; i++) {
        if (compare_values(&row->values[kept], &row->values[i]) == 0) {
            row->values[kept].count += row->values[i].count;
        } else {
            row->values[++kept] = row->values[i];
        }
    }
    row->count = row->count == 0 ? 0 : kept + 1;
}

bool row_dates_make_room(struct row_dates *row) {
    if (row->room >= VALUES_MANY) {
        unite(row);
        if (row->count <= row->room / 2) {
            return true;
        }
    }
    uint32_t room = row->room == 0 ? VALUES_FIRST : row->room * 2;
    struct row_value *values = reallocarray(row->values, room, sizeof *values);
    if (values == NULL) {
        return false;
    }
    row->values = values;
    row->room = room;
    return true;
}

/* The period that DAY lies in; days before the first one are in it as well. */
static unsigned period_of(const struct date_cuts *cuts, int32_t day) {
    unsigned low = 0, high = cuts->count;
    while (high - low > 1) {
        unsigned middle = (low + high) / 2;
        if (cuts->first[middle] <= day) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static void count_column(struct live_dates *dates, const struct row_dates *row, uint32_t values) {
    unsigned at = 0;
    while (at < dates->column_count &&
           (dates->columns[at].rank < row->rank ||
            (dates->columns[at].rank == row->rank && dates->columns[at].field < row->date_field))) {
        at++;
    }
    bool known = at < dates->column_count && dates->columns[at].rank == row->rank &&
                 dates->columns[at].field == row->date_field;
    if (!known) {
        if (at == DATE_COLUMNS_KEPT) {
            return;
        }
        if (dates->column_count == DATE_COLUMNS_KEPT) {
            dates->column_count--;
        }
        memmove(dates->columns + at + 1, dates->columns + at,
                (dates->column_count - at) * sizeof *dates->columns);
        dates->columns[at].rank = row->rank;
        dates->columns[at].field = row->date_field;
        dates->columns[at].values = 0;
        dates->column_count++;
    }
    dates->columns[at].values += values;
}

bool row_dates_end(struct row_dates *row, const struct date_cuts *cuts,
                   struct live_fields *fields) {
    bool ok = true;
    unsigned period = row->rank == 0 ? 0 : period_of(cuts, row->day);
    bool ended = date_rank_ends((enum date_rank)row->rank);
    for (uint32_t i = 0; ok && row->rank != 0 && i < row->count; i++) {
        const struct row_value *value = &row->values[i];
        struct live_field *field = live_fields_at(fields, value->field);
        struct live_dates *dates = field == NULL ? NULL : live_field_dates(field, value->kind);
        struct date_period *counts = dates == NULL ? NULL : live_dates_period(dates, period);
        ok = counts != NULL;
        if (ok) {
            counts->first = cuts->first[period];
            counts->count[value->state][ended] += value->count;
            dates->oldest = row->day < dates->oldest ? row->day : dates->oldest;
            dates->newest = row->day > dates->newest ? row->day : dates->newest;
            count_column(dates, row, value->count);
        }
    }
    row->count = 0;
    row->rank = 0;
    return ok;
}
