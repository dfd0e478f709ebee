#include "core/text_buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/endian.h"
#include "core/utf8.h"

void text_buffer_init(struct text_buffer *out, size_t limit_bytes) {
    *out = (struct text_buffer){.limit = limit_bytes};
}

void text_buffer_release(struct text_buffer *out) {
    free(out->data);
    *out = (struct text_buffer){.limit = out->limit};
}

void text_buffer_clear(struct text_buffer *out) {
    out->len = 0;
    out->failed = false;
    if (out->data != NULL) {
        out->data[0] = '\0';
    }
}

/* Room for EXTRA bytes and the NUL, or `failed`. */
static bool reserve(struct text_buffer *out, size_t extra) {
    if (out->failed) {
        return false;
    }
    if (extra > SIZE_MAX / 4 || out->len > SIZE_MAX / 4 ||
        (out->limit != 0 && out->len + extra > out->limit)) {
        out->failed = true;
        return false;
    }
    size_t need = out->len + extra + 1;
    if (need <= out->capacity) {
        return true;
    }
    size_t capacity = out->capacity < 64 ? 64 : out->capacity;
    while (capacity < need) {
        capacity *= 2;
    }
    char *data = realloc(out->data, capacity);
    if (data == NULL) {
        out->failed = true;
        return false;
    }
    out->data = data;
    out->capacity = capacity;
    return true;
}

char *text_buffer_room(struct text_buffer *out, size_t count) {
    return reserve(out, count) ? out->data + out->len : NULL;
}

void text_buffer_put(struct text_buffer *out, struct bytes b) {
    if (b.len == 0 || !reserve(out, b.len)) {
        return;
    }
    memcpy(out->data + out->len, b.ptr, b.len);
    out->len += b.len;
    out->data[out->len] = '\0';
}

void text_buffer_puts(struct text_buffer *out, const char *s) {
    text_buffer_put(out, bytes_of_string(s));
}

void text_buffer_repeat(struct text_buffer *out, char c, size_t times) {
    if (times == 0 || !reserve(out, times)) {
        return;
    }
    memset(out->data + out->len, c, times);
    out->len += times;
    out->data[out->len] = '\0';
}

void text_buffer_printf(struct text_buffer *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need < 0) {
        out->failed = true;
    } else if (reserve(out, (size_t)need)) {
        vsnprintf(out->data + out->len, (size_t)need + 1, format, again);
        out->len += (size_t)need;
    }
    va_end(again);
}

const char *text_buffer_string(const struct text_buffer *out) {
    return out->data == NULL || out->len == 0 ? "" : out->data;
}

void text_buffer_put_utf16le(struct text_buffer *out, struct bytes units) {
    for (size_t i = 0; i + 2 <= units.len; i += 2) {
        uint32_t code = little_u16(units.ptr + i);
        if (code >= 0xD800 && code < 0xDC00 && i + 4 <= units.len) {
            const uint32_t low = little_u16(units.ptr + i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        uint8_t utf8[4];
        const size_t len = utf8_encode(code, utf8);
        text_buffer_put(out, len == 0 ? BYTES_LIT("?") : bytes_of(utf8, len));
    }
}
