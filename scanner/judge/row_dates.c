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

unsigned row_dates_period(const struct date_cuts *cuts, int32_t day) {
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

bool row_dates_end(struct row_dates *row, const struct date_cuts *cuts,
                   struct live_fields *fields) {
    bool ok = true;
    unsigned period = row->rank == 0 ? 0 : row_dates_period(cuts, row->day);
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
            live_dates_column(dates, row->rank, row->date_field, value->count);
        }
    }
    row->count = 0;
    row->rank = 0;
    return ok;
}
