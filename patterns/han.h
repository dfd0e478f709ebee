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

/* A number for two characters. */
#define HAN_PAIR(first, second) ((uint32_t)(first) << 16 | (uint32_t)(second))

/* Slot of KEY in a table of 2 to the power of BITS slots. */
#define HAN_SLOT(key, multiplier, bits)                                                            \
    ((uint32_t)((uint32_t)(key) * (uint32_t)(multiplier)) >> (32 - (bits)))

#endif
