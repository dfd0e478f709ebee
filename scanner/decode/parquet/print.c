#include "decode/parquet/print.h"

#include "core/day.h"
#include "core/endian.h"
#include "core/segment.h"
#include "decode/record_text.h"

enum { DAY_SECONDS = 24 * 60 * 60, JULIAN_1970 = 2440588, NANOSECONDS = 1000000000 };

unsigned parquet_cell_flags(const struct parquet_type *type) {
    const bool bytes = type->physical == PARQUET_BYTES || type->physical == PARQUET_FIXED_BYTES;
    const bool number = type->physical != PARQUET_BOOLEAN && type->physical != PARQUET_INT96;
    switch (type->meaning) {
    case PARQUET_PLAIN:
        return number && !bytes ? CELL_NUMBER : 0U;
    case PARQUET_DECIMAL:
    case PARQUET_UNSIGNED:
    case PARQUET_FLOAT16:
        return CELL_NUMBER;
    case PARQUET_TEXT:
    case PARQUET_DATE:
    case PARQUET_TIME:
    case PARQUET_TIMESTAMP:
    case PARQUET_INSTANT:
    case PARQUET_UUID:
    case PARQUET_INTERVAL:
    default:
        return 0;
    }
}

/* ---- dates and times ---- */

static void put_two(int64_t number, struct text_buffer *out) {
    text_buffer_putc(out, (char)('0' + number / 10 % 10));
    text_buffer_putc(out, (char)('0' + number % 10));
}

static void put_clock(int64_t second, struct text_buffer *out) {
    put_two(second / 3600, out);
    text_buffer_putc(out, ':');
    put_two(second / 60 % 60, out);
    text_buffer_putc(out, ':');
    put_two(second % 60, out);
}

/* SECOND of that day; below 0: the day alone. */
static void put_when(int64_t day, int64_t second, bool utc, struct text_buffer *out) {
    enum { FIRST = -719162, LAST = 2932896 }; /* of the years 1 to 9999 */
    unsigned year, month, of_month;
    if (day < FIRST || day > LAST) {
        return; /* "never", and the like */
    }
    day_split((int32_t)day, &year, &month, &of_month);
    put_two(year / 100, out);
    put_two(year % 100, out);
    text_buffer_putc(out, '-');
    put_two(month, out);
    text_buffer_putc(out, '-');
    put_two(of_month, out);
    if (second >= 0) {
        text_buffer_putc(out, utc ? 'T' : ' ');
        put_clock(second, out);
        if (utc) {
            text_buffer_putc(out, 'Z');
        }
    }
}

/* SECONDS since 1970. */
static void put_instant(int64_t seconds, bool utc, struct text_buffer *out) {
    int64_t day = seconds / DAY_SECONDS, second = seconds % DAY_SECONDS;
    if (second < 0) {
        second += DAY_SECONDS;
        day--;
    }
    put_when(day, second, utc, out);
}

/* Towards the past, also before 1970. */
static int64_t whole_seconds(int64_t parts, uint32_t parts_of_second) {
    return parts / parts_of_second - (parts % parts_of_second < 0);
}

/* As Impala and Hive write times: nanoseconds of the day, the Julian day. */
static void put_int96(const uint8_t *p, struct text_buffer *out) {
    const uint64_t second = little_u64(p) / NANOSECONDS;
    const int64_t day = (int64_t)little_u32(p + 8) - JULIAN_1970;
    if (second < DAY_SECONDS) {
        put_when(day, (int64_t)second, false, out);
    }
}

/* ---- numbers ---- */

/* BIG is a whole number of two's complement, the highest byte first. Its digits are made nine at a
 * time: numbers of 256 bits are written too. */
static void put_decimal(struct bytes big, int32_t scale, struct text_buffer *out) {
    enum { BYTES_MOST = 64, WORDS = BYTES_MOST / 4, NINE = 1000000000, DIGITS_MOST = 160 };
    uint32_t words[WORDS] = {0}; /* the lowest first */
    char digits[DIGITS_MOST];
    size_t at = sizeof digits;
    const bool negative = big.len > 0 && (big.ptr[0] & 0x80) != 0;
    if (big.len > BYTES_MOST) {
        return;
    }
    uint32_t carry = negative;
    for (size_t i = 0; i < BYTES_MOST; i++) {
        uint32_t byte = i < big.len ? big.ptr[big.len - 1 - i] : negative ? 0xFF : 0;
        byte = negative ? (byte ^ 0xFF) + carry : byte;
        carry = negative ? byte >> 8 : 0;
        words[i / 4] |= (byte & 0xFF) << (8 * (i % 4));
    }
    for (bool more = true; more && at > 9;) {
        uint64_t rest = 0;
        more = false;
        for (size_t i = WORDS; i-- > 0;) {
            rest = rest << 32 | words[i];
            words[i] = (uint32_t)(rest / NINE);
            rest %= NINE;
            more = more || words[i] != 0;
        }
        for (int digit = 0; digit < 9; digit++, rest /= 10) {
            digits[--at] = (char)('0' + (int)(rest % 10));
        }
    }
    const size_t behind = scale > 0 && scale < DIGITS_MOST ? (size_t)scale : 0;
    while (sizeof digits - at < behind + 1) {
        digits[--at] = '0';
    }
    while (sizeof digits - at > behind + 1 && digits[at] == '0') {
        at++;
    }
    if (negative) {
        text_buffer_putc(out, '-');
    }
    text_buffer_put(out, bytes_of(digits + at, sizeof digits - at - behind));
    if (behind > 0) {
        text_buffer_putc(out, '.');
        text_buffer_put(out, bytes_of(digits + sizeof digits - behind, behind));
    }
}

enum { NUMBER_DIGITS = 20 };

/* The digits of NUMBER end at the end of ROOM; where they begin. */
static size_t digits_of(uint64_t number, char room[NUMBER_DIGITS]) {
    size_t at = NUMBER_DIGITS;
    do {
        room[--at] = (char)('0' + (int)(number % 10));
        number /= 10;
    } while (number != 0);
    return at;
}

static uint64_t size_of(int64_t value) {
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static void put_decimal_number(int64_t value, int32_t scale, struct text_buffer *out) {
    char digits[NUMBER_DIGITS];
    size_t at = digits_of(size_of(value), digits);
    const size_t behind = scale > 0 && scale < NUMBER_DIGITS ? (size_t)scale : 0;
    while (NUMBER_DIGITS - at < behind + 1) {
        digits[--at] = '0';
    }
    if (value < 0) {
        text_buffer_putc(out, '-');
    }
    text_buffer_put(out, bytes_of(digits + at, NUMBER_DIGITS - at - behind));
    if (behind > 0) {
        text_buffer_putc(out, '.');
        text_buffer_put(out, bytes_of(digits + NUMBER_DIGITS - behind, behind));
    }
}

static void put_integer(int64_t value, bool has_sign, struct text_buffer *out) {
    char digits[NUMBER_DIGITS];
    const bool negative = has_sign && value < 0;
    const size_t at = digits_of(negative ? size_of(value) : (uint64_t)value, digits);
    if (negative) {
        text_buffer_putc(out, '-');
    }
    text_buffer_put(out, bytes_of(digits + at, NUMBER_DIGITS - at));
}

static void put_real(double value, struct text_buffer *out) {
    char digits[RECORD_REAL_BYTES];
    text_buffer_put(out, bytes_of(digits, record_text_real_digits(value, digits)));
}

static void put_bits(uint64_t bits, size_t bytes, struct text_buffer *out) {
    double value;
    float single;
    const uint32_t low = (uint32_t)bits;
    if (bytes == 4) {
        memcpy(&single, &low, sizeof single);
        value = (double)single;
    } else {
        memcpy(&value, &bits, sizeof value);
    }
    put_real(value, out);
}

/* IEEE 754 in two bytes. */
static void put_half(uint16_t half, struct text_buffer *out) {
    const uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    const uint32_t exponent = half >> 10 & 0x1F, fraction = half & 0x3FF;
    if (exponent == 0) {
        const double tiny = (double)fraction / (1 << 24);
        put_real(sign != 0 ? -tiny : tiny, out);
    } else {
        const uint32_t wide = exponent == 0x1F ? 0xFF : exponent + 112;
        put_bits(sign | wide << 23 | fraction << 13, 4, out);
    }
}

/* ---- the rest ---- */

static void put_uuid(const uint8_t *p, struct text_buffer *out) {
    for (size_t i = 0; i < 16; i++) {
        text_buffer_printf(out, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", p[i]);
    }
}

static void put_plain(const struct parquet_type *type, struct bytes value, bool has_sign,
                      struct text_buffer *out) {
    switch (type->physical) {
    case PARQUET_BOOLEAN:
        text_buffer_puts(out, value.ptr[0] != 0 ? "true" : "false");
        break;
    case PARQUET_INT32:
        put_integer(has_sign ? (int32_t)little_u32(value.ptr) : (int64_t)little_u32(value.ptr),
                    has_sign, out);
        break;
    case PARQUET_INT64:
        put_integer((int64_t)little_u64(value.ptr), has_sign, out);
        break;
    case PARQUET_INT96:
        put_int96(value.ptr, out);
        break;
    case PARQUET_FLOAT:
        put_bits(little_u32(value.ptr), 4, out);
        break;
    case PARQUET_DOUBLE:
        put_bits(little_u64(value.ptr), 8, out);
        break;
    case PARQUET_BYTES:
    case PARQUET_FIXED_BYTES:
    default:
        text_buffer_put(out, value);
        break;
    }
}

static int64_t number_of(const struct parquet_type *type, const uint8_t *p) {
    return type->physical == PARQUET_INT32 ? (int32_t)little_u32(p) : (int64_t)little_u64(p);
}

void parquet_print(const struct parquet_type *type, struct bytes value, struct text_buffer *out) {
    const bool number = type->physical == PARQUET_INT32 || type->physical == PARQUET_INT64;
    if (value.len < type->length) {
        return;
    }
    const int64_t n = number ? number_of(type, value.ptr) : 0;
    switch (type->meaning) {
    case PARQUET_DECIMAL:
        if (number) {
            put_decimal_number(n, type->scale, out);
        } else {
            put_decimal(value, type->scale, out);
        }
        break;
    case PARQUET_DATE:
        put_when(n, -1, false, out);
        break;
    case PARQUET_TIME:
        if (n >= 0 && n / type->parts < DAY_SECONDS) {
            put_clock(n / type->parts, out);
        }
        break;
    case PARQUET_TIMESTAMP:
    case PARQUET_INSTANT:
        put_instant(whole_seconds(n, type->parts), type->meaning == PARQUET_INSTANT, out);
        break;
    case PARQUET_UUID:
        put_uuid(value.ptr, out);
        break;
    case PARQUET_FLOAT16:
        put_half(little_u16(value.ptr), out);
        break;
    case PARQUET_INTERVAL:
        text_buffer_printf(out, "%u months %u days %u ms", little_u32(value.ptr),
                           little_u32(value.ptr + 4), little_u32(value.ptr + 8));
        break;
    case PARQUET_UNSIGNED:
        put_plain(type, value, false, out);
        break;
    case PARQUET_PLAIN:
    case PARQUET_TEXT:
    default:
        put_plain(type, value, true, out);
        break;
    }
}
