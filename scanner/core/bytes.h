/* bytes.h - views of data. Scanned data may hold NULs and never ends in one, so everything that
 * touches it takes a pointer and a length. A view owns nothing; the holder of the memory says how
 * long it lives. */
#ifndef YINMA_CORE_BYTES_H
#define YINMA_CORE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
    const uint8_t *ptr;
    size_t len;
};

/* A view of a string literal, without its NUL. */
#define BYTES_LIT(s) ((struct bytes){(const uint8_t *)(s), sizeof(s) - 1})

static inline struct bytes bytes_of(const void *ptr, size_t len) {
    return (struct bytes){(const uint8_t *)ptr, len};
}

static inline struct bytes bytes_of_string(const char *s) {
    return (struct bytes){(const uint8_t *)s, strlen(s)};
}

/* One behind the last byte. Nothing may be nowhere, and C forbids even to add 0 to NULL. */
static inline const uint8_t *bytes_end(struct bytes b) {
    return b.len == 0 ? b.ptr : b.ptr + b.len;
}

/* The part from FROM on; empty when FROM lies behind the end. */
static inline struct bytes bytes_from(struct bytes b, size_t from) {
    const size_t left_out = from < b.len ? from : b.len;
    return (struct bytes){left_out == 0 ? b.ptr : b.ptr + left_out, b.len - left_out};
}

/* At most LEN bytes from the start. */
static inline struct bytes bytes_first(struct bytes b, size_t len) {
    return (struct bytes){b.ptr, len < b.len ? len : b.len};
}

static inline bool bytes_equal(struct bytes a, struct bytes b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Order by bytes, a beginning before what goes on: below, equal to or above 0. */
static inline int bytes_compare(struct bytes a, struct bytes b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static inline bool bytes_starts_with(struct bytes b, struct bytes prefix) {
    return b.len >= prefix.len && (prefix.len == 0 || memcmp(b.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool bytes_ends_with(struct bytes b, struct bytes suffix) {
    return b.len >= suffix.len &&
           (suffix.len == 0 || memcmp(b.ptr + b.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
struct bytes bytes_trim(struct bytes b);
/* The same for UTF-8 without the ideographic blank (U+3000) either. */
struct bytes bytes_trim_wide(struct bytes b);

/* Position of NEEDLE in B, or SIZE_MAX. */
size_t bytes_find(struct bytes b, struct bytes needle);

/* What stands behind the last '/' of a path; all of it when there is none. */
struct bytes bytes_last_component(struct bytes path);

/* ASCII only: letters of other alphabets are compared as they are. */
bool bytes_equal_ignoring_case(struct bytes a, struct bytes b);

/* 1 or 0; without a branch, so that loops of it go over many bytes at a time. */
static inline uint8_t byte_is_within(uint8_t c, uint8_t first, uint8_t last) {
    return (uint8_t)(c - first) <= (uint8_t)(last - first);
}
static inline bool byte_is_digit(uint8_t c) {
    return (uint8_t)(c - '0') < 10;
}
static inline bool byte_is_letter(uint8_t c) {
    return (uint8_t)((c | 0x20) - 'a') < 26;
}
static inline bool byte_is_alnum(uint8_t c) {
    return byte_is_digit(c) || byte_is_letter(c);
}
static inline bool byte_is_hex(uint8_t c) {
    return byte_is_digit(c) || (uint8_t)((c | 0x20) - 'a') < 6;
}
/* 0 … 15; -1: no hexadecimal digit. */
static inline int byte_hex_value(uint8_t c) {
    return !byte_is_hex(c) ? -1 : byte_is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
/* What a digit of base64 is worth (RFC 4648, 4); -1: it is none. */
static inline int byte_base64_value(uint8_t c) {
    if (byte_is_digit(c)) {
        return c - '0' + 52;
    }
    if (byte_is_letter(c)) {
        return c >= 'a' ? c - 'a' + 26 : c - 'A';
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}
static inline uint8_t byte_lower(uint8_t c) {
    return (uint8_t)(c - 'A') < 26 ? (uint8_t)(c | 0x20) : c;
}
static inline uint8_t byte_upper(uint8_t c) {
    return (uint8_t)(c - 'a') < 26 ? (uint8_t)(c & 0xDF) : c;
}

/* How many bytes of B are such: IS answers 1 or 0, without a branch. */
static inline __attribute__((always_inline)) size_t bytes_count(struct bytes b,
                                                                uint8_t (*is)(uint8_t)) {
    enum { STEP = 128 };
    size_t count = 0, at = 0;
    for (; at + STEP <= b.len; at += STEP) {
        uint8_t few = 0; /* a byte: the compiler counts sixteen at a time */
        for (size_t i = 0; i < STEP; i++) {
            few = (uint8_t)(few + is(b.ptr[at + i]));
        }
        count += few;
    }
    for (; at < b.len; at++) {
        count += is(b.ptr[at]);
    }
    return count;
}

#endif
