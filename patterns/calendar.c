#include "patterns/calendar.h"

#include "patterns/digits.h"
#include "patterns/han.h"

unsigned calendar_days(unsigned year, unsigned month) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

static bool make(unsigned year, unsigned month, unsigned day, struct calendar_date *out) {
    *out = (struct calendar_date){year, month, day};
    return day >= 1 && day <= calendar_days(year, month);
}

/* A number of up to MOST digits at *at. */
static bool read_number(struct bytes text, size_t *at, size_t most, unsigned *number,
                        unsigned *digits) {
    *number = *digits = 0;
    while (*at < text.len && *digits <= most && byte_is_digit(text.ptr[*at])) {
        *number = *number * 10 + (unsigned)(text.ptr[(*at)++] - '0');
        ++*digits;
    }
    return *digits != 0 && *digits <= most;
}

enum { NOT_A_NUMERAL = 1000, TEN = 10, HUNDRED = 100 };

/* 〇 to 九; 十, 廿, 卅 and 百 as what they stand for. */
static unsigned numeral_at(struct bytes text, size_t at) {
    static const struct {
        uint16_t code, value;
    } numerals[] = {{u'〇', 0}, {u'○', 0},    {u'零', 0},  {u'一', 1},  {u'二', 2},      {u'三', 3},
                    {u'四', 4}, {u'五', 5},   {u'六', 6},  {u'七', 7},  {u'八', 8},      {u'九', 9},
                    {u'元', 1}, {u'十', TEN}, {u'廿', 20}, {u'卅', 30}, {u'百', HUNDRED}};
    if (at + HAN_BYTES > text.len || text.ptr[at] < 0xE2) {
        return NOT_A_NUMERAL;
    }
    uint32_t code = han_code(text.ptr + at);
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
        if (numerals[i].code == code) {
            return numerals[i].value;
        }
    }
    return NOT_A_NUMERAL;
}

/* 八十五, 一百零三, 廿三, 一九九六 at *at; else as read_number. */
static bool read_numerals(struct bytes text, size_t *at, size_t most, unsigned *number,
                          unsigned *digits) {
    unsigned last = 0, sum = 0, value;
    size_t start = *at;
    bool units = false; /* 十 and 百: not digit by digit */
    *digits = 0;
    for (; (value = numeral_at(text, *at)) != NOT_A_NUMERAL && *at - start < (size_t)6 * HAN_BYTES;
         *at += HAN_BYTES) {
        if (value == TEN || value == HUNDRED) {
            sum += (last == 0 ? 1 : last) * value;
            last = 0;
            units = true;
        } else if (value > TEN) {
            sum += value;
            units = true;
        } else {
            last = units ? value : last * 10 + value;
            ++*digits;
        }
    }
    if (*at == start) {
        return read_number(text, at, most, number, digits);
    }
    *number = sum + last;
    return *digits <= most;
}

static bool skip_text(struct bytes text, size_t *at, const char *expected) {
    if (!bytes_starts_with(bytes_from(text, *at), bytes_of_string(expected))) {
        return false;
    }
    *at += strlen(expected);
    return true;
}

static void skip_blanks(struct bytes text, size_t *at) {
    while (*at < text.len && text.ptr[*at] == ' ') {
        ++*at;
    }
}

/* Nothing, or a time of day. */
static bool only_time(struct bytes rest) {
    if (rest.len == 0) {
        return true;
    }
    if (rest.ptr[0] != ' ' && rest.ptr[0] != 'T') {
        return false;
    }
    for (size_t i = 1; i < rest.len; i++) {
        uint8_t c = rest.ptr[i];
        if (!byte_is_digit(c) && strchr(":. +-ZAPM", c) == NULL) {
            return false;
        }
    }
    return rest.len >= 5 && rest.len <= 32;
}

/* Eight digits are Gregorian, six and seven are of the Republic (850307, 0850307, 1140307). */
static bool read_joined(struct bytes text, struct calendar_date *out) {
    size_t year_digits = text.len == 8 ? 4 : text.len - 4;
    unsigned year = (unsigned)digits_number(text.ptr, year_digits);
    unsigned month = digits_two(text.ptr + year_digits),
             day = digits_two(text.ptr + year_digits + 2);
    return make(text.len == 8 ? year : year + ROC_EPOCH, month, day, out);
}

/* [中華]民國85年3月7日, 民國八十五年三月七日, 1996年3月7日 */
static bool read_chinese(struct bytes text, struct calendar_date *out) {
    size_t at = 0;
    unsigned year, month, day, digits;
    bool republic = false;
    if (skip_text(text, &at, "中華民國") || skip_text(text, &at, "民國")) {
        republic = true;
        skip_blanks(text, &at);
    }
    if (!read_numerals(text, &at, 4, &year, &digits)) {
        return false;
    }
    year += republic || digits < 4 ? ROC_EPOCH : 0U;
    skip_blanks(text, &at);
    if (!skip_text(text, &at, "年")) {
        return false;
    }
    skip_blanks(text, &at);
    if (!read_numerals(text, &at, 2, &month, &digits)) {
        return false;
    }
    skip_blanks(text, &at);
    if (!skip_text(text, &at, "月")) {
        return false;
    }
    skip_blanks(text, &at);
    if (!read_numerals(text, &at, 2, &day, &digits)) {
        return false;
    }
    skip_blanks(text, &at);
    return skip_text(text, &at, "日") && only_time(bytes_from(text, at)) &&
           make(year, month, day, out);
}

/* 7-Mar-1996 */
static unsigned month_of_name(const uint8_t *p) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned i = 0; i < 12; i++) {
        if (bytes_equal_ignoring_case(bytes_of(p, 3), bytes_of(names + (size_t)3 * i, 3))) {
            return i + 1;
        }
    }
    return 0;
}

static bool read_named_month(struct bytes text, unsigned day, size_t at,
                             struct calendar_date *out) {
    unsigned year, digits;
    if (at + 5 > text.len) {
        return false;
    }
    unsigned month = month_of_name(text.ptr + at);
    uint8_t separator = text.ptr[at + 3];
    at += 4;
    return month != 0 && (separator == '-' || separator == ' ') &&
           read_number(text, &at, 4, &year, &digits) && digits == 4 && at == text.len &&
           make(year, month, day, out);
}

/* Year first, or month first with the year of four digits at the end. */
static bool read_separated(struct bytes text, struct calendar_date *out) {
    size_t at = 0;
    unsigned part[3], digits[3];
    if (!read_number(text, &at, 4, &part[0], &digits[0]) || at >= text.len) {
        return false;
    }
    uint8_t separator = text.ptr[at++];
    if (separator != '-' && separator != '/' && separator != '.' && separator != ' ') {
        return false;
    }
    if (digits[0] <= 2 && at < text.len && byte_is_letter(text.ptr[at])) {
        return read_named_month(text, part[0], at, out);
    }
    if (!read_number(text, &at, 2, &part[1], &digits[1]) || at >= text.len ||
        text.ptr[at++] != separator || !read_number(text, &at, 4, &part[2], &digits[2]) ||
        !only_time(bytes_from(text, at))) {
        return false;
    }
    if (digits[2] == 4) {
        return digits[0] <= 2 && make(part[2], part[0], part[1], out);
    }
    if (digits[2] > 2) {
        return false;
    }
    return make(digits[0] == 4 ? part[0] : part[0] + ROC_EPOCH, part[1], part[2], out);
}

bool calendar_read(struct bytes text, struct calendar_date *out) {
    if (text.len < 5 || text.len > 64) {
        return false;
    }
    if (text.len >= 6 && text.len <= 8 && digits_all(text.ptr, text.len)) {
        return read_joined(text, out);
    }
    if (text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-' && digits_all(text.ptr, 4) &&
        digits_all(text.ptr + 5, 2) && digits_all(text.ptr + 8, 2)) {
        return make((unsigned)digits_number(text.ptr, 4), digits_two(text.ptr + 5),
                    digits_two(text.ptr + 8), out);
    }
    return read_separated(text, out) || read_chinese(text, out);
}
