/* zip_ranges.c - which bytes of an archive have been seen. Members mostly follow one another, so
 * there is mostly one range. */
#include <stdlib.h>

#include "input/archive/zip.h"

/* The first range that ends at or behind PLACE. */
static size_t find(const struct zip_ranges *ranges, uint64_t place) {
    size_t low = 0, high = ranges->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (ranges->items[middle].end < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int zip_ranges_add(struct zip_ranges *ranges, uint64_t begin, uint64_t end, struct error *err) {
    if (begin >= end) {
        return 0;
    }
    const size_t first = find(ranges, begin);
    size_t last = first;
    while (last < ranges->count && ranges->items[last].begin <= end) {
        begin = ranges->items[last].begin < begin ? ranges->items[last].begin : begin;
        end = ranges->items[last].end > end ? ranges->items[last].end : end;
        last++;
    }
    if (first == last && ranges->count == ranges->capacity) {
        const size_t capacity = ranges->capacity == 0 ? 16 : 2 * ranges->capacity;
        struct zip_range *grown = realloc(ranges->items, capacity * sizeof *grown);
        if (grown == NULL) {
            return error_set(err, YINMA_E_MEMORY, "out of memory");
        }
        ranges->items = grown;
        ranges->capacity = capacity;
    }
    memmove(ranges->items + first + 1, ranges->items + last,
            (ranges->count - last) * sizeof *ranges->items);
    ranges->items[first] = (struct zip_range){begin, end};
    ranges->count = ranges->count + 1 - (last - first);
    return 0;
}

bool zip_ranges_gap(const struct zip_ranges *ranges, uint64_t limit, struct zip_range *gap) {
    size_t i = find(ranges, gap->begin);
    while (i < ranges->count && ranges->items[i].begin <= gap->begin) {
        if (ranges->items[i].end > gap->begin) {
            gap->begin = ranges->items[i].end;
        }
        i++;
    }
    gap->end = i < ranges->count && ranges->items[i].begin < limit ? ranges->items[i].begin : limit;
    return gap->begin < gap->end;
}

void zip_ranges_release(struct zip_ranges *ranges) {
    free(ranges->items);
    *ranges = (struct zip_ranges){0};
}
