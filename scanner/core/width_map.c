#include "core/width_map.h"

#include <stdlib.h>

struct region {
    uint64_t position, skipped;
    enum width_rule rule;
};

/* The last question and its answer: several rooms ask about one segment after the other. */
struct answer {
    uint64_t position, width;
    size_t len; /* 0: none */
};

struct width_map {
    struct region *regions; /* [first, count) are in use */
    size_t first, count, capacity;
    struct answer *last;
};

struct width_map *width_map_new(void) {
    struct width_map *map = calloc(1, sizeof *map);
    if (map != NULL && (map->last = calloc(1, sizeof *map->last)) == NULL) {
        free(map);
        map = NULL;
    }
    return map;
}

void width_map_free(struct width_map *map) {
    if (map != NULL) {
        free(map->last);
        free(map->regions);
        free(map);
    }
}

static bool make_room(struct width_map *map) {
    if (map->count < map->capacity) {
        return true;
    }
    if (map->first > map->count / 2) { /* most of it is forgotten */
        map->count -= map->first;
        memmove(map->regions, map->regions + map->first, map->count * sizeof *map->regions);
        map->first = 0;
        return true;
    }
    size_t capacity = map->capacity == 0 ? 64 : map->capacity * 2;
    struct region *bigger = realloc(map->regions, capacity * sizeof *bigger);
    if (bigger == NULL) {
        return false;
    }
    map->regions = bigger;
    map->capacity = capacity;
    return true;
}

bool width_map_add(struct width_map *map, uint64_t position, enum width_rule rule,
                   uint64_t skipped) {
    if (!make_room(map)) {
        return false;
    }
    map->last->len = 0;
    map->regions[map->count++] =
        (struct region){.position = position, .skipped = skipped, .rule = rule};
    return true;
}

void width_map_clear(struct width_map *map) {
    map->first = map->count = 0;
    map->last->len = 0;
}

/* The first region in use that begins behind POSITION; map->count when there is none. */
static size_t first_behind(const struct width_map *map, uint64_t position) {
    size_t low = map->first, high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->regions[middle].position <= position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void width_map_forget(struct width_map *map, uint64_t position) {
    size_t behind = first_behind(map, position);
    if (behind > map->first) {
        map->first = behind - 1; /* the one that POSITION lies in stays */
    }
}

static uint64_t count_width(const struct width_map *map, const struct block64_ops *ops,
                            uint64_t position, struct bytes text) {
    size_t next = first_behind(map, position);
    enum width_rule rule = next > map->first ? map->regions[next - 1].rule : WIDTH_SAME;
    uint64_t width = 0;
    for (size_t i = next; position == 0 && text.len > 0 && i > map->first; i--) {
        width += map->regions[i - 1].skipped; /* at the very start there is no text before it */
    }
    while (next < map->count && map->regions[next].position - position <= text.len) {
        const struct region *region = &map->regions[next++];
        size_t len = (size_t)(region->position - position);
        width += width_by_rule_on(ops, rule, bytes_first(text, len)) + region->skipped;
        text = bytes_from(text, len);
        position = region->position;
        rule = region->rule;
    }
    return width + width_by_rule_on(ops, rule, text);
}

uint64_t width_before(struct widths widths, struct bytes text) {
    const struct block64_ops *ops = widths.ops != NULL ? widths.ops : block64_ops(ISA_SCALAR);
    if (widths.map == NULL) {
        return width_by_rule_on(ops, widths.rule, text);
    }
    uint64_t position = widths.position + (uintptr_t)text.ptr - (uintptr_t)widths.anchor;
    struct answer *last = widths.map->last;
    if (text.len == 0 || last->len != text.len || last->position != position) {
        *last = (struct answer){.position = position,
                                .width = count_width(widths.map, ops, position, text),
                                .len = text.len};
    }
    return last->width;
}
