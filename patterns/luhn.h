/* luhn.h - the check digit of payment cards (ISO/IEC 7812-1, annex B): from the right every second
 * digit is doubled, less nine when that gives two digits; the sum is a multiple of ten. */
#ifndef YINMA_PATTERNS_LUHN_H
#define YINMA_PATTERNS_LUHN_H

#include "patterns/digits.h"

/* What eight digits add to the sum when the first, third, fifth and seventh are doubled. */
static inline unsigned luhn_sum8(uint64_t word) {
    const uint64_t lanes = UINT64_C(0x00FF00FF00FF00FF), ones = UINT64_C(0x0001000100010001);
    uint64_t values = word - UINT64_C(0x3030303030303030);
    uint64_t doubled = values & lanes, single = values >> 8 & lanes;
    /* 123 more sets bit 7 exactly for five to nine */
    uint64_t over = (doubled + UINT64_C(0x007B007B007B007B)) >> 7 & ones;
    return (unsigned)((doubled * 2 - over * 9 + single) * ones >> 48);
}

/* LEN digits at P. */
static inline bool luhn_valid(const uint8_t *p, size_t len) {
    if (len == 16) {
        return (luhn_sum8(digits_load8(p)) + luhn_sum8(digits_load8(p + 8))) % 10 == 0;
    }
    unsigned sum = 0;
    while (len > 8) { /* whole words from the right keep the doubling in step */
        sum += luhn_sum8(digits_load8(p + len - 8));
        len -= 8;
    }
    bool twice = false;
    for (size_t i = len; i-- > 0; twice = !twice) {
        unsigned digit = (unsigned)(p[i] - '0');
        sum += !twice ? digit : digit < 5 ? digit * 2 : digit * 2 - 9;
    }
    return sum % 10 == 0;
}

#endif
