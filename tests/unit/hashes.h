/* hashes.h - hashes of numbers, as those of values. */
#ifndef YINMA_TESTS_HASHES_H
#define YINMA_TESTS_HASHES_H

#include "core/hash64.h"

static inline uint64_t hash_of(uint64_t value) {
    return hash64(bytes_of(&value, sizeof value), 42);
}

#endif
