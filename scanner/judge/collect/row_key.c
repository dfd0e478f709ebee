#include "judge/collect/row_key.h"

#include "core/hash64.h"

/* A number of few digits is that of a row of nearly any table. */
enum { TELLING_DIGITS = 9, TELLING_LENGTH = 6 };

/* Are all eight bytes digits? Of each the high half is 3, and stays so when 6 is added. */
static inline bool are_digits(uint64_t eight) {
    const uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0), threes = UINT64_C(0x3030303030303030);
    return (eight & high) == threes && ((eight + UINT64_C(0x0606060606060606)) & high) == threes;
}

static bool is_number(struct bytes text) {
    enum { STEP = 8 };
    if (text.len == 0 || text.len > ROW_KEY_TEXT_MAX) {
        return false;
    }
    size_t at = 0;
    for (; at + STEP <= text.len; at += STEP) {
        if (!are_digits(hash64_load(text.ptr + at))) {
            return false;
        }
    }
    if (text.len >= STEP) { /* the last eight bytes, some of them once more */
        return are_digits(hash64_load(text.ptr + text.len - STEP));
    }
    while (at < text.len && byte_is_digit(text.ptr[at])) {
        at++;
    }
    return at == text.len;
}

/* Compared without blanks, in lower case. */
bool row_key_hash(struct bytes text, uint64_t seed, struct sampled_row *out) {
    uint8_t lower[ROW_KEY_TEXT_MAX];
    if (is_number(text)) { /* most keys are */
        out->key = hash64_seeded(text, seed);
        out->telling = text.len >= TELLING_DIGITS;
        return true;
    }
    text = bytes_trim(text);
    if (text.len == 0 || text.len > ROW_KEY_TEXT_MAX || memchr(text.ptr, '*', text.len) != NULL) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        lower[i] = byte_lower(text.ptr[i]);
    }
    out->key = hash64_seeded(bytes_of(lower, text.len), seed);
    out->telling = is_number(text) ? text.len >= TELLING_DIGITS : text.len >= TELLING_LENGTH;
    return true;
}
