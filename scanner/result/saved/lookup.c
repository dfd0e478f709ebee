#include "result/saved/lookup.h"

#include <stdlib.h>

void lookup_release(struct lookup *lookup) {
    free(lookup->hashes);
    free(lookup->numbers);
    *lookup = (struct lookup){0};
}

uint32_t lookup_next(const struct lookup *lookup, uint64_t hash, uint64_t *at) {
    while (lookup->room > 0) {
        size_t slot = (size_t)(*at)++ & (lookup->room - 1);
        if (lookup->numbers[slot] == 0) {
            break;
        }
        if (lookup->hashes[slot] == hash) {
            return lookup->numbers[slot] - 1;
        }
    }
    return NO_NUMBER;
}

static void lookup_put(struct lookup *lookup, uint64_t hash, uint32_t number) {
    uint64_t at = hash;
    while (lookup->numbers[at & (lookup->room - 1)] != 0) {
        at++;
    }
    lookup->hashes[at & (lookup->room - 1)] = hash;
    lookup->numbers[at & (lookup->room - 1)] = number + 1;
    lookup->used++;
}

bool lookup_add(struct lookup *lookup, uint64_t hash, uint32_t number) {
    if (lookup->used * 2 >= lookup->room) {
        struct lookup bigger = {.room = lookup->room == 0 ? 64 : lookup->room * 2};
        bigger.hashes = calloc(bigger.room, sizeof *bigger.hashes);
        bigger.numbers = calloc(bigger.room, sizeof *bigger.numbers);
        if (bigger.hashes == NULL || bigger.numbers == NULL) {
            lookup_release(&bigger);
            return false;
        }
        for (size_t i = 0; i < lookup->room; i++) {
            if (lookup->numbers[i] != 0) {
                lookup_put(&bigger, lookup->hashes[i], lookup->numbers[i] - 1);
            }
        }
        struct lookup old = *lookup;
        *lookup = bigger;
        lookup_release(&old);
    }
    lookup_put(lookup, hash, number);
    return true;
}
