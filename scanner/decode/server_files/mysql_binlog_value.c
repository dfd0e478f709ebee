/* mysql_binlog_value.c - the values of rows, as the server packs them (log_event and field.cc: each
 * type has its own form). */
#include <stdio.h>

#include "core/day.h"
#include "decode/server_files/mysql_binlog.h"

enum { BLOB_LENGTH_MAX = 4 };

static void put(struct record_text *text, uint32_t field, const char *value, int len) {
    record_text_cell(text, bytes_of(value, len > 0 ? (size_t)len : 0), field, 0);
}

static bool take_integer(struct binlog_event *event, const struct binlog_column *column,
                         size_t bytes, struct record_text *text) {
    uint64_t value = binlog_take_number(event, bytes);
    const unsigned shift = 64 - 8 * (unsigned)bytes;
    if (column->is_unsigned && value > INT64_MAX) {
        char digits[24];
        put(text, column->field, digits,
            snprintf(digits, sizeof digits, "%llu", (unsigned long long)value));
        return !event->short_of;
    }
    /* The sign is spread by shifting it up and, as a signed number, down again. */
    const int64_t number =
        column->is_unsigned ? (int64_t)value : (int64_t)(value << shift) >> shift;
    record_text_integer(text, number, column->field);
    return !event->short_of;
}

static bool take_real(struct binlog_event *event, const struct binlog_column *column, size_t bytes,
                      struct record_text *text) {
    record_text_float(text, binlog_take_number(event, bytes), bytes, column->field);
    return !event->short_of;
}

static bool take_text(struct binlog_event *event, const struct binlog_column *column,
                      size_t length_bytes, struct record_text *text) {
    struct bytes value = binlog_take(event, (size_t)binlog_take_number(event, length_bytes));
    record_text_cell(text, value, column->field, 0);
    return !event->short_of;
}

/* ---- decimals: groups of nine digits, the highest bit turned over, negative ones complemented */

static const uint8_t bytes_of_digits[] = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

static uint32_t take_group(struct bytes raw, size_t *at, size_t bytes, uint8_t mask) {
    uint32_t value = 0;
    for (size_t i = 0; i < bytes; i++, (*at)++) {
        const uint8_t c = (uint8_t)(raw.ptr[*at] ^ mask ^ (*at == 0 ? 0x80 : 0));
        value = value << 8 | c;
    }
    return value;
}

static int put_digits(char *out, size_t room, unsigned width, uint32_t value) {
    return width == 0 ? 0 : snprintf(out, room, "%0*u", (int)width, value);
}

static bool take_decimal(struct binlog_event *event, const struct binlog_column *column,
                         struct record_text *text) {
    enum { DIGITS_MAX = 65, GROUP = 9, ROOM = 128 };
    const unsigned precision = column->meta & 0xFF, scale = column->meta >> 8;
    if (precision > DIGITS_MAX || scale > precision) {
        return false;
    }
    const unsigned whole = precision - scale;
    const size_t len = whole / GROUP * 4 + bytes_of_digits[whole % GROUP] + scale / GROUP * 4 +
                       bytes_of_digits[scale % GROUP];
    struct bytes raw = binlog_take(event, len);
    if (event->short_of || len == 0) {
        return false;
    }
    const bool negative = (raw.ptr[0] & 0x80) == 0;
    const uint8_t mask = negative ? 0xFF : 0;
    char out[ROOM];
    size_t at = 0;
    int n = put_digits(out, ROOM, whole % GROUP,
                       take_group(raw, &at, bytes_of_digits[whole % GROUP], mask));
    for (unsigned i = 0; i < whole / GROUP; i++) {
        n += put_digits(out + n, ROOM - (size_t)n, GROUP, take_group(raw, &at, 4, mask));
    }
    const int end_of_whole = n;
    for (unsigned i = 0; i < scale / GROUP; i++) {
        n += put_digits(out + n, ROOM - (size_t)n, GROUP, take_group(raw, &at, 4, mask));
    }
    n += put_digits(out + n, ROOM - (size_t)n, scale % GROUP,
                    take_group(raw, &at, bytes_of_digits[scale % GROUP], mask));
    int zeros = 0;
    while (zeros + 1 < end_of_whole && out[zeros] == '0') {
        zeros++;
    }
    char shown[ROOM + 2];
    const int shown_len =
        snprintf(shown, sizeof shown, "%s%.*s%s%.*s", negative ? "-" : "", end_of_whole - zeros,
                 out + zeros, scale > 0 ? "." : "", n - end_of_whole, out + end_of_whole);
    record_text_cell(text, bytes_of(shown, (size_t)shown_len), column->field, CELL_NUMBER);
    return true;
}

/* ---- days and times ---- */

static uint64_t take_big(struct binlog_event *event, size_t bytes) {
    struct bytes part = binlog_take(event, bytes);
    uint64_t value = 0;
    for (size_t i = 0; i < part.len; i++) {
        value = value << 8 | part.ptr[i];
    }
    return value;
}

static size_t fraction_bytes(const struct binlog_column *column) {
    return ((size_t)column->meta + 1) / 2;
}

static void put_moment(struct record_text *text, uint32_t field, unsigned year, unsigned month,
                       unsigned day, unsigned seconds) {
    char shown[48];
    const int len = seconds == UINT32_MAX
                        ? snprintf(shown, sizeof shown, "%04u-%02u-%02u", year, month, day)
                        : snprintf(shown, sizeof shown, "%04u-%02u-%02u %02u:%02u:%02u", year,
                                   month, day, seconds / 3600, seconds / 60 % 60, seconds % 60);
    put(text, field, shown, len);
}

/* The server shows NULL and the day that is none (0000-00-00) differently; both are no value here.
 */
static bool take_date(struct binlog_event *event, const struct binlog_column *column,
                      struct record_text *text) {
    const uint32_t value = (uint32_t)binlog_take_number(event, 3);
    if (value == 0) {
        record_text_cell(text, bytes_of("", 0), column->field, 0);
    } else {
        put_moment(text, column->field, value >> 9, value >> 5 & 15, value & 31, UINT32_MAX);
    }
    return !event->short_of;
}

static bool take_datetime2(struct binlog_event *event, const struct binlog_column *column,
                           struct record_text *text) {
    const uint64_t value = take_big(event, 5) & 0x7FFFFFFFFFU;
    binlog_take(event, fraction_bytes(column));
    const unsigned time = (unsigned)(value & 0x1FFFF), day = (unsigned)(value >> 17 & 31);
    const unsigned months = (unsigned)(value >> 22);
    put_moment(text, column->field, months / 13, months % 13, day,
               (time >> 12) * 3600 + (time >> 6 & 63) * 60 + (time & 63));
    return !event->short_of;
}

static bool take_datetime(struct binlog_event *event, const struct binlog_column *column,
                          struct record_text *text) {
    const uint64_t value = binlog_take_number(event, 8), day = value / 1000000;
    const unsigned time = (unsigned)(value % 1000000);
    put_moment(text, column->field, (unsigned)(day / 10000), (unsigned)(day / 100 % 100),
               (unsigned)(day % 100), time / 10000 * 3600 + time / 100 % 100 * 60 + time % 100);
    return !event->short_of;
}

/* Seconds since 1970, UTC; the day is told as such. */
static bool take_timestamp(struct binlog_event *event, const struct binlog_column *column,
                           bool second_form, struct record_text *text) {
    uint64_t seconds = second_form ? take_big(event, 4) : binlog_take_number(event, 4);
    if (second_form) {
        binlog_take(event, fraction_bytes(column));
    }
    if (seconds == 0) {
        record_text_cell(text, bytes_of("", 0), column->field, 0);
        return !event->short_of;
    }
    char day[DAY_TEXT], shown[DAY_TEXT + 16];
    day_text(day_of_seconds((int64_t)seconds, 0), day);
    seconds %= 86400;
    put(text, column->field, shown,
        snprintf(shown, sizeof shown, "%s %02u:%02u:%02u", day, (unsigned)seconds / 3600,
                 (unsigned)seconds / 60 % 60, (unsigned)seconds % 60));
    return !event->short_of;
}

/* ---- strings of fixed length, which hide sets and enumerations ---- */

static bool take_string(struct binlog_event *event, const struct binlog_column *column,
                        struct record_text *text) {
    enum { ENUM = 247, SET = 248, STRING = 254 };
    const uint8_t first = (uint8_t)column->meta, second = (uint8_t)(column->meta >> 8);
    if (first == ENUM || first == SET) {
        return take_integer(event, column, second <= 8 ? second : 1, text);
    }
    /* Two bits of the length are turned over into the type. */
    const unsigned longest = ((first & 0x30U) ^ 0x30U) << 4 | second;
    return take_text(event, column, longest > 255 ? 2 : 1, text);
}

/* MariaDB can compress values: the first byte says with what, 0 not at all. */
static bool take_compressed(struct binlog_event *event, const struct binlog_column *column,
                            size_t length_bytes, struct record_text *text) {
    struct bytes value = binlog_take(event, (size_t)binlog_take_number(event, length_bytes));
    const bool plain = value.len == 0 || value.ptr[0] == 0;
    event->unread = event->unread || !plain;
    record_text_cell(text, plain ? bytes_from(value, 1) : bytes_of("", 0), column->field, 0);
    return !event->short_of;
}

/* The binary form of MySQL: its texts. */
static bool take_json(struct binlog_event *event, const struct binlog_column *column,
                      size_t length_bytes, struct record_text *text) {
    struct bytes value = binlog_take(event, (size_t)binlog_take_number(event, length_bytes));
    record_text_strings(text, value, false, column->field);
    return !event->short_of;
}

/* What is not shown: times of the day, bits, coordinates. */
static bool pass_by(struct binlog_event *event, const struct binlog_column *column, size_t bytes,
                    struct record_text *text) {
    binlog_take(event, bytes);
    record_text_cell(text, bytes_of("", 0), column->field, 0);
    return !event->short_of;
}

bool binlog_take_value(struct binlog_event *event, const struct binlog_column *column,
                       struct record_text *text) {
    static const uint8_t integer_bytes[] = {[1] = 1, [2] = 2, [3] = 4, [8] = 8, [9] = 3, [13] = 1};
    const size_t length_bytes =
        column->meta >= 1 && column->meta <= BLOB_LENGTH_MAX ? column->meta : BLOB_LENGTH_MAX;
    switch (column->type) {
    case 1: /* tinyint */
    case 2:
    case 3:
    case 8:
    case 9:
        return take_integer(event, column, integer_bytes[column->type], text);
    case 4:
        return take_real(event, column, 4, text);
    case 5:
        return take_real(event, column, 8, text);
    case 6: /* NULL */
        return pass_by(event, column, 0, text);
    case 7:
        return take_timestamp(event, column, false, text);
    case 10: /* date */
    case 14:
        return take_date(event, column, text);
    case 11: /* time */
        return pass_by(event, column, 3, text);
    case 12:
        return take_datetime(event, column, text);
    case 13: /* year */
        return pass_by(event, column, 1, text);
    case 15: /* varchar */
    case 253:
        return take_text(event, column, column->meta > 255 ? 2 : 1, text);
    case 16: /* bit */
        return pass_by(event, column, (size_t)(column->meta >> 8) + ((column->meta & 0xFF) != 0),
                       text);
    case 17:
        return take_timestamp(event, column, true, text);
    case 18:
        return take_datetime2(event, column, text);
    case 19:
        return pass_by(event, column, 3 + fraction_bytes(column), text);
    case 140:
        return take_compressed(event, column, length_bytes, text);
    case 141:
        return take_compressed(event, column, column->meta > 255 ? 2 : 1, text);
    case 245:
        return take_json(event, column, length_bytes, text);
    case 249: /* blobs and texts */
    case 250:
    case 251:
    case 252:
    case 255: /* geometry */
        return take_text(event, column, length_bytes, text);
    case 246:
        return take_decimal(event, column, text);
    case 254:
        return take_string(event, column, text);
    default:
        return false;
    }
}
