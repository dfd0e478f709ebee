#include "judge/dates/date_text.h"

#include "patterns/calendar.h"
#include "patterns/digits.h"

enum {
    DAY_SECONDS = 86400,
    EPOCH_DAY = 0,              /* 1970-01-01: a clock that was never set */
    SECONDS_FIRST = 1000000000, /* 2001-09-09: ten digits from here on */
};

static const int64_t seconds_last = INT64_C(4102444800); /* 2100-01-01 */

static int32_t plausible(int32_t day) {
    if (day == DAY_NONE || day == EPOCH_DAY) {
        return DAY_NONE;
    }
    return day >= day_of(DATE_YEAR_FIRST, 1, 1) && day <= day_of(DATE_YEAR_LAST, 12, 31) ? day
                                                                                         : DAY_NONE;
}

static int32_t of_parts(unsigned year, unsigned month, unsigned day) {
    bool known = year >= DATE_YEAR_FIRST && year <= DATE_YEAR_LAST;
    return known ? plausible(day_of_checked(year, month, day)) : DAY_NONE;
}

/* ---- the time of day, where it can change the day ---- */

static bool two_digits(struct bytes text, size_t at, unsigned *out) {
    if (at + 2 > text.len || !digits_all(text.ptr + at, 2)) {
        return false;
    }
    *out = digits_two(text.ptr + at);
    return true;
}

/* Seconds that a clock with the offset at AT (Z, +08:00, -0500, +08) is ahead of UTC. */
static bool read_offset(struct bytes text, size_t at, int32_t *out) {
    unsigned hours, minutes = 0;
    if (at >= text.len) {
        return false;
    }
    uint8_t sign = text.ptr[at];
    if (sign == 'Z' || sign == 'z') {
        *out = 0;
        return true;
    }
    if ((sign != '+' && sign != '-') || !two_digits(text, at + 1, &hours) || hours > 14) {
        return false;
    }
    at += 3;
    at += at < text.len && text.ptr[at] == ':';
    if (two_digits(text, at, &minutes) && minutes >= 60) {
        return false;
    }
    *out = (int32_t)(hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    return true;
}

/* DAY with the time of day at AT of TEXT; another day when the text names another zone. */
static int32_t at_time(int32_t day, struct bytes text, size_t at, int32_t zone_seconds) {
    unsigned hour, minute, second = 0;
    int32_t offset;
    if (day == DAY_NONE || !two_digits(text, at, &hour) || at + 5 > text.len ||
        text.ptr[at + 2] != ':' || !two_digits(text, at + 3, &minute)) {
        return day;
    }
    at += 5;
    if (at < text.len && text.ptr[at] == ':' && two_digits(text, at + 1, &second)) {
        at += 3;
        if (at < text.len && (text.ptr[at] == '.' || text.ptr[at] == ',')) {
            for (at++; at < text.len && byte_is_digit(text.ptr[at]); at++) {
            }
        }
    }
    at += at < text.len && text.ptr[at] == ' ';
    if (!read_offset(text, at, &offset) || offset == zone_seconds) {
        return day;
    }
    int64_t seconds =
        (int64_t)day * DAY_SECONDS + (int64_t)hour * 3600 + (int64_t)minute * 60 + second - offset;
    return plausible(day_of_seconds(seconds, zone_seconds));
}

/* ---- numbers ---- */

static int32_t of_seconds(uint64_t seconds, int32_t zone_seconds) {
    bool known = seconds >= SECONDS_FIRST && seconds < (uint64_t)seconds_last;
    return known ? plausible(day_of_seconds((int64_t)seconds, zone_seconds)) : DAY_NONE;
}

/* LEN digits without anything between them. */
static int32_t of_digits(const uint8_t *p, size_t len, int32_t zone_seconds) {
    switch (len) {
    case 6: /* 850307: of the Republic */
    case 7: /* 1130105 */
        return of_parts((unsigned)digits_number(p, len - 4) + ROC_EPOCH, digits_two(p + len - 4),
                        digits_two(p + len - 2));
    case 8:  /* 20240105 */
    case 12: /* 202401051030 */
    case 14: /* 20240105103000 */
        return of_parts((unsigned)digits_number(p, 4), digits_two(p + 4), digits_two(p + 6));
    case 10:
        return of_seconds(digits_number(p, 10), zone_seconds);
    case 13:
        return of_seconds(digits_number(p, 13) / 1000, zone_seconds);
    case 16:
        return of_seconds(digits_number(p, 16) / 1000000, zone_seconds);
    case 19:
        return of_seconds(digits_number(p, 19) / 1000000000, zone_seconds);
    default:
        return DAY_NONE;
    }
}

/* ---- names of months ---- */

static unsigned month_at(struct bytes text, size_t at) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned i = 0; at + 3 <= text.len && i < 12; i++) {
        if (bytes_equal_ignoring_case(bytes_of(text.ptr + at, 3),
                                      bytes_of(names + (size_t)3 * i, 3))) {
            return i + 1;
        }
    }
    return 0;
}

static void skip_any(struct bytes text, size_t *at, const char *set) {
    while (*at < text.len && text.ptr[*at] != 0 && strchr(set, text.ptr[*at]) != NULL) {
        ++*at;
    }
}

static unsigned number_at(struct bytes text, size_t *at, unsigned most, unsigned *digits) {
    unsigned number = 0;
    for (*digits = 0; *at < text.len && *digits < most && byte_is_digit(text.ptr[*at]); ++*at) {
        number = number * 10 + (unsigned)(text.ptr[*at] - '0');
        ++*digits;
    }
    return number;
}

/* Oracle's RR: 49 is 2049, 50 is 1950. */
static unsigned full_year(unsigned year, unsigned digits) {
    return digits == 2 ? year + (year < 50 ? 2000 : 1900) : year;
}

/* "5-Jan-2024", "05/Jan/2024:10:30:00 +0800", "Jan  5 2024 10:30AM", "Fri, 05 Jan 2024 10:30:00
 * +0800", "Fri Jan  5 10:30:00 2024". */
static int32_t of_named_month(struct bytes text, int32_t zone_seconds, unsigned *yearless) {
    static const char between[] = " -/,.";
    size_t at = 0;
    unsigned digits, day = 0, month;
    if (text.len > 4 && byte_is_letter(text.ptr[0]) && month_at(text, 0) == 0) {
        while (at < text.len && at < 9 && byte_is_letter(text.ptr[at])) {
            at++; /* the day of the week */
        }
        skip_any(text, &at, between);
    }
    if (at < text.len && byte_is_digit(text.ptr[at])) {
        day = number_at(text, &at, 2, &digits);
        skip_any(text, &at, between);
    }
    month = month_at(text, at);
    if (month == 0) {
        return DAY_NONE;
    }
    while (at < text.len && byte_is_letter(text.ptr[at])) {
        at++;
    }
    skip_any(text, &at, between);
    if (day == 0) {
        day = number_at(text, &at, 2, &digits);
        if (at < text.len && byte_is_digit(text.ptr[at])) {
            return DAY_NONE; /* Jan 2024 */
        }
        skip_any(text, &at, between);
    }
    size_t time = at;
    unsigned year = number_at(text, &at, 4, &digits);
    if (at < text.len && text.ptr[at] == ':' && digits <= 2 && time + 8 <= text.len) {
        at = time + 8; /* the time of day stands before the year */
        skip_any(text, &at, ".0123456789");
        skip_any(text, &at, between);
        year = number_at(text, &at, 4, &digits);
        if (digits != 4) {
            bool exists = yearless != NULL && day >= 1 && day <= day_month_length(2000, month);
            if (exists) {
                *yearless = (unsigned)(day_of(2000, month, day) - day_of(2000, 1, 1)) + 1;
            }
            return DAY_NONE;
        }
        return of_parts(year, month, day);
    }
    if (digits != 4 && digits != 2) {
        return DAY_NONE;
    }
    at += at < text.len; /* the sign between date and time */
    skip_any(text, &at, " ");
    return at_time(of_parts(full_year(year, digits), month, day), text, at, zone_seconds);
}

/* ---- parts with signs between them ---- */

/* Year first (three digits or less: of the Republic), or last with four digits. */
static int32_t of_separated(struct bytes text, int32_t zone_seconds) {
    size_t at = 0;
    unsigned digits[3], part[3];
    for (unsigned i = 0; i < 3; i++) {
        part[i] = number_at(text, &at, 4, &digits[i]);
        if (digits[i] == 0 || (i < 2 && (at >= text.len || strchr("-/.", text.ptr[at]) == NULL))) {
            return DAY_NONE;
        }
        at += i < 2;
        if (i < 2) {
            skip_any(text, &at, " ");
        }
    }
    int32_t day;
    if (digits[2] == 4) {
        bool day_first = part[0] > 12;
        day = of_parts(part[2], part[day_first], part[!day_first]);
    } else {
        day = of_parts(digits[0] == 4 ? part[0] : part[0] + ROC_EPOCH, part[1], part[2]);
    }
    at += at < text.len;
    return at_time(day, text, at, zone_seconds);
}

/* Up to its 日 the text is a date that calendar.h knows. */
static int32_t of_chinese(struct bytes text) {
    struct calendar_date date;
    struct bytes mark = BYTES_LIT("日");
    size_t end = bytes_find(text, mark);
    return end != SIZE_MAX && calendar_read(bytes_first(text, end + mark.len), &date)
               ? of_parts(date.year, date.month, date.day)
               : DAY_NONE;
}

/* ---- all together ---- */

/* 2024-01-05, 2024/01/05 …: what nearly every cell holds. */
static inline bool is_plain(const uint8_t *p) {
    return p[4] == p[7] && (p[4] == '-' || p[4] == '/' || p[4] == '.') && digits_all(p, 4) &&
           digits_all(p + 5, 2) && digits_all(p + 8, 2);
}

static int32_t of_plain(struct bytes text, int32_t zone_seconds) {
    const uint8_t *p = text.ptr;
    int32_t day = of_parts((unsigned)digits_number(p, 4), digits_two(p + 5), digits_two(p + 8));
    /* 2024-01-05 10:30:00 names no zone */
    bool no_zone = text.len < 17 || (text.len == 19 && p[16] == ':');
    return no_zone || day == DAY_NONE ? day : at_time(day, text, 11, zone_seconds);
}

static size_t count_digits(struct bytes text) {
    size_t count = 0;
    while (count < text.len && byte_is_digit(text.ptr[count])) {
        count++;
    }
    return count;
}

int32_t date_text_read(struct bytes text, int32_t zone_seconds) {
    text = bytes_trim(text);
    if (text.len < 6 || text.len > DATE_TEXT_MAX) {
        return DAY_NONE;
    }
    if (text.len >= 10 && is_plain(text.ptr)) {
        return of_plain(text, zone_seconds);
    }
    size_t digits = count_digits(text);
    if (digits == text.len || (digits >= 10 && text.ptr[digits] == '.')) {
        return of_digits(text.ptr, digits, zone_seconds);
    }
    if (digits == 8 && (text.ptr[8] == 'T' || text.ptr[8] == ' ')) {
        return of_digits(text.ptr, 8, zone_seconds);
    }
    int32_t day = digits != 0 ? of_separated(text, zone_seconds) : DAY_NONE;
    if (day == DAY_NONE) {
        day = of_named_month(text, zone_seconds, NULL);
    }
    return day == DAY_NONE ? of_chinese(text) : day;
}

size_t date_text_telling(struct bytes text, int32_t zone_seconds) {
    enum { DATE = 10, TIME = 11, ZONE = 19 };
    int32_t offset;
    const uint8_t *time = text.ptr + TIME;
    bool timed = text.len >= ZONE && text.len <= DATE_TEXT_MAX && is_plain(text.ptr) &&
                 time[2] == ':' && time[5] == ':' && digits_all(time, 2) &&
                 digits_all(time + 3, 2) && digits_all(time + 6, 2);
    bool ours =
        timed && (text.len == ZONE || (read_offset(text, ZONE, &offset) && offset == zone_seconds));
    return ours ? DATE : text.len;
}

int32_t date_text_log(struct bytes text, int32_t zone_seconds, unsigned *yearless) {
    *yearless = 0;
    if (text.len >= 10 && is_plain(text.ptr)) {
        return of_plain(bytes_first(text, 40), zone_seconds);
    }
    size_t digits = count_digits(bytes_first(text, 20));
    bool ends = digits < text.len && !byte_is_alnum(text.ptr[digits]);
    if ((digits == 10 || digits == 13) && ends) {
        return of_digits(text.ptr, digits, zone_seconds);
    }
    if (text.len < 12) {
        return DAY_NONE;
    }
    return of_named_month(bytes_first(text, 40), zone_seconds, yearless);
}
