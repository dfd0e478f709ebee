#include "result/found_rows.h"

#include <stdlib.h>

/* Fields stand in the order of their numbers. */
const struct field_facts *found_field(const struct unit_facts *unit, uint32_t number) {
    uint32_t low = 0, high = unit->field_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (unit->fields[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < unit->field_count && unit->fields[low].number == number ? &unit->fields[low]
                                                                         : NULL;
}

static int compare_texts(struct bytes a, struct bytes b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter == 0 ? 0 : memcmp(a.ptr, b.ptr, shorter);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* By table, then by row. */
static int compare_places(const struct found_row *a, const struct found_row *b) {
    if ((a->field == NULL) != (b->field == NULL)) {
        return a->field == NULL ? -1 : 1;
    }
    if (a->field != NULL && a->field->storage != b->field->storage) {
        return a->field->storage < b->field->storage ? -1 : 1;
    }
    int order = a->field == NULL ? 0 : compare_texts(a->field->table, b->field->table);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static int row_order(const void *a, const void *b) {
    return compare_places(a, b);
}

static int most_order(const void *a, const void *b) {
    const struct found_row *x = a, *y = b;
    int more = __builtin_popcount(y->identifiers) - __builtin_popcount(x->identifiers);
    return more != 0 ? more : compare_places(x, y);
}

/* Every row that a place stands in, once, in order. */
static bool all_rows(const struct unit_facts *unit, struct found_row **out, size_t *count_out) {
    const struct found_places *found = &unit->found;
    struct found_row *rows = calloc((size_t)found->count + 1, sizeof *rows);
    size_t count = 0, kept = 0;
    *out = rows;
    *count_out = 0;
    if (rows == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < found->count; i++) {
        const struct found_place *place = &found->places[i];
        if (place->row != 0) {
            rows[count++] = (struct found_row){.field = found_field(unit, place->field),
                                               .row = place->row,
                                               .identifiers = UINT32_C(1) << place->identifier};
        }
    }
    if (count != 0) {
        qsort(rows, count, sizeof *rows, row_order);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept != 0 && compare_places(&rows[kept - 1], &rows[i]) == 0) {
            rows[kept - 1].identifiers |= rows[i].identifiers;
        } else {
            rows[kept++] = rows[i];
        }
    }
    *count_out = kept;
    return true;
}

bool found_rows_of(const struct unit_facts *unit, struct found_row **rows_out, size_t *count_out) {
    size_t count, kept = 0;
    if (!all_rows(unit, rows_out, &count)) {
        *count_out = 0;
        return false;
    }
    struct found_row *rows = *rows_out;
    for (size_t i = 0; i < count; i++) {
        if (__builtin_popcount(rows[i].identifiers) > 1) {
            rows[kept++] = rows[i];
        }
    }
    if (kept != 0) {
        qsort(rows, kept, sizeof *rows, most_order);
    }
    *count_out = kept;
    return true;
}

bool found_rows_count(struct unit_facts *unit) {
    struct found_row *rows;
    size_t count;
    if (unit->found.count == 0) {
        return true;
    }
    bool ok = all_rows(unit, &rows, &count);
    for (uint32_t i = 0; ok && i < unit->found.count; i++) {
        struct found_place *place = &unit->found.places[i];
        const struct found_row wanted = {.field = found_field(unit, place->field),
                                         .row = place->row};
        const struct found_row *row =
            count == 0 ? NULL : bsearch(&wanted, rows, count, sizeof *rows, row_order);
        place->together = row == NULL ? 0 : (uint8_t)__builtin_popcount(row->identifiers);
    }
    free(rows);
    return ok;
}
