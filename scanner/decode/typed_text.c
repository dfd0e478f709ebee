#include "decode/typed_text.h"

#include <assert.h>
#include <stdio.h>

#include "core/day.h"

enum { DAY_SECONDS = 86400, WHEN_BYTES = 40 };

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

static void put(struct record_text *text, const char *shown, int len, uint32_t field) {
    record_text_cell(text, bytes_of(shown, (size_t)len), field, 0);
}

static int put_day(int64_t day, char shown[WHEN_BYTES]) {
    unsigned year, month, of_month;
    day_split((int32_t)day, &year, &month, &of_month);
    return snprintf(shown, WHEN_BYTES, "%04u-%02u-%02u", year, month, of_month);
}

/* SECOND of a day. */
static int put_clock(unsigned second, char *shown, size_t room) {
    return snprintf(shown, room, "%02u:%02u:%02u", second / 3600, second / 60 % 60, second % 60);
}

static bool is_day(int64_t day) {
    return day >= day_of(1, 1, 1) && day <= day_of(9999, 12, 31);
}

void typed_text_day(struct record_text *text, int64_t day, uint32_t field) {
    char shown[WHEN_BYTES];
    if (is_day(day)) {
        put(text, shown, put_day(day, shown), field);
    } else {
        record_text_integer(text, day, field);
    }
}

void typed_text_time(struct record_text *text, int64_t units, int64_t second, uint32_t field) {
    char shown[WHEN_BYTES];
    if (units >= 0 && units / second < DAY_SECONDS) {
        put(text, shown, put_clock((unsigned)(units / second), shown, sizeof shown), field);
    } else {
        record_text_integer(text, units, field);
    }
}

void typed_text_moment(struct record_text *text, int64_t units, int64_t second,
                       enum moment_zone zone, uint32_t field) {
    char shown[WHEN_BYTES];
    const int64_t seconds = floor_div(units, second), day = floor_div(seconds, DAY_SECONDS);
    if (!is_day(day)) {
        record_text_integer(text, units, field);
        return;
    }
    int len = put_day(day, shown);
    shown[len++] = 'T';
    len +=
        put_clock((unsigned)(seconds - day * DAY_SECONDS), shown + len, sizeof shown - (size_t)len);
    if (zone == MOMENT_UTC) {
        shown[len++] = 'Z';
    }
    put(text, shown, len, field);
}

/* ---- decimals ---- */

enum {
    LIMBS = TYPED_DECIMAL_BYTES / 4,
    LIMB_DIGITS = 9, /* of a division by a billion */
    /* A byte is less than two and a half digits. */
    DECIMAL_TEXT = TYPED_DECIMAL_BYTES * 5 / 2 + TYPED_DECIMAL_SCALE + 2 * LIMB_DIGITS + 2,
};

struct magnitude {
    uint32_t limbs[LIMBS]; /* the low one first */
    size_t count;
    bool negative;
};

static struct magnitude magnitude_of(struct bytes number) {
    struct magnitude out = {.negative = number.len > 0 && (number.ptr[0] & 0x80) != 0};
    unsigned carry = out.negative ? 1 : 0;
    for (size_t i = 0; i < number.len; i++) {
        unsigned byte = number.ptr[number.len - 1 - i];
        byte = (out.negative ? byte ^ 0xFF : byte) + carry;
        carry = byte >> 8;
        out.limbs[i / 4] |= (uint32_t)(byte & 0xFF) << (8 * (i % 4));
    }
    out.count = (number.len + 3) / 4;
    return out;
}

/* Divided by a billion; what is left over. */
static uint32_t divide(struct magnitude *m) {
    uint64_t left = 0;
    for (size_t i = m->count; i > 0; i--) {
        left = left << 32 | m->limbs[i - 1];
        m->limbs[i - 1] = (uint32_t)(left / 1000000000);
        left %= 1000000000;
    }
    while (m->count > 0 && m->limbs[m->count - 1] == 0) {
        m->count--;
    }
    return (uint32_t)left;
}

void typed_text_decimal(struct record_text *text, struct bytes number, uint32_t scale,
                        uint32_t field) {
    assert(number.len <= TYPED_DECIMAL_BYTES && scale <= TYPED_DECIMAL_SCALE);
    char shown[DECIMAL_TEXT];
    struct magnitude rest = magnitude_of(number);
    size_t at = sizeof shown, digits = 0;
    do {
        uint32_t part = divide(&rest);
        for (unsigned i = 0; i < LIMB_DIGITS; i++) {
            if (part == 0 && rest.count == 0 && digits > scale) {
                break; /* nothing but zeros in front */
            }
            shown[--at] = (char)('0' + part % 10);
            part /= 10;
            digits++;
            if (digits == scale) {
                shown[--at] = '.';
            }
        }
    } while (rest.count > 0 || digits <= scale);
    if (rest.negative) {
        shown[--at] = '-';
    }
    record_text_cell(text, bytes_of(shown + at, sizeof shown - at), field, CELL_NUMBER);
}
