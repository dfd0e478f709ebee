#include "core/bytes.h"

static bool is_blank(uint8_t c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct bytes bytes_trim(struct bytes b) {
    while (b.len > 0 && is_blank(b.ptr[0])) {
        b.ptr++;
        b.len--;
    }
    while (b.len > 0 && is_blank(b.ptr[b.len - 1])) {
        b.len--;
    }
    return b;
}

struct bytes bytes_trim_wide(struct bytes b) {
    const struct bytes wide = BYTES_LIT("\xE3\x80\x80");
    for (;;) {
        struct bytes before = b;
        b = bytes_trim(b);
        if (bytes_starts_with(b, wide)) {
            b = bytes_from(b, wide.len);
        }
        if (bytes_ends_with(b, wide)) {
            b.len -= wide.len;
        }
        if (b.len == before.len) {
            return b;
        }
    }
}

/* A first byte that is rare is found many bytes at a time; memmem() goes byte by byte. Where it is
 * frequent, needles of more than so many bytes are memmem()'s: it never takes more than linear
 * time.
 */
enum { SHORT_NEEDLE = 4, FALSE_STARTS = 4 };

/* Where a and b stand side by side, from AT on; b.len: nowhere. For a first byte that is frequent,
 * as the dashes of dates are. */
static size_t find_pair(struct bytes text, size_t at, uint8_t a, uint8_t b) {
    enum { STEP = 128 };
    const uint8_t *p = text.ptr;
    for (; at + STEP < text.len; at += STEP) {
        uint8_t any = 0; /* a byte: the compiler looks at sixteen at a time */
        for (size_t i = 0; i < STEP; i++) {
            any |= (uint8_t)((p[at + i] == a) & (p[at + i + 1] == b));
        }
        if (any != 0) {
            break;
        }
    }
    while (at + 1 < text.len && (p[at] != a || p[at + 1] != b)) {
        at++;
    }
    return at + 1 < text.len ? at : text.len;
}

static size_t find_long(struct bytes text, size_t at, struct bytes needle) {
    const uint8_t *found = memmem(text.ptr + at, text.len - at, needle.ptr, needle.len);
    return found == NULL ? SIZE_MAX : (size_t)(found - text.ptr);
}

size_t bytes_find(struct bytes b, struct bytes needle) {
    if (needle.len == 0) {
        return 0;
    }
    unsigned tries = 0;
    for (size_t at = 0; at + needle.len <= b.len; at++) {
        if (needle.len > 1 && tries++ >= FALSE_STARTS) {
            if (needle.len > SHORT_NEEDLE) {
                return find_long(b, at, needle);
            }
            at = find_pair(b, at, needle.ptr[0], needle.ptr[1]);
            if (at + needle.len > b.len) {
                break;
            }
        }
        const uint8_t *first = memchr(b.ptr + at, needle.ptr[0], b.len - needle.len + 1 - at);
        if (first == NULL) {
            break;
        }
        at = (size_t)(first - b.ptr);
        if (memcmp(first, needle.ptr, needle.len) == 0) {
            return at;
        }
    }
    return SIZE_MAX;
}

struct bytes bytes_last_component(struct bytes path) {
    const uint8_t *slash = path.len == 0 ? NULL : memrchr(path.ptr, '/', path.len);
    return slash == NULL ? path : bytes_from(path, (size_t)(slash - path.ptr) + 1);
}

bool bytes_equal_ignoring_case(struct bytes a, struct bytes b) {
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (byte_lower(a.ptr[i]) != byte_lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}
