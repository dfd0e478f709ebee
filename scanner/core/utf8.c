#include "core/utf8.h"

#include <string.h>

size_t utf8_decode(const uint8_t *p, size_t len, uint32_t *code) {
    uint8_t lead = p[0];
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    *code = UINT32_MAX;
    if (lead < 0xC2 || lead > 0xF4 || need > len) {
        return 1;
    }
    uint32_t value = lead & (0xFFU >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 1;
        }
        value = value << 6 | (p[i] & 0x3F);
    }
    bool overlong = (need == 3 && value < 0x800) || (need == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 1;
    }
    *code = value;
    return need;
}

size_t utf8_encode(uint32_t code, uint8_t *out) {
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (uint8_t)(0xC0 | code >> 6);
        out[1] = (uint8_t)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        if (code >= 0xD800 && code <= 0xDFFF) {
            return 0;
        }
        out[0] = (uint8_t)(0xE0 | code >> 12);
        out[1] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (code & 0x3F));
        return 3;
    }
    if (code > 0x10FFFF) {
        return 0;
    }
    out[0] = (uint8_t)(0xF0 | code >> 18);
    out[1] = (uint8_t)(0x80 | (code >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (code & 0x3F));
    return 4;
}

/* The high bits of eight bytes: 0 when all are ASCII. */
static uint64_t high_bits(const uint8_t *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v & UINT64_C(0x8080808080808080);
}

/* A character of three bytes, as most Chinese ones are, but those whose second byte has rules of
 * its own (E0, ED). */
static bool is_three(const uint8_t *p) {
    return (p[0] & 0xF0) == 0xE0 && p[0] != 0xE0 && p[0] != 0xED && (p[1] & 0xC0) == 0x80 &&
           (p[2] & 0xC0) == 0x80;
}

/* A lead byte near the end whose sequence the end cuts off? */
static bool cut_at_end(const uint8_t *p, size_t len) {
    size_t need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || len >= need) {
        return false;
    }
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return false;
        }
    }
    return true;
}

bool utf8_valid(struct bytes b, enum utf8_end end) {
    size_t at = 0;
    while (at < b.len) {
        if (b.len - at >= 8 && high_bits(b.ptr + at) == 0) {
            at += 8;
            continue;
        }
        if (b.len - at >= 3 && is_three(b.ptr + at)) {
            at += 3;
            continue;
        }
        uint32_t code;
        size_t used = utf8_decode(b.ptr + at, b.len - at, &code);
        if (code == UINT32_MAX) {
            return end == UTF8_MAY_BE_CUT && cut_at_end(b.ptr + at, b.len - at);
        }
        at += used;
    }
    return true;
}

size_t utf8_cut_off(struct bytes b) {
    for (size_t back = 1; back <= 3 && back <= b.len; back++) {
        const uint8_t *p = b.ptr + b.len - back;
        if ((p[0] & 0xC0) != 0x80) {
            return cut_at_end(p, back) ? back : 0;
        }
    }
    return 0;
}

/* The character before AT (> 0) in half width, in *used bytes; 0: it is none of ASCII. One that has
 * no width is as good as '-'. */
static uint8_t narrow_before(struct bytes text, size_t at, size_t *used) {
    uint8_t folded[4];
    *used = 1;
    while (*used < at && *used < sizeof folded && (text.ptr[at - *used] & 0xC0) == 0x80) {
        (*used)++;
    }
    const size_t len = utf8_fold_width(bytes_of(text.ptr + at - *used, *used), folded);
    return len == 0 ? '-' : len == 1 && folded[0] < 0x80 ? folded[0] : 0;
}

size_t utf8_cut_between_words(struct bytes text, size_t most) {
    if (text.len <= most) {
        return text.len;
    }
    size_t len = most - utf8_cut_off(bytes_first(text, most)), used, before;
    while (len > 0) {
        uint8_t c = narrow_before(text, len, &used);
        if (c == ' ' && len > used) { /* between two groups? */
            c = byte_is_digit(narrow_before(text, len - used, &before)) ? c : 0;
        }
        if (!byte_is_alnum(c) && (c == 0 || strchr(" -._@+*#()", c) == NULL)) {
            break;
        }
        len -= used;
    }
    return len;
}

size_t utf8_count(struct bytes b) {
    size_t count = 0, at = 0;
    while (at < b.len) {
        uint32_t code;
        at += utf8_decode(b.ptr + at, b.len - at, &code);
        count++;
    }
    return count;
}

bool utf8_is_han(uint32_t code) {
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) ||
           (code >= 0x20000 && code <= 0x323AF) || (code >= 0xF900 && code <= 0xFAFF) ||
           code == 0x3007;
}

/* Ranges after Unicode's EastAsianWidth.txt (W and F), merged coarsely. */
static size_t code_width(uint32_t code) {
    if (code < 0x300) {
        return 1;
    }
    if ((code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F) || code == 0xFEFF ||
        (code >= 0xFE00 && code <= 0xFE0F)) {
        return 0;
    }
    bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
                (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
                (code >= 0x20000 && code <= 0x3FFFD);
    return wide ? 2 : 1;
}

size_t utf8_width(struct bytes b) {
    size_t width = 0, at = 0;
    while (at < b.len) {
        uint32_t code;
        at += utf8_decode(b.ptr + at, b.len - at, &code);
        width += code == UINT32_MAX ? 1 : code_width(code);
    }
    return width;
}

static uint32_t fold_code(uint32_t code) {
    if (code >= 0xFF01 && code <= 0xFF5E) {
        return code - 0xFEE0;
    }
    if (code == 0x3000 || code == 0x00A0 || (code >= 0x2002 && code <= 0x200A) || code == 0x202F) {
        return ' ';
    }
    return utf8_is_hyphen(code) ? '-' : code;
}

size_t utf8_fold_width(struct bytes b, uint8_t *out) {
    size_t at = 0, len = 0;
    while (at < b.len) {
        uint32_t code;
        size_t used = utf8_decode(b.ptr + at, b.len - at, &code);
        if (code == UINT32_MAX || code < 0x80) {
            out[len++] = b.ptr[at];
        } else if (!utf8_is_unseen(code)) {
            len += utf8_encode(fold_code(code), out + len);
        }
        at += used;
    }
    return len;
}
