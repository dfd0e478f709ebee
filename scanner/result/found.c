#include "result/found.h"

#include <stdlib.h>

static const char *const sort_names[FOUND_SORTS] = {
    [FOUND_VALUE] = "value", [FOUND_COULD_BE] = "could-be", [FOUND_DIGEST] = "digest"};

const char *found_sort_name(enum found_sort sort) {
    return sort_names[sort];
}

bool found_sort_from_name(struct bytes name, enum found_sort *out) {
    for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
        if (bytes_equal(name, bytes_of_string(sort_names[sort]))) {
            *out = (enum found_sort)sort;
            return true;
        }
    }
    return false;
}

bool found_places_keep(struct found_places *found, const struct found_place *place) {
    if (found->count == found->capacity) {
        uint32_t capacity = found->capacity == 0 ? 16 : found->capacity * 2;
        struct found_place *places = reallocarray(found->places, capacity, sizeof *places);
        if (places == NULL) {
            return false;
        }
        found->places = places;
        found->capacity = capacity;
    }
    found->places[found->count++] = *place;
    return true;
}

bool found_places_reach_totals(struct found_places *found) {
    if (found->total == NULL) {
        found->total = calloc(IDENTIFIERS_MAX, sizeof *found->total);
    }
    return found->total != NULL;
}

uint64_t found_places_total(const struct found_places *found, unsigned identifier,
                            enum found_sort sort) {
    return found->total == NULL ? 0 : found->total[identifier][sort];
}

bool found_places_add(struct found_places *found, const struct found_place *place) {
    if (!found_places_reach_totals(found)) {
        return false;
    }
    return found->total[place->identifier][place->sort]++ >= FOUND_KEPT ||
           found_places_keep(found, place);
}

static int compare(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

static int place_order(const void *a, const void *b) {
    const struct found_place *x = a, *y = b;
    const int orders[] = {compare(x->offset, y->offset),         compare(x->row, y->row),
                          compare(x->field, y->field),           compare(x->line, y->line),
                          compare(x->identifier, y->identifier), compare(x->sort, y->sort),
                          compare(x->length, y->length)};
    for (unsigned i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

/* Of one place a value may be met as a whole and as a part: offset, field and identifier tell. */
static bool same_place(const struct found_place *a, const struct found_place *b) {
    return (a->offset != UINT64_MAX || a->row != 0) && a->offset == b->offset && a->row == b->row &&
           a->field == b->field && a->line == b->line && a->identifier == b->identifier &&
           a->sort == b->sort;
}

void found_places_settle(struct found_places *found) {
    uint32_t kept = 0;
    if (found->count != 0) {
        qsort(found->places, found->count, sizeof *found->places, place_order);
    }
    for (uint32_t i = 0; i < found->count; i++) {
        const struct found_place *place = &found->places[i];
        if (kept != 0 && same_place(&found->places[kept - 1], place)) {
            if (found->total != NULL) {
                found->total[place->identifier][place->sort]--;
            }
        } else {
            found->places[kept++] = *place;
        }
    }
    found->count = kept;
}

void found_places_release(struct found_places *found) {
    free(found->places);
    free(found->total);
    *found = (struct found_places){0};
}
