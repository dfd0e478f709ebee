#include "decode/encoding/escaped_trails.h"

#include <string.h>

/* Bytes that are part of no two-byte character: behind them one begins or none. */
static bool is_apart(uint8_t c) {
    return c < 0x40 && !byte_is_digit(c);
}

/* Trails are 40-7E and A1-FE in Big5, 40-FE without 7F in GB18030. */
static bool is_pair(const uint8_t *p, enum encoding encoding) {
    bool gap = encoding == ENCODING_BIG5 ? byte_is_within(p[1], 0x7F, 0xA0) : p[1] == 0x7F;
    return p[0] > 0x80 && p[0] != 0xFF && p[1] >= 0x40 && p[1] != 0xFF && !gap;
}

/* Is TEXT[at], a backslash, the second half of a character? */
static bool is_trail(struct bytes text, size_t at, enum encoding encoding) {
    size_t from = at;
    while (from > 0 && !is_apart(text.ptr[from - 1])) {
        from--;
    }
    while (from < at) {
        from += is_pair(text.ptr + from, encoding) ? 2 : 1;
    }
    return from > at;
}

static bool is_quote(struct bytes text, size_t at) {
    return at < text.len && (text.ptr[at] == '\'' || text.ptr[at] == '"');
}

/* What may follow the end of a string in SQL or JSON; and in a text that is neither. */
static bool ends_string(struct bytes text, size_t at) {
    return at >= text.len || (text.ptr[at] != 0 && strchr(",);]}:\r\n", text.ptr[at]) != NULL);
}

static bool may_end_string(struct bytes text, size_t at) {
    return ends_string(text, at) || text.ptr[at] == ' ' || text.ptr[at] == '\t' ||
           (is_quote(text, at) && !ends_string(text, at + 1));
}

/* Does a value of a dump end at AT? In rows without quotes a tab or the line's end does that. */
static bool ends_value(struct bytes text, size_t at) {
    return is_quote(text, at) ? ends_string(text, at + 1)
                              : at < text.len && (text.ptr[at] == '\t' || text.ptr[at] == '\n');
}

/* Backslashes that escape go two by two before what ends a value, and are one more before a quote
 * inside it. */
bool escaped_trail_find(struct bytes text, size_t run, enum encoding encoding,
                        struct escaped_trail *out) {
    const uint8_t *backslash;
    for (size_t at = 0; at < run; at++) {
        backslash = memchr(text.ptr + at, '\\', run - at);
        if (backslash == NULL) {
            break;
        }
        size_t first = (size_t)(backslash - text.ptr);
        for (at = first + 1; at < text.len && text.ptr[at] == '\\';) {
            at++;
        }
        bool even = (at - first) % 2 == 0;
        bool doubled = even && ends_value(text, at);
        bool broken = !even && is_quote(text, at) && !may_end_string(text, at + 1);
        if ((!doubled && !broken) || first == 0 || text.ptr[first - 1] < 0x80 ||
            !is_trail(text, first, encoding)) { /* asked last: it looks back over the text */
            continue;
        }
        *out = doubled ? (struct escaped_trail){.at = first + 1, .skipped = 1}
                       : (struct escaped_trail){.at = first}; /* no character at all */
        return true;
    }
    return false;
}
