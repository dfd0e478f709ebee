/* random.h - numbers like chance, the same in every run. */
#ifndef YINMA_TESTS_UNIT_RANDOM_H
#define YINMA_TESTS_UNIT_RANDOM_H

#include <stdint.h>

static uint64_t random_state = 7;

/* xorshift64 (G. Marsaglia, Xorshift RNGs, 2003) */
static inline uint64_t random_next(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static inline unsigned random_below(unsigned limit) {
    return (unsigned)((random_next() >> 33) % limit);
}

#endif
