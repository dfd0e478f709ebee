/* prefix_xor.h - for the variants without carry-less multiplication. */
#ifndef YINMA_CORE_BLOCK64_PREFIX_XOR_H
#define YINMA_CORE_BLOCK64_PREFIX_XOR_H

#include <stdint.h>

static inline uint64_t block64_prefix_xor(uint64_t set) {
    for (unsigned shift = 1; shift < 64; shift *= 2) {
        set ^= set << shift;
    }
    return set;
}

#endif
