/* packed.h - block64_pack() for the variants that cannot do it at once, behind their
 * block64_pack_words(): words of eight bytes, those that are kept at the low end of each. */
#ifndef YINMA_CORE_BLOCK64_PACKED_H
#define YINMA_CORE_BLOCK64_PACKED_H

#include <string.h>

#include "core/block64/bits.h"

/* How many bytes are kept before each word's own, a byte each. */
static inline uint64_t packed_places(uint64_t keep) {
    keep -= keep >> 1 & UINT64_C(0x5555555555555555);
    keep = (keep & UINT64_C(0x3333333333333333)) + (keep >> 2 & UINT64_C(0x3333333333333333));
    keep = (keep + (keep >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (keep << 8) * UINT64_C(0x0101010101010101);
}

/* The bytes of the block that KEEP chooses, moved together, those of DIGITS as '0'; returns how
 * many. 64 bytes of OUT may be written, the last ones to before its end again. */
static inline size_t block64_pack(block64 v, uint64_t digits, uint64_t keep, uint8_t *out) {
    uint64_t words[8], places = packed_places(keep);
    block64_pack_words(v, digits, keep, words);
    for (unsigned i = 0; i < 8; i++) {
        memcpy(out + (places >> 8 * i & 0xFF), &words[i], sizeof words[i]);
    }
    return bits_in_word(keep);
}

#endif
