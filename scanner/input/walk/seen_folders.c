#include "input/walk/seen_folders.h"

#include <stdlib.h>

#include "core/hash64.h"

static void place_insert(struct folder_place *table, size_t capacity, struct folder_place place) {
    size_t i = (size_t)hash64_mix(place.device ^ UINT64_C(0x9E3779B97F4A7C15), place.inode + 1);
    while (table[i & (capacity - 1)].inode != 0) {
        i++;
    }
    table[i & (capacity - 1)] = place;
}

bool seen_folders_know(const struct seen_folders *seen, struct folder_place place) {
    if (seen->capacity == 0) {
        return false;
    }
    const size_t mask = seen->capacity - 1;
    size_t i = (size_t)hash64_mix(place.device ^ UINT64_C(0x9E3779B97F4A7C15), place.inode + 1);
    for (; seen->items[i & mask].inode != 0; i++) {
        const struct folder_place *other = &seen->items[i & mask];
        if (other->inode == place.inode && other->device == place.device) {
            return true;
        }
    }
    return false;
}

int seen_folders_add(struct seen_folders *seen, struct folder_place place, struct error *err) {
    if (seen_folders_know(seen, place)) {
        return 0;
    }
    if (2 * (seen->count + 1) > seen->capacity) {
        const size_t capacity = seen->capacity == 0 ? 64 : 2 * seen->capacity;
        struct folder_place *grown = calloc(capacity, sizeof *grown);
        if (grown == NULL) {
            return error_set(err, YINMA_E_MEMORY, "out of memory");
        }
        for (size_t i = 0; i < seen->capacity; i++) {
            if (seen->items[i].inode != 0) {
                place_insert(grown, capacity, seen->items[i]);
            }
        }
        free(seen->items);
        seen->items = grown;
        seen->capacity = capacity;
    }
    place_insert(seen->items, seen->capacity, place);
    seen->count++;
    return 1;
}

void seen_folders_release(struct seen_folders *seen) {
    free(seen->items);
    *seen = (struct seen_folders){0};
}
