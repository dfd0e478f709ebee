/* distinct_counter.h - different values of a field, counted by their hashes. Hashes counted lately
 * are kept by all fields of a worker together: a column of few different values costs one look
 * here, not a search. */
#ifndef YINMA_JUDGE_DISTINCT_COUNTER_H
#define YINMA_JUDGE_DISTINCT_COUNTER_H

#include "core/hash64.h"
#include "patterns/pattern.h"
#include "result/facts.h"

enum { DISTINCT_SLOTS = 1024 };

struct distinct_counter {
    uint64_t seed; /* from the run's key */
    uint64_t seen[DISTINCT_SLOTS];
};

static inline void distinct_counter_forget(struct distinct_counter *counter) {
    memset(counter->seen, 0, sizeof counter->seen);
}

/* Count the value whose hash under the seed is HASH in FACTS of field FIELD. */
static inline void distinct_counter_add_hash(struct distinct_counter *counter,
                                             struct kind_facts *facts, uint32_t field,
                                             uint64_t hash) {
    if (facts->distinct.overflowed) {
        sketch_add(&facts->distinct, hash);
        return;
    }
    uint64_t mark = hash ^ ((uint64_t)field * PATTERN_MAX + facts->kind) << 20;
    uint64_t *slot = &counter->seen[mark >> 8 & (DISTINCT_SLOTS - 1)];
    if (*slot != mark) {
        *slot = mark;
        sketch_add(&facts->distinct, hash);
    }
}

/* The same of the value whose normal form is NORMAL. */
static inline void distinct_counter_add(struct distinct_counter *counter, struct kind_facts *facts,
                                        uint32_t field, struct bytes normal) {
    distinct_counter_add_hash(counter, facts, field, hash64_seeded(normal, counter->seed));
}

#endif
