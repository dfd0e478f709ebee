#include "judge/dates/row_dates.h"

#include <stdlib.h>

enum {
    VALUES_FIRST = 64,
    VALUES_MANY = 4096, /* so many in one row say the same again and again */
    ROWS_HELD_MAX = 1 << 30,
};

void row_dates_start(struct row_dates *row) {
    row->row = 0;
    row->table = 0;
    row->rank = 0;
    row->count = 0;
    for (unsigned i = 0; i < row->shape.used; i++) {
        row->shape.rows[row->shape.periods[i]] = 0;
    }
    row->shape.count = row->shape.rows_held = row->shape.used = 0;
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

/* ROWS rows of SHAPE that hold VALUE. */
static bool count_value(const struct row_shape *shape, const struct row_value *value,
                        const struct date_cuts *cuts, struct live_fields *fields) {
    struct live_field *field = live_fields_at(fields, value->field);
    struct live_dates *dates = field == NULL ? NULL : live_field_dates(field, value->kind);
    if (dates == NULL) {
        return false;
    }
    uint64_t all = 0;
    for (unsigned i = 0; i < shape->used; i++) {
        unsigned period = shape->periods[i];
        struct date_period *counts = live_dates_period(dates, period);
        if (counts == NULL) {
            return false;
        }
        uint64_t values = (uint64_t)shape->rows[period] * value->count;
        counts->first = cuts->first[period];
        counts->count[value->state][date_rank_ends((enum date_rank)shape->rank)] += values;
        all += values;
    }
    dates->oldest = shape->oldest < dates->oldest ? shape->oldest : dates->oldest;
    dates->newest = shape->newest > dates->newest ? shape->newest : dates->newest;
    live_dates_column(dates, shape->rank, shape->date_field, all);
    return true;
}

/* Tell FIELDS of the rows of the shape, which has none then. VALUES are those of one row. */
static bool tell_shape(struct row_shape *shape, const struct row_value *values,
                       const struct date_cuts *cuts, struct live_fields *fields) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < shape->count; i++) {
        ok = count_value(shape, &values[i], cuts, fields);
    }
    for (unsigned i = 0; i < shape->used; i++) {
        shape->rows[shape->periods[i]] = 0;
    }
    shape->used = 0;
    shape->count = 0;
    shape->rows_held = 0;
    return ok;
}

static void add_row(struct row_shape *shape, const struct date_cuts *cuts, int32_t day) {
    unsigned period = date_cuts_period(cuts, day);
    shape->rows_held++;
    if (shape->rows[period]++ == 0) {
        shape->periods[shape->used++] = (uint8_t)period;
    }
    shape->oldest = day < shape->oldest ? day : shape->oldest;
    shape->newest = day > shape->newest ? day : shape->newest;
}

static bool fits(const struct row_shape *shape, const struct row_dates *row) {
    return shape->count == row->count && shape->date_field == row->date_field &&
           shape->rank == row->rank && shape->rows_held < ROWS_HELD_MAX &&
           memcmp(shape->values, row->values, row->count * sizeof *row->values) == 0;
}

bool row_dates_end(struct row_dates *row, const struct date_cuts *cuts,
                   struct live_fields *fields) {
    struct row_shape *shape = &row->shape;
    bool ok = true;
    if (row->rank != 0 && row->count != 0) {
        bool small = row->count <= SHAPE_VALUES_MAX;
        if (!small || !fits(shape, row)) {
            ok = tell_shape(shape, shape->values, cuts, fields);
            shape->count = row->count;
            shape->date_field = row->date_field;
            shape->rank = row->rank;
            shape->oldest = INT32_MAX;
            shape->newest = INT32_MIN;
        }
        add_row(shape, cuts, row->day);
        if (!small) {
            ok = tell_shape(shape, row->values, cuts, fields) && ok;
        } else {
            memcpy(shape->values, row->values, row->count * sizeof *row->values);
        }
    }
    row->count = 0;
    row->rank = 0;
    return ok;
}

bool row_dates_finish(struct row_dates *row, const struct date_cuts *cuts,
                      struct live_fields *fields) {
    return row_dates_end(row, cuts, fields) &&
           tell_shape(&row->shape, row->shape.values, cuts, fields);
}
