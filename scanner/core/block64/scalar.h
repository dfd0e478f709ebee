/* The primitives of block64 in plain C: eight bytes at a time would be faster, but this is the
 * reference, so it says what it means. */
#ifndef YINMA_CORE_BLOCK64_SCALAR_H
#define YINMA_CORE_BLOCK64_SCALAR_H

#include <stdint.h>

#include "core/block64/positions.h"

typedef struct {
    const uint8_t *at;
    uint8_t bit; /* taken as set in each byte */
} block64;
typedef uint64_t block64_found;

static inline block64 block64_load(const uint8_t *p) {
    return (block64){p, 0};
}

static inline uint8_t block64_byte(block64 v, unsigned i) {
    return v.at[i] | v.bit;
}

static inline uint64_t block64_set(block64_found found) {
    return found;
}

static inline block64_found block64_either(block64_found a, block64_found b) {
    return a | b;
}

static inline block64 block64_or(block64 v, uint8_t bit) {
    v.bit |= bit;
    return v;
}

static inline block64_found block64_is(block64 v, uint8_t wanted) {
    uint64_t set = 0;
    for (unsigned i = 0; i < 64; i++) {
        set |= (uint64_t)(block64_byte(v, i) == wanted) << i;
    }
    return set;
}

/* low <= byte < low + count, as unsigned bytes */
static inline block64_found block64_in(block64 v, uint8_t low, uint8_t count) {
    uint64_t set = 0;
    for (unsigned i = 0; i < 64; i++) {
        set |= (uint64_t)((uint8_t)(block64_byte(v, i) - low) < count) << i;
    }
    return set;
}

static inline uint64_t block64_high(block64 v) {
    uint64_t set = 0;
    for (unsigned i = 0; i < 64; i++) {
        set |= (uint64_t)(block64_byte(v, i) >> 7) << i;
    }
    return set;
}

/* Where four bytes in a row have a bit in common: byte K has those of low[K][its lower half] &
 * high[K][its upper half]. Reads three bytes behind the block. */
static inline uint64_t block64_four(const uint8_t *p, const uint8_t low[4][16],
                                    const uint8_t high[4][16]) {
    uint64_t set = 0;
    for (unsigned i = 0; i < 64; i++) {
        uint8_t common = 0xFF;
        for (unsigned k = 0; k < 4; k++) {
            common &= low[k][p[i + k] & 15] & high[k][p[i + k] >> 4];
        }
        set |= (uint64_t)(common != 0) << i;
    }
    return set;
}

/* Where the 64 bytes at P are no UTF-8, together with the three before: what follows a lead is to
 * be a continuation, and nothing else is; table 3-7 of the Unicode standard. */
static inline uint64_t block64_utf8_wrong(const uint8_t *p) {
    uint64_t set = 0;
    for (int i = 0; i < 64; i++) {
        uint8_t c = p[i], lead = p[i - 1];
        int wanted = lead >= 0xC0 || p[i - 2] >= 0xE0 || p[i - 3] >= 0xF0;
        int narrow = lead == 0xC0 || lead == 0xC1 || lead >= 0xF5 || (lead == 0xE0 && c < 0xA0) ||
                     (lead == 0xED && c >= 0xA0) || (lead == 0xF0 && c < 0x90) ||
                     (lead == 0xF4 && c >= 0x90);
        set |= (uint64_t)(((c & 0xC0) == 0x80) != wanted || narrow) << i;
    }
    return set;
}

/* The bytes of the block that KEEP chooses, moved together, those of DIGITS as '0'; returns how
 * many. 64 bytes of OUT may be written. */
static inline size_t block64_pack(block64 v, uint64_t digits, uint64_t keep, uint8_t *out) {
    size_t count = 0;
    for (unsigned i = 0; i < 64; i++) {
        if ((keep >> i & 1) != 0) {
            out[count++] = (digits >> i & 1) != 0 ? '0' : block64_byte(v, i);
        }
    }
    return count;
}

/* Where the 64 bytes at A and at B are not the same. */
static inline uint64_t block64_differ(const uint8_t *a, const uint8_t *b) {
    uint64_t set = 0;
    for (unsigned i = 0; i < 64; i++) {
        set |= (uint64_t)(a[i] != b[i]) << i;
    }
    return set;
}

#include "core/block64/prefix_xor.h"

#endif
