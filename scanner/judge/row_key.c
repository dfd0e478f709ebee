#include "judge/row_key.h"

#include "core/hash64.h"

/* A number of few digits is that of a row of nearly any table. */
enum { TELLING_DIGITS = 9, TELLING_LENGTH = 6 };

static bool is_number(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.ptr[i])) {
            return false;
        }
    }
    return text.len > 0 && text.len <= ROW_KEY_TEXT_MAX;
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
