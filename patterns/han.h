/* han.h - Han characters of the basic plane as they stand in UTF-8, and small sets of them that are
 * asked for every value: tables with one slot a character and no search. The multiplier of a table
 * is one that gives each of its characters a slot of its own; when a new one does not fit, the
 * compiler complains of a slot that is set twice, and another odd multiplier has to be tried. */
#ifndef YINMA_PATTERNS_HAN_H
#define YINMA_PATTERNS_HAN_H

#include "core/bytes.h"

enum { HAN_BYTES = 3 }; /* of every Han character of the basic plane in UTF-8 */

/* Code point of the three bytes at P. */
static inline uint32_t han_code(const uint8_t *p) {
    return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

/* Could a Han character (U+4000-U+9FFF) stand at P, three bytes left? */
static inline bool han_is_at(const uint8_t *p) {
    return (uint8_t)(p[0] - 0xE4) <= 5 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

/* The character of CODE as its three bytes are loaded. */
#define HAN_UTF8(code)                                                                             \
    ((uint64_t)(0xE0 | (code) >> 12) | (uint64_t)(0x80 | ((code) >> 6 & 0x3F)) << 8 |              \
     (uint64_t)(0x80 | ((code)&0x3F)) << 16)

/* Could three Han characters stand at P, nine bytes left? WORD: the first eight bytes. */
static inline bool han_are_three(const uint8_t *p, uint64_t word) {
    const uint64_t forms = UINT64_C(0xC0F0C0C0F0C0C0F0), leads = UINT64_C(0x000F00000F00000F);
    uint64_t low = word & leads; /* 4 … 9 */
    uint64_t fits = (low + UINT64_C(0x000C00000C00000C)) & ~(low + UINT64_C(0x0006000006000006)) &
                    UINT64_C(0x0010000010000010);
    return (word & forms) == UINT64_C(0x80E08080E08080E0) && fits == UINT64_C(0x0010000010000010) &&
           (p[8] & 0xC0) == 0x80;
}

/* A number for two characters. */
#define HAN_PAIR(first, second) ((uint32_t)(first) << 16 | (uint32_t)(second))

/* Slot of KEY in a table of 2 to the power of BITS slots. */
#define HAN_SLOT(key, multiplier, bits)                                                            \
    ((uint32_t)((uint32_t)(key) * (uint32_t)(multiplier)) >> (32 - (bits)))

#endif
