/* bytes.h - what single bytes and short fields of delimited text are. */
#ifndef YINMA_DECODE_DELIMITED_BYTES_H
#define YINMA_DECODE_DELIMITED_BYTES_H

#include "core/bytes.h"

/* 1-8 bytes that are all digits (reads 8)? */
static inline bool delimited_eight_digits(const uint8_t *p, size_t len) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    uint64_t mask = ~UINT64_C(0) >> (64 - 8 * len);
    v &= mask;
    uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0) & mask,
             zeros = UINT64_C(0x3030303030303030) & mask;
    return (v & high) == zeros && ((v + (UINT64_C(0x0606060606060606) & mask)) & high) == zeros;
}

static inline bool delimited_is_number(const uint8_t *p, size_t len) {
    if (!byte_is_digit(p[0])) {
        return false;
    }
    for (; len > 8; len -= 8, p += 8) {
        if (!delimited_eight_digits(p, 8)) {
            return false;
        }
    }
    return delimited_eight_digits(p, len);
}

/* Characters a field may be dressed with: blanks, quotes, guards. */
static const bool delimited_dress[256] = {
    [' '] = true, ['"'] = true,  ['\t'] = true, ['\r'] = true,
    ['='] = true, ['\''] = true, ['\n'] = true,
};

static inline bool delimited_is_dress(uint8_t c) {
    return delimited_dress[c];
}

#endif
