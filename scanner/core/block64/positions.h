/* positions.h - a set as a list of positions, for the variants without an instruction for it. */
#ifndef YINMA_CORE_BLOCK64_POSITIONS_H
#define YINMA_CORE_BLOCK64_POSITIONS_H

#include "core/block64/bits.h"
#include "core/block64/block64.h"

/* Eight are written whatever there is: how many there are differs from word to word, and a loop
 * that long would be guessed wrong each time. */
static inline uint16_t *block64_positions(uint16_t *out, size_t base, uint64_t set,
                                          uint64_t flagged) {
    const uint64_t last = UINT64_C(1) << 63; /* no count of zeros is defined for 0 */
    uint16_t *end = out + bits_in_word(set);
    do {
        for (unsigned i = 0; i < 8; i++) {
            unsigned bit = (unsigned)__builtin_ctzll(set | last);
            *out++ = (uint16_t)((base + bit) | (flagged >> bit << 15));
            set &= set - 1;
        }
    } while (out < end);
    return end;
}

/* Add FLAG to those of the LISTED positions of SET that are in SOME, too. The base they count from
 * was a multiple of 64. */
static inline void block64_flag_positions(uint16_t *listed, uint64_t set, uint64_t some,
                                          uint16_t flag) {
    unsigned count = bits_in_word(set);
    for (unsigned i = 0; i < count; i++) {
        listed[i] = (uint16_t)(listed[i] | ((some >> (listed[i] & 63) & 1) != 0 ? flag : 0));
    }
}

#endif
