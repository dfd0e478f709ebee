/* text_buffer.h - output that remembers its first failure. Writers write straight on and check
 * `failed` once at the end. Grows up to `limit` bytes (0 = none); beyond it, or out of memory, the
 * buffer keeps what it has and sets `failed`. Holds a NUL behind the text for convenience. */
#ifndef YINMA_CORE_TEXT_BUFFER_H
#define YINMA_CORE_TEXT_BUFFER_H

#include "core/bytes.h"

struct text_buffer {
    char *data; /* NULL while empty */
    size_t len;
    size_t capacity;
    size_t limit;
    bool failed;
};

void text_buffer_init(struct text_buffer *out, size_t limit_bytes);
void text_buffer_release(struct text_buffer *out);
/* Empty it, keep the memory, forget a failure. */
void text_buffer_clear(struct text_buffer *out);

void text_buffer_put(struct text_buffer *out, struct bytes b);
void text_buffer_puts(struct text_buffer *out, const char *s);
static inline void text_buffer_putc(struct text_buffer *out, char c) {
    bool fits =
        !out->failed && out->len + 1 < out->capacity && (out->limit == 0 || out->len < out->limit);
    if (fits) {
        out->data[out->len++] = c;
        out->data[out->len] = '\0';
    } else {
        text_buffer_put(out, bytes_of(&c, 1));
    }
}
/* Where the next bytes go; there is room for COUNT of them. NULL: there is not, `failed`. Whoever
 * writes there tells by text_buffer_end() where the text ends now. */
char *text_buffer_room(struct text_buffer *out, size_t count);
static inline void text_buffer_end(struct text_buffer *out, char *end) {
    out->len = (size_t)(end - out->data);
    *end = '\0';
}
void text_buffer_repeat(struct text_buffer *out, char c, size_t times);
void text_buffer_printf(struct text_buffer *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline struct bytes text_buffer_view(const struct text_buffer *out) {
    return (struct bytes){(const uint8_t *)out->data, out->len};
}
/* UNITS of UTF-16, low byte first, as UTF-8; what is no character is '?'. */
void text_buffer_put_utf16le(struct text_buffer *out, struct bytes units);
/* The text as a C string; "" while empty. Valid until the next write. */
const char *text_buffer_string(const struct text_buffer *out);

#endif
