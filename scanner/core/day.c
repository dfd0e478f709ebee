#include "core/day.h"

enum {
    ERA_DAYS = 146097, /* of 400 years */
    ERA_YEARS = 400,
    EPOCH_SHIFT = 719468, /* days from 0000-03-01 to 1970-01-01 */
    DAY_SECONDS = 86400,
};

unsigned day_month_length(unsigned year, unsigned month) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

/* Years begin with March here, so that the leap day is the last of its year. */
int32_t day_of(unsigned year, unsigned month, unsigned day) {
    unsigned y = year - (month <= 2), era = y / ERA_YEARS, in_era = y % ERA_YEARS;
    unsigned from_march = month > 2 ? month - 3 : month + 9;
    unsigned in_year = (153 * from_march + 2) / 5 + day - 1;
    unsigned days = in_era * 365 + in_era / 4 - in_era / 100 + in_year;
    return (int32_t)(era * ERA_DAYS + days) - EPOCH_SHIFT;
}

int32_t day_of_checked(unsigned year, unsigned month, unsigned day) {
    bool exists = year >= 1 && year <= 9999 && day >= 1 && day <= day_month_length(year, month);
    return exists ? day_of(year, month, day) : DAY_NONE;
}

void day_split(int32_t day, unsigned *year, unsigned *month, unsigned *of_month) {
    unsigned shifted = (unsigned)(day + EPOCH_SHIFT), era = shifted / ERA_DAYS;
    unsigned in_era = shifted % ERA_DAYS;
    unsigned years = (in_era - in_era / 1460 + in_era / 36524 - in_era / (ERA_DAYS - 1)) / 365;
    unsigned in_year = in_era - (365 * years + years / 4 - years / 100);
    unsigned from_march = (5 * in_year + 2) / 153;
    *of_month = in_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = years + era * ERA_YEARS + (*month <= 2);
}

unsigned day_year(int32_t day) {
    unsigned year, month, of_month;
    day_split(day, &year, &month, &of_month);
    return year;
}

int32_t day_add_months(int32_t day, int months) {
    unsigned year, month, of_month;
    day_split(day, &year, &month, &of_month);
    int64_t count = (int64_t)year * 12 + (int64_t)month - 1 + months;
    if (count < 12 || count >= (int64_t)10000 * 12) {
        return DAY_NONE;
    }
    year = (unsigned)(count / 12);
    month = (unsigned)(count % 12) + 1;
    unsigned length = day_month_length(year, month);
    return day_of(year, month, of_month < length ? of_month : length);
}

int32_t day_of_seconds(int64_t seconds, int32_t zone_seconds) {
    const int64_t first = (int64_t)day_of(1, 1, 1), last = (int64_t)day_of(9999, 12, 31);
    if (seconds < first * DAY_SECONDS || seconds > last * DAY_SECONDS) {
        return DAY_NONE;
    }
    seconds += zone_seconds;
    return (int32_t)(seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0));
}

static void put_digits(unsigned number, size_t count, char *out) {
    for (; count > 0; number /= 10) {
        out[--count] = (char)('0' + number % 10);
    }
}

void day_text(int32_t day, char out[DAY_TEXT]) {
    out[0] = '\0';
    if (day != DAY_NONE) {
        unsigned year, month, of_month;
        day_split(day, &year, &month, &of_month);
        put_digits(year % 10000, 4, out);
        put_digits(month % 100, 2, out + 5);
        put_digits(of_month % 100, 2, out + 8);
        out[4] = out[7] = '-';
        out[10] = '\0';
    }
}

static unsigned number_at(const uint8_t *digits, size_t count) {
    unsigned value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value * 10 + (unsigned)(digits[i] - '0');
    }
    return value;
}

int32_t day_read(struct bytes text) {
    static const char form[] = "####-##-##";
    if (text.len != sizeof form - 1) {
        return DAY_NONE;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (form[i] == '#' ? !byte_is_digit(text.ptr[i]) : text.ptr[i] != (uint8_t)form[i]) {
            return DAY_NONE;
        }
    }
    return day_of_checked(number_at(text.ptr, 4), number_at(text.ptr + 5, 2),
                          number_at(text.ptr + 8, 2));
}
