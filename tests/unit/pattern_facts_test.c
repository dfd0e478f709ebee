/* Kinds: the facts behind them: districts, issuers, surnames, the calendar, check digits. */
#include "patterns/calendar.h"
#include "patterns/card_issuers.h"
#include "patterns/districts.h"
#include "patterns/luhn.h"
#include "patterns/surnames.h"
#include "tests/random.h"
#include "tests/unit/check.h"
#include "tests/unit/pattern_values.h"

/* ---- checks ---- */

static void luhn_agrees_with_the_definition(void) {
    for (unsigned i = 0; i < 50000; i++) {
        char text[20];
        size_t len = 12 + random_below(8);
        for (size_t at = 0; at < len; at++) {
            text[at] = (char)('0' + random_below(10));
        }
        CHECK(luhn_valid((const uint8_t *)text, len) == luhn_by_hand(text, len));
    }
}

static void digits_eight_at_a_time(void) {
    for (unsigned byte = 0; byte < 256; byte++) {
        for (unsigned at = 0; at < 8; at++) {
            uint8_t text[8] = {'2', '0', '1', '9', '0', '4', '1', '2'};
            text[at] = (uint8_t)byte;
            CHECK(digits_are8(digits_load8(text)) == byte_is_digit((uint8_t)byte));
        }
    }
}

/* ---- tables ---- */

static void districts_are_sorted(void) {
    unsigned now = 0;
    for (size_t i = 0; i < district_count; i++) {
        now += districts[i].use == DISTRICT_NOW;
        CHECK(county_at_start(bytes_of_string(districts[i].county)) == 9);
        CHECK(district_at_start(bytes_of_string(districts[i].name)) == strlen(districts[i].name));
        if (i > 0) {
            int order = strcmp(districts[i - 1].name, districts[i].name);
            CHECK(order < 0 ||
                  (order == 0 && strcmp(districts[i - 1].county, districts[i].county) < 0));
        }
    }
    CHECK_INT(now, 368);
    CHECK_INT(district_at_start(BYTES_LIT("霧臺鄉霧台村")), 9);
    CHECK_INT(district_at_start(BYTES_LIT("三地門鄉")), 12);
    CHECK_INT(district_at_start(BYTES_LIT("沒有這區")), 0);
    CHECK_INT(county_at_start(BYTES_LIT("臺北市")), 9);
    CHECK_INT(county_at_start(BYTES_LIT("火星市")), 0);
}

static void issuers_are_sorted(void) {
    for (size_t i = 0; i < card_issuer_count; i++) {
        const struct card_issuer *row = &card_issuers[i];
        CHECK(row->first <= row->last && row->lengths != 0);
        CHECK(i == 0 || card_issuers[i - 1].last < row->first);
        for (unsigned prefix = row->first; prefix <= row->last; prefix++) {
            char text[8];
            (void)snprintf(text, sizeof text, "%04u", prefix);
            size_t len = (size_t)__builtin_ctz(row->lengths);
            CHECK(card_issuer_of((const uint8_t *)text, len) == row);
        }
    }
}

static void dummies_are_known(void) {
    static const char *const cards[] = {
        "4111111111111111", "5555555555554444",    "378282246310005",  "30569309025904",
        "3566111111111113", "6205500000000000004", "4311952222222222", "4000221111111111",
        "340353278080900",  "4003551111111111",    "5413330089010434", "4761739001010010",
        "5105105105105100", "4166676667666746",    "3530111333300000", "2223003122003222",
        "36227206271667",   "38520000023237",      "371449635398431",  "4543474002249996",
        "5577000055770004", "6011000990139424",    "6250941006528599", "4147631000000001",
        "4242424242424242", "4988438843884305",    "5136333333333335", "5200828282828210",
        "5399999999999999", "5454545454545454",    "3569990010095841", "343434343434343",
        "4000002500003155", "4000056655665556",    "6011111111111117", "3566002020360505",
        "376000000000006",  "2223000048400011",    "4012888888881881", "4917610000000000",
        "3056930009020004", "6200000000000005",    "4000000000000002", "378734493671000",
    };
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        CHECK(card_is_dummy((const uint8_t *)cards[i], strlen(cards[i])));
    }
    CHECK(!card_is_dummy((const uint8_t *)"4999269823454950", 16));
}

static void surnames_are_known(void) {
    CHECK(surname_is_single((const uint8_t *)"陳"));
    CHECK(surname_is_single((const uint8_t *)"凃"));
    CHECK(surname_is_single((const uint8_t *)"包"));
    CHECK(surname_is_single((const uint8_t *)"向"));
    CHECK(!surname_is_single((const uint8_t *)"的"));
    CHECK(surname_is_compound((const uint8_t *)"張簡"));
    CHECK(surname_is_compound((const uint8_t *)"赫連"));
    CHECK(!surname_is_compound((const uint8_t *)"簡張"));
}

static void calendar_knows_leap_years(void) {
    struct calendar_date date;
    CHECK_INT(calendar_days(2024, 2), 29);
    CHECK_INT(calendar_days(1900, 2), 28);
    CHECK_INT(calendar_days(2000, 2), 29);
    CHECK_INT(calendar_days(2023, 13), 0);
    CHECK(calendar_read(BYTES_LIT("0890229"), &date) && date.year == 2000 && date.day == 29);
    CHECK(!calendar_read(BYTES_LIT("0880229"), &date));
    CHECK(!calendar_read(BYTES_LIT("1996-03-07 and more"), &date));
}

static const struct test_case cases[] = {
    {"luhn_agrees_with_the_definition", luhn_agrees_with_the_definition},
    {"digits_eight_at_a_time", digits_eight_at_a_time},
    {"districts_are_sorted", districts_are_sorted},
    {"issuers_are_sorted", issuers_are_sorted},
    {"dummies_are_known", dummies_are_known},
    {"surnames_are_known", surnames_are_known},
    {"calendar_knows_leap_years", calendar_knows_leap_years},
};

TEST_MAIN(cases)
