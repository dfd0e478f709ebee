/* Dates of birth. Any date of the last hundred and twenty years will do, so the field's name must
 * speak for it. */
#include "patterns/birth_places.h"
#include "patterns/calendar.h"
#include "patterns/column_groups.h"
#include "patterns/digits.h"
#include "patterns/kinds/kinds.h"
#include "patterns/mask_marks.h"

enum { YEAR_FIRST = 1895, YEAR_LAST = 2035 };

static bool plausible(const struct calendar_date *date) {
    return date->year >= YEAR_FIRST && date->year <= YEAR_LAST;
}

/* What forms and databases fill in when nobody answers. */
static bool is_filler(const struct calendar_date *date) {
    return date->month == 1 && date->day == 1 &&
           (date->year == 1900 || date->year == 1911 || date->year == 1912 || date->year == 1970);
}

static void put_digits(uint8_t *out, unsigned number, unsigned digits) {
    while (digits-- > 0) {
        out[digits] = (uint8_t)('0' + number % 10);
        number /= 10;
    }
}

static enum read_result accept(const struct calendar_date *date, struct reading *out) {
    uint8_t *normal = out->normal_buffer;
    put_digits(normal, date->year, 4);
    put_digits(normal + 4, date->month, 2);
    put_digits(normal + 6, date->day, 2);
    return reading_clear(out, is_filler(date) ? EVIDENCE_DUMMY : 0, bytes_of(normal, 8));
}

/* ---- hidden parts ---- */

/* Year, month and day of a masked date: how many characters each has and how many are hidden. */
struct date_parts {
    unsigned count;
    unsigned symbols[4], hidden[4];
};

/* Length of the separator at AT: - / . blank 年 月 日 民國 : T; 0 = none. */
static size_t separator_length(struct bytes text, size_t at) {
    static const char *const wide[] = {"年", "月", "日", "中華民國", "民國"};
    if (strchr("-/. ", text.ptr[at]) != NULL && text.ptr[at] != 0) {
        return 1;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (bytes_starts_with(bytes_from(text, at), bytes_of_string(wide[i]))) {
            return strlen(wide[i]);
        }
    }
    return 0;
}

static size_t mark_length(struct bytes text, size_t at) {
    uint8_t c = text.ptr[at] | 0x20;
    bool letter = c == 'x' || c == 'y' || c == 'm' || c == 'd';
    return letter ? 1 : mask_mark_length(text.ptr + at, text.len - at);
}

static bool add_to_part(struct date_parts *parts, bool *inside, bool hidden) {
    if (!*inside) {
        if (parts->count == 3) {
            return false;
        }
        parts->symbols[parts->count] = parts->hidden[parts->count] = 0;
        parts->count++;
        *inside = true;
    }
    parts->symbols[parts->count - 1]++;
    parts->hidden[parts->count - 1] += hidden;
    return true;
}

static bool split_masked(struct bytes text, struct date_parts *parts, struct form_writer *form) {
    bool inside = false;
    parts->count = 0;
    for (size_t at = 0; at < text.len;) {
        size_t mark = mark_length(text, at);
        if (byte_is_digit(text.ptr[at]) || mark != 0) {
            if (!add_to_part(parts, &inside, mark != 0)) {
                return false;
            }
            size_t used = mark != 0 ? mark : 1;
            if (form->len < FORM_MAX) {
                form->text[form->len++] = mark != 0 ? '*' : '#';
            }
            at += used;
            continue;
        }
        size_t length = separator_length(text, at);
        if (length == 0) {
            return false;
        }
        form_literal(form, bytes_of(text.ptr + at, length));
        inside = false;
        at += length;
    }
    return parts->count != 0;
}

/* 1980**** 0850*** 1980-03** : cut joined symbols into year, month and day. */
static bool cut_joined(struct bytes text, struct date_parts *parts) {
    size_t total = parts->symbols[0];
    if (parts->count != 1 || total < 6 || total > 8 || text.len != total) {
        return false;
    }
    unsigned at = 0;
    const unsigned widths[3] = {(unsigned)total - 4, 2, 2};
    for (unsigned part = 0; part < 3; part++) {
        parts->symbols[part] = widths[part];
        parts->hidden[part] = 0;
        for (unsigned i = 0; i < widths[part]; i++) {
            parts->hidden[part] += !byte_is_digit(text.ptr[at++]);
        }
    }
    parts->count = 3;
    return true;
}

static enum read_result read_hidden(const struct value *value, struct reading *out) {
    struct date_parts parts;
    struct form_writer form = {0};
    if (!split_masked(value->text, &parts, &form) ||
        (parts.count == 1 && !cut_joined(value->text, &parts)) || parts.count != 3) {
        return READ_NO;
    }
    bool year_last = parts.symbols[2] == 4 && parts.symbols[0] <= 2;
    unsigned year = year_last ? 2 : 0, month = year_last ? 0 : 1, day = year_last ? 1 : 2;
    if (parts.symbols[year] > 4 || parts.symbols[month] > 2 || parts.symbols[day] > 2) {
        return READ_NO;
    }
    if (parts.hidden[0] + parts.hidden[1] + parts.hidden[2] == 0) {
        return READ_NO;
    }
    bool day_hidden = parts.hidden[day] == parts.symbols[day];
    bool month_hidden = parts.hidden[month] == parts.symbols[month];
    bool year_hidden = parts.hidden[year] >= 2 || parts.hidden[year] == parts.symbols[year];
    bool well = day_hidden && (month_hidden || year_hidden);
    bool usual = parts.hidden[year] < parts.symbols[year] || !month_hidden || !day_hidden;
    return reading_hidden(out, well ? STATE_MASKED : STATE_WEAK, usual ? EVIDENCE_MASK_FORM : 0, 0,
                          value->text, form.text, form.len);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    (void)policy; /* which parts may be shown is fixed: day and month, or day and year, hidden */
    struct calendar_date date;
    struct bytes text = value->text;
    if (value->number && text.len == 5 && digits_all(text.ptr, 5)) {
        /* 80307: a number column dropped the zeros of 0080307 */
        uint8_t restored[6] = {'0'};
        memcpy(restored + 1, text.ptr, 5);
        if (calendar_read(bytes_of(restored, 6), &date)) {
            return accept(&date, out);
        }
    }
    if (calendar_read(text, &date)) {
        return plausible(&date) ? accept(&date, out) : READ_NO;
    }
    if (text.len < 5 || text.len > 64 || mask_hides_all(text)) {
        return reading_without_shape(value, out);
    }
    enum read_result result =
        digits_all(text.ptr, text.len) ? READ_SHAPED : read_hidden(value, out);
    return result != READ_NO ? result : reading_without_shape(value, out);
}

/* The year only, Gregorian. */
static void show(struct bytes text, struct text_buffer *out) {
    struct calendar_date date;
    if (calendar_read(text, &date) && plausible(&date)) {
        text_buffer_printf(out, "%04u-**-**", date.year);
    } else if (text.len > 4 && text.ptr[4] == '-' && digits_all(text.ptr, 4)) {
        text_buffer_put(out, bytes_first(text, 4));
        text_buffer_puts(out, "-**-**");
    } else {
        text_buffer_puts(out, "****-**-**");
    }
}

static const struct pattern_example examples[] = {
    {"1996-03-07", STATE_CLEAR, READ_YES},
    {"1996/3/7", STATE_CLEAR, READ_YES},
    {"19960307", STATE_CLEAR, READ_YES},
    {"1996年3月7日", STATE_CLEAR, READ_YES},
    {"民國85年3月7日", STATE_CLEAR, READ_YES},
    {"民國八十五年三月七日", STATE_CLEAR, READ_YES},
    {"民國一百零三年十二月廿三日", STATE_CLEAR, READ_YES},
    {"一九九六年三月七日", STATE_CLEAR, READ_YES},
    {"民國八十五年二月三十日", STATE_CLEAR, READ_NO},
    {"民國 085 年 03 月 07 日", STATE_CLEAR, READ_YES},
    {"85年3月7日", STATE_CLEAR, READ_YES},
    {"085/03/07", STATE_CLEAR, READ_YES},
    {"85.03.07", STATE_CLEAR, READ_YES},
    {"0850307", STATE_CLEAR, READ_YES},
    {"850307", STATE_CLEAR, READ_YES},
    {"1130229", STATE_CLEAR, READ_YES},
    {"03/07/1996", STATE_CLEAR, READ_YES},
    {"7-Mar-1996", STATE_CLEAR, READ_YES},
    {"1996-03-07T00:00:00Z", STATE_CLEAR, READ_YES},
    {"1996-03-07 00:00:00", STATE_CLEAR, READ_YES},
    {"1900-01-01", STATE_CLEAR, READ_YES}, /* filler */
    {"0851307", STATE_CLEAR, READ_SHAPED},
    {"0850230", STATE_CLEAR, READ_SHAPED},
    {"1140229", STATE_CLEAR, READ_SHAPED},
    {"民國85年2月30日", STATE_CLEAR, READ_NO},
    {"1996-13-07", STATE_CLEAR, READ_NO},
    {"0000-00-00", STATE_CLEAR, READ_NO},
    {"1796-03-07", STATE_CLEAR, READ_NO},
    {"1996-03", STATE_CLEAR, READ_NO},
    {"85", STATE_CLEAR, READ_NO},
    {"1980-XX-XX", STATE_MASKED, READ_YES},
    {"85/**/**", STATE_MASKED, READ_YES},
    {"民國85年○月○日", STATE_MASKED, READ_YES},
    {"1980****", STATE_MASKED, READ_YES},
    {"****-03-**", STATE_MASKED, READ_YES},
    {"19**-03-**", STATE_MASKED, READ_YES},
    {"****-**-**", STATE_MASKED, READ_YES},
    {"1980-03-**", STATE_WEAK, READ_YES},
    {"****-03-07", STATE_WEAK, READ_YES},
    {"1980-**-07", STATE_WEAK, READ_YES},
    {"19800***", STATE_WEAK, READ_YES},
    {0}};

static const char *const field_names[] = {
    "生日",          "出生",       "出生日",       "出生日期",  "出生年月日",
    "生辰",          "誕生日",     "會員生日",     "西元生日",  "民國生日",
    "birth",         "birthday",   "birth day",    "birthdate", "birth date",
    "date of birth", "dob",        "bday",         "b day",     "born",
    "birth dt",      "birth ymd",  "birthdt",      "bdate",     "bir",
    "bir date",      "bir day",    "~出生年",      "~出生年月", "~年次",
    "~birth year",   "~birthyear", "~birth month", NULL};
static const char *const other_names[] = {"生日禮",
                                          "生日優惠",
                                          "birthday coupon",
                                          "birthday gift",
                                          "birthday month coupon",
                                          "birth place",
                                          "birthplace",
                                          "birthday send",
                                          NULL};
static const char *const labels[] = {"生日",       "出生日期",  "出生年月日",    "出生", "birthday",
                                     "birth_date", "birthdate", "date of birth", "dob",  NULL};

static const char *const anchors[] = {BIRTH_WORDS, NULL};

const struct pattern pattern_birth_date = {
    .name = "birth_date",
    .title = "date of birth",
    .check = "a day that exists, within the life of a person; ROC and Gregorian years",
    .legal = LEGAL_IDENTITY,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .anchors = anchors,
    .extent = birth_extent,
    .extent_tells = true,
    .directly = birth_behind_word,
    .company = "person_name",
    .column_group = birth_column_group,
    .column_like = birth_column_like,
    .company_by_column = true,
    .read = read,
    .show = show,
    .examples = examples,
};
