/* What the bytes mean: "SQL Server data types" of the ODBC driver (DBMONEY, DBNUMERIC), [MS-TDS]
 * 2.2.5.5.1 for dates and times. */
#include "decode/sqlserver/bcp_values.h"

#include <stdio.h>

#include "core/day.h"
#include "core/endian.h"

enum {
    DAY_0001 = -719162,  /* 0001-01-01, from 1970 */
    DAY_1900 = -25567,   /* 1900-01-01 */
    MONEY_UNITS = 10000, /* money counts in ten-thousandths */
    DATETIME_SECOND = 300,
    DAY_SECONDS = 86400,
    TIME_BYTES_LONG = 5, /* of ten-millionths of a second; shorter ones have fewer digits */
    WHEN_BYTES = 64,
    DECIMAL_ROOM = 64,
};
#define TIME_SECOND UINT64_C(10000000)

static uint64_t little(struct bytes raw) {
    uint64_t value = 0;
    for (size_t i = raw.len; i-- > 0;) {
        value = value << 8 | raw.ptr[i];
    }
    return value;
}

static void put(struct record_text *text, const char *value, int len, uint32_t field,
                unsigned flags) {
    record_text_cell(text, bytes_of(value, len > 0 ? (size_t)len : 0), field, flags);
}

/* ---- numbers ---- */

static void put_integer(struct record_text *text, struct bytes raw, uint32_t field) {
    const uint64_t value = little(raw);
    const int64_t number = raw.len == 2   ? (int16_t)value
                           : raw.len == 4 ? (int32_t)value
                                          : (int64_t)value;
    record_text_integer(text, number, field);
}

/* DBMONEY has its high half first; writers that keep a plain number of 64 bits are told by the half
 * that only repeats the sign. */
static int64_t money_of(struct bytes raw) {
    if (raw.len == 4) {
        return (int32_t)little_u32(raw.ptr);
    }
    const uint32_t first = little_u32(raw.ptr), second = little_u32(raw.ptr + 4);
    const bool plain = (second == 0 || second == UINT32_MAX) && first != 0 && first != UINT32_MAX;
    return (int64_t)(plain ? (uint64_t)second << 32 | first : (uint64_t)first << 32 | second);
}

static void put_money(struct record_text *text, struct bytes raw, uint32_t field) {
    char shown[DECIMAL_ROOM];
    const int64_t value = money_of(raw);
    const uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    put(text, shown,
        snprintf(shown, sizeof shown, "%s%llu.%04llu", value < 0 ? "-" : "",
                 (unsigned long long)(size / MONEY_UNITS),
                 (unsigned long long)(size % MONEY_UNITS)),
        field, CELL_NUMBER);
}

/* DBNUMERIC: digits in all, digits behind the point, sign, a whole number of 128 bits. */
static void put_decimal(struct record_text *text, struct bytes raw, uint32_t field) {
    const uint64_t low = little_u64(raw.ptr + 3), high = little_u64(raw.ptr + 11);
    __extension__ unsigned __int128 value = (__extension__(unsigned __int128)(high) << 64) | low;
    const unsigned scale = raw.ptr[1];
    char shown[DECIMAL_ROOM];
    size_t at = sizeof shown;
    for (unsigned digit = 0; value != 0 || digit <= scale; digit++) {
        if (digit == scale && scale > 0) {
            shown[--at] = '.';
        }
        shown[--at] = (char)('0' + (unsigned)(value % 10));
        value /= 10;
    }
    if (raw.ptr[2] == 0) {
        shown[--at] = '-';
    }
    record_text_cell(text, bytes_of(shown + at, sizeof shown - at), field, CELL_NUMBER);
}

/* ---- dates and times ---- */

static void put_when(struct record_text *text, int32_t day, int64_t second, uint32_t field) {
    char shown[WHEN_BYTES];
    unsigned year, month, of_month;
    day_split(day, &year, &month, &of_month);
    int len = snprintf(shown, sizeof shown, "%04u-%02u-%02u", year, month, of_month);
    if (second >= 0) {
        len += snprintf(shown + len, sizeof shown - (size_t)len, " %02u:%02u:%02u",
                        (unsigned)(second / 3600), (unsigned)(second / 60 % 60),
                        (unsigned)(second % 60));
    }
    put(text, shown, len, field, 0);
}

/* -1: the digits that it has are not told. */
static int64_t second_of(struct bytes raw) {
    return raw.len == TIME_BYTES_LONG ? (int64_t)(little(raw) / TIME_SECOND) : -1;
}

static int32_t day_of_raw(const uint8_t *p) {
    return DAY_0001 + (int32_t)little(bytes_of(p, 3));
}

static void put_time(struct record_text *text, struct bytes raw, uint32_t field) {
    char shown[WHEN_BYTES];
    const int64_t second = second_of(raw);
    const int len = second < 0
                        ? 0
                        : snprintf(shown, sizeof shown, "%02u:%02u:%02u", (unsigned)(second / 3600),
                                   (unsigned)(second / 60 % 60), (unsigned)(second % 60));
    put(text, shown, len, field, 0);
}

/* Kept as UTC, with the minutes that the clock was ahead of it. */
static void put_local(struct record_text *text, struct bytes raw, uint32_t field) {
    const uint8_t *tail = raw.ptr + raw.len - 5;
    const int64_t ahead = (int16_t)little_u16(tail + 3) * INT64_C(60);
    int64_t second = second_of(bytes_first(raw, raw.len - 5));
    int32_t day = day_of_raw(tail);
    if (second >= 0) {
        second += ahead + DAY_SECONDS; /* never below zero: clocks are less than a day ahead */
        day += (int32_t)(second / DAY_SECONDS) - 1;
        second %= DAY_SECONDS;
    }
    put_when(text, day, second, field);
}

static void put_date(struct record_text *text, const struct bcp_column *column, struct bytes raw,
                     uint32_t field) {
    switch (column->type) {
    case BCP_DATE:
        put_when(text, day_of_raw(raw.ptr), -1, field);
        break;
    case BCP_DATETIME:
        put_when(text, DAY_1900 + (int32_t)little_u32(raw.ptr),
                 little_u32(raw.ptr + 4) / DATETIME_SECOND, field);
        break;
    case BCP_SMALLDATETIME:
        put_when(text, DAY_1900 + little_u16(raw.ptr), (int64_t)little_u16(raw.ptr + 2) * 60,
                 field);
        break;
    case BCP_DATETIME2:
        put_when(text, day_of_raw(raw.ptr + raw.len - 3), second_of(bytes_first(raw, raw.len - 3)),
                 field);
        break;
    default:
        put_local(text, raw, field);
        break;
    }
}

/* ---- texts and bytes ---- */

static void put_guid(struct record_text *text, struct bytes raw, uint32_t field) {
    const uint8_t *p = raw.ptr;
    char shown[WHEN_BYTES];
    put(text, shown,
        snprintf(shown, sizeof shown, "%08X-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X",
                 little_u32(p), little_u16(p + 4), little_u16(p + 6), p[8], p[9], p[10], p[11],
                 p[12], p[13], p[14], p[15]),
        field, 0);
}

static struct bytes without_padding(struct bytes raw, size_t unit) {
    while (raw.len >= unit && raw.ptr[raw.len - unit] == ' ' &&
           (unit == 1 || raw.ptr[raw.len - 1] == 0)) {
        raw.len -= unit;
    }
    return raw;
}

static void put_text(struct record_text *text, struct narrow_text *narrow,
                     const struct bcp_column *column, struct bytes raw, uint32_t field,
                     unsigned flags) {
    if (column->type == BCP_WIDE_TEXT) {
        record_text_utf16(text, column->constant ? without_padding(raw, 2) : raw, false, field,
                          flags);
        return;
    }
    raw = column->constant ? without_padding(raw, 1) : raw;
    record_text_cell(text, narrow_text_read(narrow, raw), field, flags);
    text->failed = text->failed || narrow->utf8.failed;
}

/* Text of either sort, or bytes with words in them. */
static void put_any(struct record_text *text, struct bytes raw, uint32_t field, unsigned flags) {
    const bool marked = raw.len >= 2 && raw.ptr[0] == 0xFF && raw.ptr[1] == 0xFE;
    if (marked) {
        record_text_utf16(text, bytes_from(raw, 2), false, field, flags | CELL_TEXT);
    } else {
        record_text_strings(text, raw, true, field);
    }
}

void bcp_value_put(struct record_text *text, struct narrow_text *narrow,
                   const struct bcp_column *column, struct bytes raw, uint32_t field,
                   unsigned flags) {
    switch (column->type) {
    case BCP_INTEGER:
        put_integer(text, raw, field);
        break;
    case BCP_BIT:
        record_text_integer(text, raw.ptr[0], field);
        break;
    case BCP_MONEY:
        put_money(text, raw, field);
        break;
    case BCP_DECIMAL:
        put_decimal(text, raw, field);
        break;
    case BCP_REAL:
        record_text_float(text, little(raw), raw.len, field);
        break;
    case BCP_TIME:
        put_time(text, raw, field);
        break;
    case BCP_DATE:
    case BCP_DATETIME:
    case BCP_SMALLDATETIME:
    case BCP_DATETIME2:
    case BCP_DATETIMEOFFSET:
        put_date(text, column, raw, field);
        break;
    case BCP_GUID:
        put_guid(text, raw, field);
        break;
    case BCP_TEXT:
    case BCP_WIDE_TEXT:
        put_text(text, narrow, column, raw, field, flags);
        break;
    case BCP_UNKNOWN:
    case BCP_BINARY:
    case BCP_ANY:
        put_any(text, raw, field, flags);
        break;
    }
}
