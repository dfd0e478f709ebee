/* half_width.h - characters of running text, where nothing was folded to half width yet. */
#ifndef YINMA_PATTERNS_HALF_WIDTH_H
#define YINMA_PATTERNS_HALF_WIDTH_H

#include "core/bytes.h"

/* The character at AT as ASCII, also when it is written in full width; 0: neither. *used: its
 * bytes, 1 where it is neither. */
static inline uint8_t half_width_at(struct bytes text, size_t at, size_t *used) {
    enum { WIDE = 3 };
    const uint8_t *p = text.ptr + at;
    *used = 1;
    if (at >= text.len) {
        return 0;
    }
    if (p[0] != 0xEF || at + WIDE > text.len) {
        return p[0] < 0x80 ? p[0] : 0;
    }
    unsigned code = (unsigned)(p[1] & 0x3F) << 6 | (p[2] & 0x3F); /* U+Fxxx */
    *used = WIDE;
    return code >= 0xF01 && code <= 0xF5E ? (uint8_t)(code - 0xF00 + 0x20) : 0;
}

#endif
