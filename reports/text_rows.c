#include "reports/text_rows.h"

#include <stdlib.h>

static int compare_u32(uint32_t a, uint32_t b) {
    return (a > b) - (a < b);
}

/* Violations of one field together, worst first; those about roles behind, by place and role. */
static int violation_order(const void *a, const void *b) {
    const struct violation *x = *(const struct violation *const *)a;
    const struct violation *y = *(const struct violation *const *)b;
    int order = compare_u32(x->field, y->field);
    if (order == 0) {
        order = compare_u32(x->unit, y->unit);
    }
    if (order == 0 && x->field == UINT32_MAX) {
        order = compare_u32(x->place == NULL ? UINT32_MAX : x->place->number,
                            y->place == NULL ? UINT32_MAX : y->place->number);
        if (order == 0) {
            order = strcmp(x->role == NULL ? "" : x->role, y->role == NULL ? "" : y->role);
        }
    }
    if (order == 0) {
        order = compare_u32(y->severity, x->severity);
    }
    return order != 0 ? order : (x > y) - (x < y); /* else as they stand in the results */
}

static bool same_row(const struct violation *a, const struct violation *b) {
    if (a->field != UINT32_MAX || b->field != UINT32_MAX) {
        return a->field == b->field;
    }
    return a->unit == b->unit && a->place == b->place &&
           strcmp(a->role == NULL ? "" : a->role, b->role == NULL ? "" : b->role) == 0;
}

static void take_violations(struct text_row *row, const struct violation *const *first,
                            size_t count) {
    row->violations = first;
    row->violation_count = count;
    row->known = count > 0;
    for (size_t i = 0; i < count; i++) {
        if (!first[i]->known) {
            row->known = false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if ((row->known || !first[i]->known) && first[i]->severity > row->severity) {
            row->severity = first[i]->severity;
        }
    }
}

/* What counts for the order: accepted findings stand below all others that break something. */
static unsigned weight(const struct text_row *row) {
    if (row->severity == SEVERITY_NONE) {
        return 0;
    }
    return (row->known ? 0U : SEVERITY_CRITICAL) + (unsigned)row->severity;
}

static int row_order(const void *a, const void *b, void *context) {
    const struct text_row *x = a, *y = b;
    const unsigned *unit_weight = context;
    if (unit_weight[x->unit] != unit_weight[y->unit]) {
        return unit_weight[x->unit] > unit_weight[y->unit] ? -1 : 1;
    }
    int order = compare_u32(x->unit, y->unit);
    if (order == 0) {
        order = compare_u32(weight(y), weight(x));
    }
    if (order == 0 && x->field != NULL && y->field != NULL) {
        uint64_t clear_x = x->field->count[STATE_CLEAR], clear_y = y->field->count[STATE_CLEAR];
        order = (clear_x < clear_y) - (clear_x > clear_y);
        return order != 0 ? order : (x->field > y->field) - (x->field < y->field);
    }
    if (order == 0) {
        order = (x->field == NULL) - (y->field == NULL);
    }
    return order != 0 ? order : (x->violations > y->violations) - (x->violations < y->violations);
}

static bool sort_rows(const struct results *results, struct text_rows *out) {
    unsigned *unit_weight = calloc(results->unit_count + 1, sizeof *unit_weight);
    if (unit_weight == NULL) {
        return false;
    }
    for (size_t i = 0; i < out->count; i++) {
        unsigned *worst = &unit_weight[out->rows[i].unit];
        if (weight(&out->rows[i]) > *worst) {
            *worst = weight(&out->rows[i]);
        }
    }
    qsort_r(out->rows, out->count, sizeof *out->rows, row_order, unit_weight);
    free(unit_weight);
    return true;
}

static void fill_rows(const struct results *results, struct text_rows *out) {
    size_t next = 0;
    for (size_t i = 0; i < results->field_count; i++) {
        size_t first = next;
        while (next < results->violation_count && out->violations[next]->field == i) {
            next++;
        }
        const struct field_result *field = &results->fields[i];
        if (field->written || next > first) {
            struct text_row *row = &out->rows[out->count++];
            *row = (struct text_row){.unit = field->unit, .place = field->field, .field = field};
            take_violations(row, &out->violations[first], next - first);
        }
    }
    while (next < results->violation_count) {
        const struct violation *violation = out->violations[next];
        size_t first = next;
        while (next < results->violation_count && same_row(out->violations[next], violation)) {
            next++;
        }
        struct text_row *row = &out->rows[out->count++];
        /* What concerns the whole run stands behind the units. */
        uint32_t unit =
            violation->unit < results->unit_count ? violation->unit : (uint32_t)results->unit_count;
        *row = (struct text_row){.unit = unit, .place = violation->place, .role = violation->role};
        take_violations(row, &out->violations[first], next - first);
    }
}

bool text_rows_make(const struct results *results, struct text_rows *out) {
    *out = (struct text_rows){0};
    size_t most = results->field_count + results->violation_count;
    if (most == 0) {
        return true;
    }
    out->rows = calloc(most, sizeof *out->rows);
    out->violations = calloc(results->violation_count + 1, sizeof(const struct violation *));
    if (out->rows == NULL || out->violations == NULL) {
        return false;
    }
    for (size_t i = 0; i < results->violation_count; i++) {
        out->violations[i] = &results->violations[i];
    }
    qsort(out->violations, results->violation_count, sizeof(const struct violation *),
          violation_order);
    fill_rows(results, out);
    return sort_rows(results, out);
}

static int worst_order(const void *a, const void *b) {
    const struct text_row *x = *(struct text_row *const *)a, *y = *(struct text_row *const *)b;
    int order = compare_u32(weight(y), weight(x));
    return order != 0 ? order : (x > y) - (x < y);
}

size_t text_rows_choose(struct text_rows *rows, size_t lines, bool *ok) {
    uint32_t units = 0; /* rows are in order of units, but not of their numbers */
    for (size_t i = 0; i < rows->count; i++) {
        units = rows->rows[i].unit >= units ? rows->rows[i].unit + 1 : units;
    }
    struct text_row **worst = calloc(rows->count + 1, sizeof(struct text_row *));
    bool *headed = calloc(units + 1U, sizeof *headed);
    size_t chosen = 0, used = 0;
    *ok = worst != NULL && headed != NULL;
    if (*ok) {
        for (size_t i = 0; i < rows->count; i++) {
            worst[i] = &rows->rows[i];
        }
        qsort(worst, rows->count, sizeof(struct text_row *), worst_order);
        for (; chosen < rows->count; chosen++) {
            used += headed[worst[chosen]->unit] ? 1 : 2;
            if (used > lines) {
                break;
            }
            headed[worst[chosen]->unit] = true;
            worst[chosen]->shown = true;
        }
    }
    free(worst);
    free(headed);
    return chosen;
}

void text_rows_release(struct text_rows *rows) {
    free(rows->rows);
    free(rows->violations);
    *rows = (struct text_rows){0};
}
