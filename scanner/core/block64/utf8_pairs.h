/* utf8_pairs.h - what two bytes of UTF-8 in a row tell, as bits: a pair is wrong where its three
 * halves have one in common. After the Unicode standard, table 3-7 "Well-Formed UTF-8 Byte
 * Sequences"; the way of asking it after J. Keiser and D. Lemire, "Validating UTF-8 in less than
 * one instruction per byte" (2021). */
#ifndef YINMA_CORE_BLOCK64_UTF8_PAIRS_H
#define YINMA_CORE_BLOCK64_UTF8_PAIRS_H

#include <stdint.h>

enum {
    UTF8_SHORT = 1,      /* a lead, and no continuation */
    UTF8_LONG = 2,       /* ASCII, and a continuation */
    UTF8_OVER_THREE = 4, /* E0 80-9F */
    UTF8_TOO_LARGE = 8,  /* F4 90-BF, F5-FF and a continuation other than 80-8F */
    UTF8_SURROGATE = 16, /* ED A0-BF */
    UTF8_OVER_TWO = 32,  /* C0, C1 */
    UTF8_LARGE_LOW = 64, /* F5-FF 80-8F; F0 80-8F is too long a form and the same bit */
    UTF8_TWO = 128,      /* continuations in a row: right behind longer leads only */
    UTF8_ANY = UTF8_SHORT | UTF8_LONG | UTF8_TWO, /* asked of a first byte's lower half */
};

/* By the upper half of the first byte, by its lower half, by the upper half of the second. */
static const uint8_t utf8_first_upper[16] = {
    UTF8_LONG,
    UTF8_LONG,
    UTF8_LONG,
    UTF8_LONG,
    UTF8_LONG,
    UTF8_LONG,
    UTF8_LONG,
    UTF8_LONG,
    UTF8_TWO,
    UTF8_TWO,
    UTF8_TWO,
    UTF8_TWO,
    UTF8_SHORT | UTF8_OVER_TWO,
    UTF8_SHORT,
    UTF8_SHORT | UTF8_OVER_THREE | UTF8_SURROGATE,
    UTF8_SHORT | UTF8_TOO_LARGE | UTF8_LARGE_LOW,
};
#define UTF8_FIVE_ON (UTF8_ANY | UTF8_TOO_LARGE | UTF8_LARGE_LOW)
static const uint8_t utf8_first_lower[16] = {
    UTF8_ANY | UTF8_OVER_TWO | UTF8_OVER_THREE | UTF8_LARGE_LOW,
    UTF8_ANY | UTF8_OVER_TWO,
    UTF8_ANY,
    UTF8_ANY,
    UTF8_ANY | UTF8_TOO_LARGE,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON | UTF8_SURROGATE,
    UTF8_FIVE_ON,
    UTF8_FIVE_ON,
};
#define UTF8_CONTINUED (UTF8_LONG | UTF8_OVER_TWO | UTF8_TWO)
static const uint8_t utf8_second_upper[16] = {
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_CONTINUED | UTF8_OVER_THREE | UTF8_LARGE_LOW,
    UTF8_CONTINUED | UTF8_OVER_THREE | UTF8_TOO_LARGE,
    UTF8_CONTINUED | UTF8_SURROGATE | UTF8_TOO_LARGE,
    UTF8_CONTINUED | UTF8_SURROGATE | UTF8_TOO_LARGE,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
    UTF8_SHORT,
};
#undef UTF8_FIVE_ON
#undef UTF8_CONTINUED

#endif
