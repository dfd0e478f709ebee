#include "decode/office/sheet_dates.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    LAST_SERIAL = 2958465, /* 9999-12-31 */
    FICTIONAL_DAY = 60,    /* 1900-02-29, which never was */
    DAYS_TO_1900 = 693899, /* from 0000-03-01 to 1899-12-30 in the proleptic Gregorian calendar */
    DAYS_1904 = 1462,
    SECONDS_A_DAY = 86400,
};

bool sheet_format_is_date(uint64_t number) {
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) ||
           (number >= 50 && number <= 58);
}

/* Years, months and days stand outside of quotes, of brackets and behind no back-slash. A colour,
 * a condition or a calendar ([$-404]) is in brackets. */
bool sheet_code_is_date(struct bytes code) {
    bool quoted = false, bracket = false, year = false, day = false;
    for (size_t i = 0; i < code.len; i++) {
        uint8_t c = code.ptr[i];
        if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '[' || c == ']')) {
            bracket = c == '[';
        } else if (!quoted && !bracket) {
            c = byte_lower(c);
            year |= c == 'y' || c == 'e';
            day |= c == 'd';
        }
        if (!quoted && !bracket && (c == '0' || c == '#')) {
            return false; /* 0.00E+00 */
        }
    }
    return year || day;
}

/* Copy TEXT as a C string. */
static bool number_of(struct bytes text, double *out) {
    char room[SHEET_NUMBER_BYTES];
    char *end = NULL;
    if (text.len == 0 || text.len >= sizeof room) {
        return false;
    }
    memcpy(room, text.ptr, text.len);
    room[text.len] = '\0';
    *out = strtod(room, &end);
    return end == room + text.len;
}

/* Day DAYS since 0000-03-01 as year, month, day (the algorithm by eras of 400 years). */
static void civil(int64_t days, int *year, int *month, int *day) {
    int64_t era = days / 146097, of_era = days % 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

size_t sheet_put_date(struct bytes serial, enum sheet_epoch epoch, char *out) {
    double value = 0;
    if (!number_of(serial, &value) || !(value >= 1) || value > LAST_SERIAL) {
        return 0;
    }
    int64_t day = (int64_t)value;
    int64_t seconds = (int64_t)((value - (double)day) * SECONDS_A_DAY + 0.5);
    if (epoch == SHEET_EPOCH_1904) {
        day += DAYS_1904;
    } else if (day < FICTIONAL_DAY) {
        day++;
    }
    int year, month, of_month;
    civil(day + DAYS_TO_1900, &year, &month, &of_month);
    int len = seconds > 0 && seconds < SECONDS_A_DAY
                  ? snprintf(out, 32, "%04d-%02d-%02d %02d:%02d:%02d", year, month, of_month,
                             (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60))
                  : snprintf(out, 32, "%04d-%02d-%02d", year, month, of_month);
    return len > 0 && len < 32 ? (size_t)len : 0;
}

size_t sheet_put_number(struct bytes number, char *out) {
    double value = 0;
    bool scientific = number.len > 0 && (memchr(number.ptr, 'E', number.len) != NULL ||
                                         memchr(number.ptr, 'e', number.len) != NULL);
    if (!scientific || !number_of(number, &value) || !(value >= 1) || value >= 1e20) {
        return 0;
    }
    int len = snprintf(out, SHEET_NUMBER_BYTES, "%.0f", value);
    return len > 0 && len < SHEET_NUMBER_BYTES ? (size_t)len : 0;
}
