/* "Internal data types" of the Oracle Call Interface: numbers to the base of a hundred, dates of
 * seven bytes. */
#include "decode/server_files/oracle_values.h"

#include <stdio.h>

enum {
    NUMBER_BYTES_MOST = 22,
    DATE_BYTES = 7,
    STAMP_BYTES_MOST = 13,
    CENTURY_EXCESS = 100,
    NEGATIVE_END = 102,
    EXPONENT_EXCESS = 193, /* of positive numbers: the first byte, less so much, is the exponent */
    DIGITS_ROOM = 320,
    WHEN_BYTES = 64,
};

static bool is_date(const uint8_t *p) {
    return p[0] >= 100 && p[0] <= 199 && p[1] >= 100 && p[1] <= 199 && p[2] >= 1 && p[2] <= 12 &&
           p[3] >= 1 && p[3] <= 31 && p[4] >= 1 && p[4] <= 24 && p[5] >= 1 && p[5] <= 60 &&
           p[6] >= 1 && p[6] <= 60;
}

static bool is_number(struct bytes raw) {
    if (raw.len == 0 || raw.len > NUMBER_BYTES_MOST) {
        return false;
    }
    if (raw.len == 1) {
        return raw.ptr[0] == 0x80 || raw.ptr[0] == 0 || raw.ptr[0] == 0xFF;
    }
    for (size_t i = 1; i < raw.len; i++) {
        if (raw.ptr[i] == 0 || raw.ptr[i] > NEGATIVE_END) {
            return false;
        }
    }
    return true;
}

bool oracle_value_fits(unsigned type, struct bytes raw) {
    switch (type) {
    case ORACLE_NUMBER:
        return is_number(raw);
    case ORACLE_DATE:
        return raw.len == DATE_BYTES && is_date(raw.ptr);
    case ORACLE_TIMESTAMP:
    case ORACLE_TIMESTAMP_TZ:
    case ORACLE_TIMESTAMP_LTZ:
        return raw.len >= DATE_BYTES && raw.len <= STAMP_BYTES_MOST && is_date(raw.ptr);
    case ORACLE_BINARY_FLOAT:
        return raw.len == 4;
    case ORACLE_BINARY_DOUBLE:
        return raw.len == 8;
    default:
        return true;
    }
}

/* ---- numbers ---- */

/* Pairs of decimal digits, with a point behind the first POINT of them. */
static size_t put_pairs(char *out, const uint8_t *pairs, size_t count, int point) {
    size_t at = 0;
    const int begin = point < 0 ? point : 0, end = (int)count > point ? (int)count : point;
    if (point <= 0) {
        out[at++] = '0';
    }
    for (int i = begin; i < end; i++) {
        const unsigned pair = i >= 0 && (size_t)i < count ? pairs[i] : 0;
        if (i == (point < 0 ? begin : point)) {
            out[at++] = '.';
        }
        if (i != 0 || point <= 0 || pair >= 10) { /* the first digit is no zero */
            out[at++] = (char)('0' + pair / 10);
        }
        out[at++] = (char)('0' + pair % 10);
    }
    if (end > point && at > 1 && out[at - 1] == '0') {
        at--; /* the last pair had one digit */
    }
    return at;
}

static void put_number(struct record_text *text, struct bytes raw, uint32_t field) {
    char shown[DIGITS_ROOM];
    uint8_t pairs[NUMBER_BYTES_MOST];
    const bool negative = (raw.ptr[0] & 0x80) == 0;
    size_t count = raw.len - 1;
    if (raw.len == 1) { /* zero; the infinities */
        record_text_integer(text, 0, field);
        return;
    }
    count -= negative && raw.ptr[raw.len - 1] == NEGATIVE_END;
    for (size_t i = 0; i < count; i++) {
        const int pair = negative ? 101 - raw.ptr[i + 1] : raw.ptr[i + 1] - 1;
        pairs[i] = (uint8_t)(pair < 0 ? 0 : pair > 99 ? 99 : pair);
    }
    const int first = negative ? 0xFF - raw.ptr[0] : raw.ptr[0];
    const int exponent = first - EXPONENT_EXCESS + 1; /* pairs before the point */
    size_t at = 0;
    if (negative) {
        shown[at++] = '-';
    }
    at += put_pairs(shown + at, pairs, count, exponent);
    record_text_cell(text, bytes_of(shown, at), field, CELL_NUMBER);
}

/* Bits turned so that they sort: those of negative ones all, of others the sign. */
static void put_binary(struct record_text *text, struct bytes raw, uint32_t field) {
    uint64_t bits = 0;
    for (size_t i = 0; i < raw.len; i++) {
        bits = bits << 8 | raw.ptr[i];
    }
    const unsigned width = raw.len == 4 ? 32 : 64;
    const bool positive = (raw.ptr[0] & 0x80) != 0;
    bits = positive ? bits ^ UINT64_C(1) << (width - 1) : ~bits;
    record_text_float(text, bits, raw.len, field);
}

/* ---- dates, texts ---- */

static void put_when(struct record_text *text, const uint8_t *p, uint32_t field) {
    char shown[WHEN_BYTES];
    int len = snprintf(shown, sizeof shown, "%02u%02u-%02u-%02u", p[0] - CENTURY_EXCESS + 0U,
                       p[1] - CENTURY_EXCESS + 0U, p[2], p[3]);
    if (p[4] != 1 || p[5] != 1 || p[6] != 1) {
        len += snprintf(shown + len, sizeof shown - (size_t)len, " %02u:%02u:%02u", p[4] - 1U,
                        p[5] - 1U, p[6] - 1U);
    }
    record_text_cell(text, bytes_of(shown, (size_t)len), field, 0);
}

static void put_text(struct record_text *text, struct narrow_text *narrow, bool wide,
                     struct bytes raw, uint32_t field) {
    if (wide) {
        record_text_utf16(text, raw, true, field, 0);
        return;
    }
    record_text_cell(text, narrow_text_read(narrow, raw), field, 0);
    text->failed = text->failed || narrow->utf8.failed;
}

/* CHAR is padded. */
static struct bytes without_padding(struct bytes raw, bool wide) {
    const size_t unit = wide ? 2 : 1;
    while (raw.len >= unit && raw.ptr[raw.len - 1] == ' ' && (!wide || raw.ptr[raw.len - 2] == 0)) {
        raw.len -= unit;
    }
    return raw;
}

void oracle_value_put(struct record_text *text, struct narrow_text *narrow, unsigned type,
                      bool wide, struct bytes raw, uint32_t field) {
    switch (type) {
    case ORACLE_NUMBER:
        put_number(text, raw, field);
        break;
    case ORACLE_BINARY_FLOAT:
    case ORACLE_BINARY_DOUBLE:
        put_binary(text, raw, field);
        break;
    case ORACLE_DATE:
    case ORACLE_TIMESTAMP:
    case ORACLE_TIMESTAMP_TZ:
    case ORACLE_TIMESTAMP_LTZ:
        put_when(text, raw.ptr, field);
        break;
    case ORACLE_RAW:
    case ORACLE_LONG_RAW:
    case ORACLE_BLOB:
        record_text_strings(text, raw, true, field);
        break;
    default:
        put_text(text, narrow, wide, type == ORACLE_CHAR ? without_padding(raw, wide) : raw, field);
        break;
    }
}
