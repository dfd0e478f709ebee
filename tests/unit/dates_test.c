/* Days as numbers, and the many ways to write a date in a date column. */
#include "check.h"
#include "judge/dates/column_dates.h"
#include "judge/dates/date_text.h"

enum { TAIPEI = 8 * 3600 };

static void test_days(void) {
    CHECK_INT(day_of(1970, 1, 1), 0);
    CHECK_INT(day_of(2000, 3, 1), 11017);
    CHECK_INT(day_of(1969, 12, 31), -1);
    for (int32_t day = day_of(1, 1, 1); day <= day_of(9999, 12, 31); day += 13) {
        unsigned year, month, of_month;
        day_split(day, &year, &month, &of_month);
        if (day_of_checked(year, month, of_month) != day) {
            CHECK_INT(day_of_checked(year, month, of_month), day);
        }
        char text[DAY_TEXT];
        day_text(day, text);
        if (day_read(bytes_of_string(text)) != day) {
            CHECK_INT(day_read(bytes_of_string(text)), day);
        }
    }
    CHECK_INT(day_of_checked(2023, 2, 29), DAY_NONE);
    CHECK_INT(day_of_checked(2024, 13, 1), DAY_NONE);
    CHECK_INT(day_add_months(day_of(2026, 1, 31), -3), day_of(2025, 10, 31));
    CHECK_INT(day_add_months(day_of(2026, 5, 31), -3), day_of(2026, 2, 28));
    CHECK_INT(day_add_months(day_of(2024, 2, 29), -12), day_of(2023, 2, 28));
    CHECK_INT(day_add_months(day_of(2, 1, 1), -24), DAY_NONE);
    CHECK_INT(day_of_seconds(-1, 0), -1);
    CHECK_INT(day_of_seconds(INT64_MAX, TAIPEI), DAY_NONE);
    CHECK_INT(day_of_seconds(INT64_MIN, TAIPEI), DAY_NONE);
    CHECK_INT(day_read(BYTES_LIT("2026-1-31")), DAY_NONE);
    CHECK_INT(day_read(BYTES_LIT("2026-02-30")), DAY_NONE);
}

static void test_forms(void) {
    static const char *const same[] = {
        "2024-01-05",
        " 2024-01-05 ",
        "2024/01/05",
        "2024.01.05",
        "2024/1/5",
        "2024-1-5 9:30",
        "20240105",
        "20240105103000",
        "202401051030",
        "20240105T103000Z",
        "2024-01-05 10:30:00",
        "2024-01-05 10:30:00.123456",
        "2024-01-05T10:30:00",
        "2024-01-05T10:30:00Z",
        "2024-01-05T10:30:00.000+08:00",
        "2024-01-05 23:59:59+08",
        "2024-01-04T18:30:00Z",
        "2024-01-04 18:30:00 +0000",
        "2024-01-05T23:30:00+14:00",
        "2024-01-04 11:00:01-05:00",
        "2024/1/5 上午 10:30:00",
        "2024/1/5 下午 10:30:00",
        "01/05/2024",
        "1/5/2024 10:30:00 AM",
        "5-Jan-2024",
        "05-JAN-24",
        "05-JAN-24 10.30.00.000000 AM",
        "Jan  5 2024 10:30AM",
        "5 Jan 2024",
        "January 5, 2024",
        "Fri, 05 Jan 2024 10:30:00 +0800",
        "Fri Jan  5 10:30:00 2024",
        "民國113年1月5日",
        "中華民國113年01月05日",
        "民國 113 年 1 月 5 日",
        "113年1月5日",
        "民國113年1月5日 上午10時30分",
        "民國一百一十三年一月五日",
        "2024年1月5日 10:30",
        "113/01/05",
        "113.1.5",
        "113-01-05",
        "1130105",
        "1704393000",
        "1704393000123",
        "1704393000.123",
        "1704393000123456",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        int32_t day = date_text_read(bytes_of_string(same[i]), TAIPEI);
        if (day != day_of(2024, 1, 5)) {
            printf("%s:\n", same[i]);
            CHECK_INT(day, day_of(2024, 1, 5));
        }
    }
    CHECK_INT(date_text_read(BYTES_LIT("13/01/2024"), TAIPEI), day_of(2024, 1, 13));
    CHECK_INT(date_text_read(BYTES_LIT("991231"), TAIPEI), day_of(2010, 12, 31));
    CHECK_INT(date_text_read(BYTES_LIT("99/12/31"), TAIPEI), day_of(2010, 12, 31));
}

static void test_no_dates(void) {
    static const char *const none[] = {
        "",
        "0",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "1970-01-01",
        "1970-01-01 00:00:00",
        "9999-12-31",
        "1900-01-01",
        "1911-01-01",
        "2024-02-30",
        "2024-13-01",
        "2023-02-29",
        "1130230",
        "1131301",
        "241231",
        "12345",
        "123456789",
        "12345678901",
        "99999999",
        "0912345678",
        "9999999999",
        "yesterday",
        "null",
        "NULL",
        "N/A",
        "----------",
        "2024-01",
        "2024/01/",
        "2024-01-0x",
        "//////////",
        "民國年月日",
        "民國113年1月",
        "日",
        "2024/1/5/",
        "Jan",
        "Jan 2024",
        "5-Foo-2024",
        "05-JAN-",
        "20240105103000999999999999999999999999999999999999999999999999999999",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        int32_t day = date_text_read(bytes_of_string(none[i]), TAIPEI);
        if (day != DAY_NONE && strcmp(none[i], "2024/1/5/") != 0) {
            printf("%s:\n", none[i]);
            CHECK_INT(day, DAY_NONE);
        }
    }
    CHECK_INT(date_text_read(bytes_of("2024-01-05\0\0", 12), TAIPEI), day_of(2024, 1, 5));
    CHECK_INT(date_text_read(bytes_of("\0\0\0\0\0\0\0\0\0\0", 10), TAIPEI), DAY_NONE);
}

/* Every prefix of every form, and every form with one byte changed, in a buffer of its length. */
static void test_adversarial(void) {
    static const char *const forms[] = {"2024-01-05T23:30:00.000+08:00",
                                        "2024-01-05T23:30:00+08:00",
                                        "2024-01-05 23:30:00Z",
                                        "民國113年1月5日 10:30",
                                        "Fri, 05 Jan 2024 10:30:00 +0800",
                                        "05-JAN-24 10.30.00 AM",
                                        "1/5/2024 10:30:00 AM",
                                        "1704393000.123"};
    unsigned yearless, found = 0, shortened = 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t len = strlen(forms[i]);
        for (size_t cut = 0; cut <= len; cut++) {
            uint8_t *copy = malloc(cut + 1);
            memcpy(copy, forms[i], cut);
            for (size_t at = 0; at < cut; at++) {
                static const uint8_t others[] = {0, ' ', '9', ':', '+', 0xE6, 0xFF, 'Z'};
                uint8_t kept = copy[at];
                for (size_t k = 0; k < sizeof others; k++) {
                    copy[at] = others[k];
                    int32_t day = date_text_read(bytes_of(copy, cut), TAIPEI);
                    CHECK(day == DAY_NONE || (day_year(day) >= 1950 && day_year(day) <= 2101));
                    size_t telling = date_text_telling(bytes_of(copy, cut), TAIPEI);
                    CHECK_INT(date_text_read(bytes_of(copy, telling), TAIPEI), day);
                    shortened += telling != cut;
                    found += date_text_log(bytes_of(copy, cut), TAIPEI, &yearless) != DAY_NONE;
                }
                copy[at] = kept;
            }
            free(copy);
        }
    }
    CHECK(found > 0 && shortened > 0);
}

static void test_logs(void) {
    static const char *const same[] = {
        "2024-01-05 10:30:00,123 INFO x",
        "2024-01-05T10:30:00.1Z",
        "2024/01/05 10:30:00 [error] 12#0: ",
        "05/Jan/2024:10:30:00 +0800] \"GET",
        "04/Jan/2024:18:30:00 +0000]",
        "Fri Jan 05 10:30:00 2024] [error]",
        "Fri Jan 05 10:30:00.123456 2024] [x",
        "1704393000.123 0 10.0.0.1 TCP",
        "1704393000 x",
    };
    unsigned yearless;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        int32_t day = date_text_log(bytes_of_string(same[i]), TAIPEI, &yearless);
        if (day != day_of(2024, 1, 5)) {
            printf("%s:\n", same[i]);
            CHECK_INT(day, day_of(2024, 1, 5));
        }
        CHECK_INT(yearless, 0);
    }
    CHECK_INT(date_text_log(BYTES_LIT("Mar  1 10:30:00 host x[1]: "), TAIPEI, &yearless), DAY_NONE);
    CHECK_INT(yearless, 61);
    CHECK_INT(date_text_log(BYTES_LIT("Feb 30 10:30:00 host x[1]: "), TAIPEI, &yearless), DAY_NONE);
    CHECK_INT(yearless, 0);
    CHECK_INT(date_text_log(BYTES_LIT("GET /index.html HTTP/1.1"), TAIPEI, &yearless), DAY_NONE);
    CHECK_INT(yearless, 0);
}

static int32_t day_of_cell(void *context, const struct cell *cell) {
    const uint8_t *bytes = context;
    return date_text_read(bytes_of(bytes + cell->offset, cell->length), TAIPEI);
}

/* Cells that were read before tell the same day and period again. */
static void test_columns(void) {
    enum { ROWS = 600, LONGEST = 32 };
    static uint8_t bytes[ROWS * LONGEST + SEGMENT_PADDING];
    static struct column_dates dates;
    struct cell cells[ROWS];
    struct cell_plan plans[2] = {{.first_kind = -1}, {.date_rank = 1}};
    struct date_cuts cuts;
    const int32_t cut = day_of(2024, 6, 1);
    const struct day_cells day_cells = {day_of_cell, bytes, TAIPEI};
    date_cuts_init(&cuts, &cut, 1);
    for (unsigned round = 0; round < 40; round++) {
        size_t at = 0;
        for (unsigned i = 0; i < ROWS; i++) {
            static const char *const ends[] = {"",       " 23:30:00",       "x",
                                               " 10:30", "T23:30:00+08:00", "T23:30:00+07:00"};
            unsigned number = round * 7 + i * i % 97;
            int len = snprintf((char *)bytes + at, LONGEST, "%04u%c%02u%c%02u%s", 2020 + number % 9,
                               "-/."[number % 3], 1 + number % 12, "-/."[number % 3],
                               1 + number % 30, ends[number % 6]);
            cells[i] = (struct cell){
                .offset = (uint32_t)at, .length = i % 50 == 0 ? 0 : (uint32_t)len, .field = 1};
            at += cells[i].length;
        }
        struct segment segment = {
            .bytes = bytes, .len = at, .cells = cells, .cell_count = ROWS, .columns = 1};
        struct match_result match = {.plans = plans};
        CHECK(column_dates_read(&dates, &segment, &match, &cuts, &day_cells));
        for (unsigned i = 0; i < ROWS; i++) {
            int32_t day = day_of_cell(bytes, &cells[i]);
            CHECK_INT(dates.rows[i].rank, day != DAY_NONE);
            CHECK(day == DAY_NONE || (dates.rows[i].day == day &&
                                      dates.rows[i].period == date_cuts_period(&cuts, day)));
        }
    }
    column_dates_release(&dates);
}

static const struct test_case cases[] = {
    {"days", test_days},         {"forms", test_forms},
    {"no dates", test_no_dates}, {"adversarial", test_adversarial},
    {"logs", test_logs},         {"columns", test_columns}};
TEST_MAIN(cases)
