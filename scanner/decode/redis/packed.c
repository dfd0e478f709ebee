#include "decode/redis/packed.h"

#include <stdio.h>

enum { END = 0xFF, ZIPLIST_HEADER = 10, LISTPACK_HEADER = 6, INTSET_HEADER = 8 };

int64_t redis_integer(const uint8_t *p, size_t bytes) {
    uint64_t value = (p[bytes - 1] & 0x80) != 0 ? UINT64_MAX : 0;
    for (size_t i = bytes; i > 0; i--) {
        value = value << 8 | p[i - 1];
    }
    return (int64_t)value;
}

/* LZF: a control byte below 32 is followed by so many bytes and one more as they are; others say
 * how far back and how much to repeat. */
bool redis_unpack(struct bytes packed, uint8_t *out, size_t len) {
    size_t at = 0, to = 0;
    while (at < packed.len) {
        const size_t control = packed.ptr[at++];
        if (control < 32) {
            if (control + 1 > packed.len - at || control + 1 > len - to) {
                return false;
            }
            memcpy(out + to, packed.ptr + at, control + 1);
            at += control + 1;
            to += control + 1;
            continue;
        }
        size_t count = control >> 5;
        if (count == 7) {
            count += at < packed.len ? packed.ptr[at++] : 0;
        }
        if (at >= packed.len) {
            return false;
        }
        const size_t back = ((control & 31) << 8 | packed.ptr[at++]) + 1;
        if (back > to || count + 2 > len - to) {
            return false;
        }
        for (size_t i = 0; i < count + 2; i++, to++) {
            out[to] = out[to - back];
        }
    }
    return to == len;
}

void redis_elements_begin(struct redis_elements *elements, enum redis_packing packing,
                          struct bytes packed) {
    static const size_t headers[] = {[REDIS_ZIPLIST] = ZIPLIST_HEADER,
                                     [REDIS_LISTPACK] = LISTPACK_HEADER,
                                     [REDIS_INTSET] = INTSET_HEADER};
    *elements =
        (struct redis_elements){.packed = packed, .packing = packing, .at = headers[packing]};
    elements->bad = packed.len < headers[packing];
}

static bool fail(struct redis_elements *e) {
    e->bad = true;
    return false;
}

static struct bytes rest_of(const struct redis_elements *e) {
    return bytes_from(e->packed, e->at);
}

/* An element of SIZE bytes behind HEAD ones: a text, or a number of that many bytes. */
static bool give(struct redis_elements *e, size_t head, uint64_t size, bool is_number, char *number,
                 struct bytes *out) {
    struct bytes rest = rest_of(e);
    if (head > rest.len || size > rest.len - head) {
        return fail(e);
    }
    *out = bytes_of(rest.ptr + head, (size_t)size);
    if (is_number) {
        const int64_t value = redis_integer(out->ptr, (size_t)size);
        *out = bytes_of(number,
                        (size_t)snprintf(number, REDIS_NUMBER_BYTES, "%lld", (long long)value));
    }
    e->at += head + (size_t)size;
    return true;
}

static bool give_small(struct redis_elements *e, size_t head, int64_t value, char *number,
                       struct bytes *out) {
    *out = bytes_of(number, (size_t)snprintf(number, REDIS_NUMBER_BYTES, "%lld", (long long)value));
    e->at += head;
    return e->at <= e->packed.len || fail(e);
}

static bool next_ziplist(struct redis_elements *e, char *number, struct bytes *out) {
    struct bytes rest = rest_of(e);
    if (rest.len == 0 || rest.ptr[0] == END) {
        return rest.len == 0 ? fail(e) : false;
    }
    const size_t p = rest.ptr[0] == 0xFE ? 5 : 1; /* the length of the one before */
    if (rest.len < p + 1) {
        return fail(e);
    }
    const uint8_t c = rest.ptr[p];
    switch (c >> 6) {
    case 0:
        return give(e, p + 1, c & 0x3F, false, number, out);
    case 1:
        return rest.len < p + 2 ? fail(e)
                                : give(e, p + 2, (uint64_t)(c & 0x3F) << 8 | rest.ptr[p + 1], false,
                                       number, out);
    case 2:
        if (rest.len < p + 5) {
            return fail(e);
        }
        return give(e, p + 5,
                    (uint64_t)rest.ptr[p + 1] << 24 | (uint64_t)rest.ptr[p + 2] << 16 |
                        (uint64_t)rest.ptr[p + 3] << 8 | rest.ptr[p + 4],
                    false, number, out);
    default:
        break;
    }
    const size_t bytes = c == 0xC0 ? 2 : c == 0xD0 ? 4 : c == 0xE0 ? 8 : c == 0xF0 ? 3 : 1;
    if (c > 0xF0 && c < 0xFE) {
        return give_small(e, p + 1, (c & 15) - 1, number, out);
    }
    return give(e, p + 1, bytes, true, number, out);
}

/* Behind each element stands its length, for reading backward. */
static bool pass_length(struct redis_elements *e, size_t from) {
    const size_t len = e->at - from;
    e->at += len < 128 ? 1 : len < 16384 ? 2 : len < 2097152 ? 3 : len < 268435456 ? 4 : 5;
    return e->at <= e->packed.len || fail(e);
}

static bool give_listpack(struct redis_elements *e, char *number, struct bytes *out) {
    struct bytes rest = rest_of(e);
    const uint8_t c = rest.ptr[0];
    const uint8_t next = rest.len > 1 ? rest.ptr[1] : 0;
    if (c < 0x80) {
        return give_small(e, 1, c, number, out);
    }
    if (c < 0xC0) {
        return give(e, 1, c & 0x3F, false, number, out);
    }
    if (c < 0xE0) {
        const int value = (c & 0x1F) << 8 | next;
        return give_small(e, 2, value >= 4096 ? value - 8192 : value, number, out);
    }
    if (c < 0xF0) {
        return give(e, 2, (uint64_t)(c & 15) << 8 | next, false, number, out);
    }
    if (c == 0xF0) {
        return rest.len < 5 ? fail(e)
                            : give(e, 5,
                                   (uint64_t)rest.ptr[1] | (uint64_t)rest.ptr[2] << 8 |
                                       (uint64_t)rest.ptr[3] << 16 | (uint64_t)rest.ptr[4] << 24,
                                   false, number, out);
    }
    static const uint8_t bytes[] = {0, 2, 3, 4, 8};
    return c > 0xF4 ? fail(e) : give(e, 1, bytes[c - 0xF0], true, number, out);
}

static bool next_listpack(struct redis_elements *e, char *number, struct bytes *out) {
    struct bytes rest = rest_of(e);
    if (rest.len == 0 || rest.ptr[0] == END) {
        return rest.len == 0 ? fail(e) : false;
    }
    const size_t from = e->at;
    return give_listpack(e, number, out) && pass_length(e, from);
}

static bool next_integer(struct redis_elements *e, char *number, struct bytes *out) {
    const size_t width = e->packed.ptr[0];
    if (width != 2 && width != 4 && width != 8) {
        return fail(e);
    }
    return e->at < e->packed.len && give(e, 0, width, true, number, out);
}

bool redis_elements_next(struct redis_elements *e, char number[REDIS_NUMBER_BYTES],
                         struct bytes *out) {
    if (e->bad) {
        return false;
    }
    switch (e->packing) {
    case REDIS_ZIPLIST:
        return next_ziplist(e, number, out);
    case REDIS_LISTPACK:
        return next_listpack(e, number, out);
    case REDIS_INTSET:
    default:
        return next_integer(e, number, out);
    }
}
