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
    row->violation_count = (uint32_t)count; /* of one field */
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

/* They mostly come in order: units of a folder are broken by much the same. */
static bool rows_in_order(const struct text_rows *rows, unsigned *unit_weight) {
    for (size_t i = 1; i < rows->count; i++) {
        if (row_order(&rows->rows[i - 1], &rows->rows[i], unit_weight) > 0) {
            return false;
        }
    }
    return true;
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
    if (!rows_in_order(out, unit_weight)) {
        qsort_r(out->rows, out->count, sizeof *out->rows, row_order, unit_weight);
    }
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
    bool in_order = true;
    for (size_t i = 0; i < results->violation_count; i++) {
        out->violations[i] = &results->violations[i];
        in_order = in_order &&
                   (i == 0 || violation_order(&out->violations[i - 1], &out->violations[i]) <= 0);
    }
    if (!in_order) {
        qsort(out->violations, results->violation_count, sizeof(const struct violation *),
              violation_order);
    }
    fill_rows(results, out);
    return sort_rows(results, out);
}

size_t text_rows_choose(struct text_rows *rows, size_t lines, bool *ok) {
    uint32_t units = 0; /* rows are in order of units, but not of their numbers */
    for (size_t i = 0; i < rows->count; i++) {
        units = rows->rows[i].unit >= units ? rows->rows[i].unit + 1 : units;
    }
    bool *headed = calloc(units + 1U, sizeof *headed);
    size_t chosen = 0, used = 0;
    *ok = headed != NULL;
    for (unsigned wanted = 2 * SEVERITY_CRITICAL + 1; *ok && wanted-- > 0;) { /* worst first */
        for (size_t i = 0; i < rows->count; i++) {
            struct text_row *row = &rows->rows[i];
            if (weight(row) != wanted) {
                continue;
            }
            used += headed[row->unit] ? 1 : 2;
            if (used > lines) {
                free(headed);
                return chosen;
            }
            headed[row->unit] = true;
            row->shown = true;
            chosen++;
        }
    }
    free(headed);
    return chosen;
}

void text_rows_release(struct text_rows *rows) {
    free(rows->rows);
    free(rows->violations);
    *rows = (struct text_rows){0};
}
