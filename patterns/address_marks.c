#include "patterns/address_marks.h"

#include "patterns/address_plain.h"
#include "patterns/mask_marks.h"

enum { HAN = HAN_BYTES };

static bool is_numeral_at(struct bytes text, size_t at) {
    return address_han_at(text, at) && address_unit_of(han_code(text.ptr + at)) == UNIT_NUMERAL;
}

/* Ｏ, Ｘ, ｏ, ｘ: in running text nothing was folded to half width yet. */
static bool is_wide_letter_mark(const uint8_t *p) {
    return p[0] == 0xEF && ((p[1] == 0xBC && (p[2] == 0xAF || p[2] == 0xB8)) ||
                            (p[1] == 0xBD && (p[2] == 0x8F || p[2] == 0x98)));
}

bool address_unit_at(struct bytes text, size_t at) {
    return address_han_at(text, at) && address_unit_of(han_code(text.ptr + at)) >= UNIT_ROAD;
}

static size_t wide_mark_at(struct bytes text, size_t at) {
    const uint8_t *p = text.ptr + at;
    bool doubled = (at + 2 * (size_t)HAN <= text.len && memcmp(p, p + HAN, HAN) == 0) ||
                   (at >= HAN && memcmp(p, p - HAN, HAN) == 0);
    return doubled || address_unit_at(text, at + HAN) ? HAN : 0;
}

/* 一〇三巷, 二〇〇號 */
static bool is_zero(struct bytes text, size_t at) {
    size_t first = at;
    while (at + HAN <= text.len && first >= HAN &&
           memcmp(text.ptr + first - HAN, text.ptr + at, HAN) == 0) {
        first -= HAN;
    }
    return is_numeral_at(text, at + HAN) || (first >= HAN && is_numeral_at(text, first - HAN));
}

/* 〇 is a zero among Chinese numerals, O and X are marks before a unit (OO路X號). */
size_t address_mark_at(struct bytes text, size_t at) {
    uint8_t c = text.ptr[at];
    if (c == 0xE3 && is_zero(text, at)) {
        return 0;
    }
    if ((c | 0x20) == 'x' || (c | 0x20) == 'o') {
        bool doubled =
            (at + 1 < text.len && text.ptr[at + 1] == c) || (at > 0 && text.ptr[at - 1] == c);
        return doubled || address_unit_at(text, at + 1);
    }
    if (c == 0xEF && at + HAN <= text.len && is_wide_letter_mark(text.ptr + at)) {
        return wide_mark_at(text, at);
    }
    return mask_mark_length(text.ptr + at, text.len - at);
}
