/* word_pack.h - block64_pack_words() for the variants without an instruction for it, behind their
 * block64_store(): by arithmetic, without a branch, since what is left out differs from block to
 * block. */
#ifndef YINMA_CORE_BLOCK64_WORD_PACK_H
#define YINMA_CORE_BLOCK64_WORD_PACK_H

#include "core/block64/bits.h"

#define WORD_PACK_ONES UINT64_C(0x0101010101010101)

/* FF for each of the eight lowest bits that is set. */
static inline uint64_t word_pack_spread(uint64_t bits) {
    uint64_t own = ((bits & 0xFF) * WORD_PACK_ONES) & UINT64_C(0x8040201008040201);
    return ((own + UINT64_C(0x7F7F7F7F7F7F7F7F)) >> 7 & WORD_PACK_ONES) * 0xFF;
}

/* The bytes of WORD that KEPT (FF or 0 each) chooses, moved to its low end, zeros behind them.
 * After H. S. Warren, "Hacker's Delight" (2nd ed., 7-4), with bytes for bits: each byte moves by as
 * many as are left out below it, by 1, by 2, by 4. */
static inline uint64_t word_pack(uint64_t word, uint64_t kept) {
    uint64_t way = ((~kept & WORD_PACK_ONES) * WORD_PACK_ONES << 8) & kept;
    word &= kept;
    for (unsigned step = 0; step < 3; step++) {
        uint64_t moving = (way >> step & WORD_PACK_ONES) * 0xFF;
        unsigned by = 8U << step;
        word = (word & ~moving) | (word & moving) >> by;
        way = (way & ~moving) | (way & moving) >> by;
    }
    return word;
}

static inline void block64_pack_words(block64 v, uint64_t digits, uint64_t keep,
                                      uint64_t words[8]) {
    block64_store(v, (uint8_t *)words);
    for (unsigned i = 0; i < 8; i++) {
        uint64_t digit = word_pack_spread(digits >> 8 * i);
        words[i] = (words[i] & ~digit) | (WORD_PACK_ONES * '0' & digit);
        words[i] = word_pack(words[i], word_pack_spread(keep >> 8 * i));
    }
}

#undef WORD_PACK_ONES

#endif
