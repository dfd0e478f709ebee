#include "decode/encoding/transcode_state.h"

static unsigned unit_at(const struct transcoder *t, const uint8_t *p) {
    return t->encoding == ENCODING_UTF16LE ? p[0] | (unsigned)p[1] << 8
                                           : p[1] | (unsigned)p[0] << 8;
}

static size_t utf16_step(struct transcoder *t, const uint8_t *p, size_t left, uint8_t **out) {
    if (left < 2 || (left < 4 && !run_is_closed(t))) {
        if (run_is_closed(t)) {
            *out = put_invalid(*out, p, 1);
        }
        return run_is_closed(t) ? 1 : 0;
    }
    uint32_t unit = unit_at(t, p);
    if (unit < 0xD800 || unit > 0xDFFF) {
        *out = put_code(*out, unit);
        return 2;
    }
    uint32_t low = unit < 0xDC00 && left >= 4 ? unit_at(t, p + 2) : 0;
    if (low < 0xDC00 || low > 0xDFFF) {
        *out = put_invalid(*out, p, 2);
        return 2;
    }
    uint32_t code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    /* The private characters that stand for invalid bytes may not come from outside. */
    bool marker = code >= WIDTH_INVALID_BASE && code <= WIDTH_INVALID_BASE + 0xFF;
    *out = marker ? put_invalid(*out, p, 4) : put_code(*out, code);
    return 4;
}

size_t convert_utf16(struct transcoder *t, uint8_t *out, size_t capacity) {
    uint8_t *begin = out, *end = out + capacity;
    size_t high = t->encoding == ENCODING_UTF16LE ? 1 : 0;
    while (t->used < t->run_end && (size_t)(end - out) >= STEP_BYTES) {
        const uint8_t *p = t->input + t->used;
        size_t left = t->run_end - t->used;
        if (left >= 4 && p[high] == 0 && p[1 - high] < 0x80) {
            *out++ = p[1 - high];
            t->used += 2;
            continue;
        }
        size_t step = utf16_step(t, p, left, &out);
        if (step == 0) {
            break;
        }
        t->used += step;
    }
    return (size_t)(out - begin);
}
