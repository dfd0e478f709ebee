/* random.h - numbers like chance, the same in every run. */
#ifndef YINMA_TESTS_RANDOM_H
#define YINMA_TESTS_RANDOM_H

#include <stdint.h>

/* The next number of a row that begins with any *STATE: splitmix64 (G. Steele, D. Lea, C. Flood,
 * Fast splittable pseudorandom number generators, 2014). */
static inline uint64_t random_from(uint64_t *state) {
    uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ mixed >> 31;
}

/* The row of the whole program. */
static uint64_t random_state = 7;

static inline uint64_t random_next(void) {
    return random_from(&random_state);
}

static inline unsigned random_below(unsigned limit) {
    return (unsigned)((random_next() >> 33) % limit);
}

#endif
