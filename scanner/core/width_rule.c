#include "core/width_rule.h"

/* The first two bytes of every WIDTH_INVALID_BASE + byte: F3 B0 80..83 xx. */
static bool is_invalid_marker(const uint8_t *p, size_t left) {
    return left >= 4 && p[0] == 0xF3 && p[1] == 0xB0 && p[2] >= 0x80 && p[2] <= 0x83;
}

uint64_t width_before(enum width_rule rule, struct bytes text) {
    if (rule == WIDTH_SAME) {
        return text.len;
    }
    uint64_t width = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if ((c & 0xC0) == 0x80) {
            continue; /* only lead bytes count */
        }
        if (is_invalid_marker(text.ptr + i, text.len - i)) {
            width += 1;
        } else if (rule == WIDTH_DOUBLE) {
            width += c < 0x80 ? 1 : 2;
        } else {
            width += c >= 0xF0 ? 4 : 2;
        }
    }
    return width;
}
