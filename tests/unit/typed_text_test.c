/* Days, times, moments and decimals of binary formats, as they are shown. */
#include "decode/typed_text.h"

#include <stdint.h>

#include "check.h"

/* The last cell of TEXT. */
static const char *shown(struct record_text *text) {
    static char copy[512];
    const struct cell *cell = &text->cells[text->cell_count - 1];
    snprintf(copy, sizeof copy, "%.*s", (int)cell->length,
             (const char *)text->bytes + cell->offset);
    return copy;
}

static void days(void) {
    static const struct {
        int64_t day;
        const char *shown;
    } some[] = {
        {0, "1970-01-01"},    {20484, "2026-01-31"},
        {-1, "1969-12-31"},   {-719162, "0001-01-01"},
        {-719163, "-719163"}, {2932896, "9999-12-31"},
        {2932897, "2932897"}, {INT64_MAX, "9223372036854775807"},
    };
    struct record_text text = {0};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        typed_text_day(&text, some[i].day, 1);
        CHECK_STR(shown(&text), some[i].shown);
    }
    record_text_release(&text);
}

static void times_and_moments(void) {
    struct record_text text = {0};
    typed_text_time(&text, 30600999, 1000, 1);
    CHECK_STR(shown(&text), "08:30:00");
    typed_text_time(&text, INT64_C(86400) * 1000000, 1000000, 1);
    CHECK_STR(shown(&text), "86400000000");
    typed_text_time(&text, -1, 1000, 1);
    CHECK_STR(shown(&text), "-1");
    typed_text_moment(&text, INT64_C(1769848200123), 1000, MOMENT_UTC, 1);
    CHECK_STR(shown(&text), "2026-01-31T08:30:00Z");
    typed_text_moment(&text, INT64_C(1769848200123456789), 1000000000, MOMENT_LOCAL, 1);
    CHECK_STR(shown(&text), "2026-01-31T08:30:00");
    typed_text_moment(&text, -1, 1000, MOMENT_UTC, 1);
    CHECK_STR(shown(&text), "1969-12-31T23:59:59Z");
    typed_text_moment(&text, INT64_MIN, 1000, MOMENT_UTC, 1);
    CHECK_STR(shown(&text), "-9223372036854775808");
    record_text_release(&text);
}

static void decimals(void) {
    static const struct {
        struct bytes number;
        uint32_t scale;
        const char *shown;
    } some[] = {
        {BYTES_LIT(""), 0, "0"},
        {BYTES_LIT("\0"), 2, "0.00"},
        {BYTES_LIT("\x05"), 0, "5"},
        {BYTES_LIT("\x05"), 2, "0.05"},
        {BYTES_LIT("\xFB"), 1, "-0.5"},
        {BYTES_LIT("\x01\x00"), 3, "0.256"},
        {BYTES_LIT("\x3B\x9A\xCA\x00"), 0, "1000000000"},
        {BYTES_LIT("\x3B\x9A\xCA\x00"), 9, "1.000000000"},
        {BYTES_LIT("\x0E\x92\xC6\x61\x26\xC8\x2F"), 0, "4102030405060655"},
        {BYTES_LIT("\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 0,
         "-170141183460469231731687303715884105728"},
        {BYTES_LIT("\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 10,
         "34028236692093846346337460743.1768211456"},
    };
    struct record_text text = {0};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        typed_text_decimal(&text, some[i].number, some[i].scale, 1);
        CHECK_STR(shown(&text), some[i].shown);
    }
    uint8_t most[TYPED_DECIMAL_BYTES];
    memset(most, 0xFF, sizeof most);
    most[0] = 0x80; /* the lowest but for its ones */
    typed_text_decimal(&text, bytes_of(most, sizeof most), TYPED_DECIMAL_SCALE, 1);
    CHECK_INT(strlen(shown(&text)), TYPED_DECIMAL_SCALE + 3);
    typed_text_decimal(&text, bytes_of(most, sizeof most), 0, 1);
    CHECK_INT(strlen(shown(&text)), 155);
    record_text_release(&text);
}

static const struct test_case cases[] = {
    {"days", days},
    {"times_and_moments", times_and_moments},
    {"decimals", decimals},
};
TEST_MAIN(cases)
