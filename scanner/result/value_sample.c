#include "result/value_sample.h"

#include <stdlib.h>

enum { FIRST_VALUES = 16 };

void value_sample_init(struct value_sample *sample, uint32_t limit) {
    *sample = (struct value_sample){.below = UINT64_MAX, .limit = limit};
}

void value_sample_release(struct value_sample *sample) {
    free(sample->hashes);
    sample->hashes = NULL;
    sample->count = sample->capacity = 0;
}

static int compare_hashes(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void value_sample_settle(struct value_sample *sample) {
    if (sample->count > 1) {
        qsort(sample->hashes, sample->count, sizeof *sample->hashes, compare_hashes);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sample->count; i++) {
        uint64_t hash = sample->hashes[i];
        if (hash >= sample->below || (kept > 0 && sample->hashes[kept - 1] == hash)) {
            continue;
        }
        if (kept == sample->limit) {
            sample->below = hash;
            break;
        }
        sample->hashes[kept++] = hash;
    }
    sample->count = kept;
}

bool value_sample_add_slow(struct value_sample *sample, uint64_t hash) {
    if (sample->count == sample->capacity && sample->count >= 2 * sample->limit) {
        value_sample_settle(sample);
    }
    if (sample->count == sample->capacity) {
        uint32_t capacity = sample->capacity == 0 ? FIRST_VALUES : 2 * sample->capacity;
        uint64_t *larger = reallocarray(sample->hashes, capacity, sizeof *larger);
        if (larger == NULL) {
            return false;
        }
        sample->hashes = larger;
        sample->capacity = capacity;
    }
    if (hash < sample->below) {
        sample->hashes[sample->count++] = hash;
    }
    return true;
}

bool value_sample_merge(struct value_sample *into, const struct value_sample *from) {
    into->below = from->below < into->below ? from->below : into->below;
    into->limit = from->limit < into->limit ? from->limit : into->limit;
    for (uint32_t i = 0; i < from->count; i++) {
        if (!value_sample_add(into, from->hashes[i])) {
            return false;
        }
    }
    value_sample_settle(into);
    return true;
}

uint64_t value_sample_estimate(const struct value_sample *sample) {
    return sample->below == UINT64_MAX
               ? sample->count
               : (uint64_t)((double)sample->count * 18446744073709551616.0 / (double)sample->below);
}
