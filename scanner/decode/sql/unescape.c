#include "core/utf8.h"
#include "decode/sql/dialect.h"

/* Up to MAX hexadecimal digits at P; returns how many. */
static size_t read_hex(const uint8_t *p, size_t left, size_t max, uint32_t *value) {
    size_t used = 0;
    *value = 0;
    while (used < max && used < left && byte_hex_value(p[used]) >= 0) {
        *value = *value << 4 | (uint32_t)byte_hex_value(p[used]);
        used++;
    }
    return used;
}

static size_t read_octal(const uint8_t *p, size_t left, uint32_t *value) {
    size_t used = 0;
    *value = 0;
    while (used < 3 && used < left && p[used] >= '0' && p[used] <= '7') {
        *value = *value << 3 | (uint32_t)(p[used] - '0');
        used++;
    }
    return used;
}

static uint8_t control_of_letter(uint8_t c) {
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    default:
        return c;
    }
}

/* P[0 .. left) is what follows the back-slash, left > 0. Returns the bytes used. */
static size_t mysql_escape(const uint8_t *p, uint8_t *out, size_t *len) {
    uint8_t c = p[0];
    if (c == '%' || c == '_') { /* these two keep their back-slash (they matter to LIKE) */
        out[(*len)++] = '\\';
    } else if (c == '0') {
        c = 0;
    } else if (c == 'Z') {
        c = 0x1A;
    } else if (c != 'f' && c != 'v') {
        c = control_of_letter(c);
    }
    out[(*len)++] = c;
    return 1;
}

/* The escapes of C, as E'…' and COPY have them; \u and \U only E'…'. */
static size_t c_escape(const uint8_t *p, size_t left, unsigned escapes, uint8_t *out, size_t *len) {
    uint32_t value;
    size_t used;
    if (p[0] == 'x' && (used = read_hex(p + 1, left - 1, 2, &value)) > 0) {
        out[(*len)++] = (uint8_t)value;
        return 1 + used;
    }
    if ((used = read_octal(p, left, &value)) > 0) {
        out[(*len)++] = (uint8_t)value;
        return used;
    }
    size_t wanted = p[0] == 'u' ? 4 : 8;
    if (escapes == SQL_ESCAPES_POSTGRES && (p[0] == 'u' || p[0] == 'U') &&
        read_hex(p + 1, left - 1, wanted, &value) == wanted) {
        *len += utf8_encode(value, out + *len);
        return 1 + wanted;
    }
    bool copy_only = p[0] == 'v' && escapes != SQL_ESCAPES_COPY;
    out[(*len)++] = copy_only ? p[0] : control_of_letter(p[0]);
    return 1;
}

size_t sql_unescape(struct bytes value, uint8_t *out, unsigned escapes) {
    bool backslash =
        escapes != SQL_ESCAPES_DOUBLED && escapes != SQL_ESCAPES_NONE && escapes != SQL_ESCAPES_CSV;
    int doubled = escapes == SQL_ESCAPES_MYSQL_DOUBLE || escapes == SQL_ESCAPES_CSV ? '"' : '\'';
    if (escapes == SQL_ESCAPES_COPY || escapes == SQL_ESCAPES_NONE) {
        doubled = -1;
    }
    const uint8_t *p = value.ptr;
    size_t len = 0;
    for (size_t i = 0; i < value.len;) {
        uint8_t c = p[i++];
        if (c == '\\' && backslash && i < value.len) {
            i += escapes <= SQL_ESCAPES_MYSQL_DOUBLE
                     ? mysql_escape(p + i, out, &len)
                     : c_escape(p + i, value.len - i, escapes, out, &len);
            continue;
        }
        if (c == doubled && i < value.len && p[i] == c) {
            i++;
        }
        out[len++] = c;
    }
    return len;
}
