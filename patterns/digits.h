/* digits.h - eight ASCII digits at a time in one 64-bit word, for checks that run on every value.
 * Little-endian machines only (all we build for). */
#ifndef YINMA_PATTERNS_DIGITS_H
#define YINMA_PATTERNS_DIGITS_H

#include "core/bytes.h"

static inline uint64_t digits_load8(const uint8_t *p) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* Are all eight bytes '0' … '9'? */
static inline bool digits_are8(uint64_t word) {
    const uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0), six = UINT64_C(0x0606060606060606);
    return ((word & high) | (((word + six) & high) >> 4)) == UINT64_C(0x3333333333333333);
}

/* The eight digits of NUMBER as digits_load8() sees them, and their slot in a table of 2 to the
 * power of BITS slots, as HAN_SLOT (han.h). */
#define DIGIT_AT(number, unit, at) ((uint64_t)('0' + (number) / (unit) % 10) << (8 * (at)))
#define DIGITS8(number)                                                                            \
    (DIGIT_AT(number, 10000000, 0) | DIGIT_AT(number, 1000000, 1) | DIGIT_AT(number, 100000, 2) |  \
     DIGIT_AT(number, 10000, 3) | DIGIT_AT(number, 1000, 4) | DIGIT_AT(number, 100, 5) |           \
     DIGIT_AT(number, 10, 6) | DIGIT_AT(number, 1, 7))
#define DIGITS8_SLOT(word, multiplier, bits) ((uint64_t)((word) * (multiplier)) >> (64 - (bits)))

/* 8·d0 + 7·d1 + … + 1·d7 of eight digits. */
static inline unsigned digits_weigh8(uint64_t word) {
    const uint64_t lanes = UINT64_C(0x00FF00FF00FF00FF);
    uint64_t values = word - UINT64_C(0x3030303030303030);
    uint64_t even = (values & lanes) * UINT64_C(0x0008000600040002);
    uint64_t odd = (values >> 8 & lanes) * UINT64_C(0x0007000500030001);
    return (unsigned)(even >> 48) + (unsigned)(odd >> 48);
}

/* Are the LEN bytes at P digits? */
static inline bool digits_all(const uint8_t *p, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (!byte_is_digit(p[i])) {
            return false;
        }
    }
    return true;
}

static inline unsigned digits_two(const uint8_t *p) {
    return (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
}

/* LEN digits as a number; LEN at most 19. */
static inline uint64_t digits_number(const uint8_t *p, size_t len) {
    uint64_t number = 0;
    for (size_t i = 0; i < len; i++) {
        number = number * 10 + (uint64_t)(p[i] - '0');
    }
    return number;
}

#endif
