/* value_sample.h - of a set of values those with the smallest keyed hashes: two sets under one key
 * keep the same values of what they have in common. Exact while there are no more than the limit.
 * Merging is order-free. */
#ifndef YINMA_RESULT_VALUE_SAMPLE_H
#define YINMA_RESULT_VALUE_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct value_sample {
    uint64_t below; /* every value with a smaller hash is here; UINT64_MAX: all of them */
    uint32_t limit;
    uint32_t count, capacity;
    uint64_t *hashes; /* sorted, each once, after value_sample_settle */
};

void value_sample_init(struct value_sample *sample, uint32_t limit);
void value_sample_release(struct value_sample *sample);
bool value_sample_add_slow(struct value_sample *sample, uint64_t hash);
/* False when memory is out. */
static inline bool value_sample_add(struct value_sample *sample, uint64_t hash) {
    return hash >= sample->below || value_sample_add_slow(sample, hash);
}
void value_sample_settle(struct value_sample *sample);
/* FROM keeps what it has. False when memory is out. */
bool value_sample_merge(struct value_sample *into, const struct value_sample *from);
/* How many different values there are in all; exact up to the limit. */
uint64_t value_sample_estimate(const struct value_sample *sample);

#endif
