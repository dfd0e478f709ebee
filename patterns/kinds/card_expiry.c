/* Expiry of a payment card: month and year. Written MM/YY, MM/YYYY, MMYY, YYMM (ISO 8583, tracks),
 * YYYY-MM, 12月/28年, or as the last day of the month in a date column. Proves nothing. */
#include "patterns/digits.h"
#include "patterns/kinds/kinds.h"
#include "patterns/mask_marks.h"

enum { YEAR_FIRST = 2000, YEAR_LAST = 2059 };

/* Runs of digits in TEXT, at most four; other characters are separators. */
struct parts {
    unsigned count;
    unsigned digits[4], number[4];
};

static bool is_separator(struct bytes text, size_t at, size_t *length) {
    static const char *const wide[] = {"年", "月"};
    uint8_t c = text.ptr[at];
    *length = 1;
    if (c == '/' || c == '-' || c == ' ' || c == '.') {
        return true;
    }
    for (size_t i = 0; i < 2; i++) {
        if (bytes_starts_with(bytes_from(text, at), bytes_of_string(wide[i]))) {
            *length = 3;
            return true;
        }
    }
    return false;
}

static bool split(struct bytes text, struct parts *parts) {
    parts->count = 0;
    bool inside = false;
    for (size_t at = 0; at < text.len;) {
        size_t length = 1;
        if (byte_is_digit(text.ptr[at])) {
            if (!inside && parts->count++ == 4) {
                return false;
            }
            unsigned i = parts->count - 1;
            parts->digits[i] = inside ? parts->digits[i] + 1 : 1;
            parts->number[i] = (inside ? parts->number[i] * 10 : 0) + (text.ptr[at] - '0');
            inside = true;
            if (parts->digits[i] > 8) {
                return false;
            }
        } else if (is_separator(text, at, &length)) {
            inside = false;
        } else {
            return false;
        }
        at += length;
    }
    return parts->count != 0;
}

static bool is_month(unsigned number) {
    return number >= 1 && number <= 12;
}

static bool is_year(unsigned digits, unsigned number) {
    return digits == 2 ? number < 60 : digits == 4 && number >= YEAR_FIRST && number <= YEAR_LAST;
}

static bool is_joined(unsigned digits, unsigned n) {
    switch (digits) {
    case 3: /* 728: a number column dropped the zero of 0728 */
        return is_month(n / 100) && n % 100 < 60;
    case 4:
        return (is_month(n / 100) && n % 100 < 60) || (is_month(n % 100) && n / 100 < 60);
    case 6:
        return (is_month(n / 10000) && is_year(4, n % 10000)) ||
               (is_month(n % 100) && is_year(4, n / 100));
    case 8:
        return is_year(4, n / 10000) && is_month(n / 100 % 100) && n % 100 >= 1 && n % 100 <= 31;
    default:
        return false;
    }
}

static bool is_expiry(const struct parts *p, bool number) {
    switch (p->count) {
    case 1:
        return is_joined(p->digits[0], p->number[0]) && (p->digits[0] != 3 || number);
    case 2:
        return (is_month(p->number[0]) && p->digits[0] <= 2 &&
                is_year(p->digits[1], p->number[1])) ||
               (is_year(p->digits[0], p->number[0]) && p->digits[1] <= 2 && is_month(p->number[1]));
    case 3:
        return is_year(4, p->number[0]) && p->digits[0] == 4 && is_month(p->number[1]) &&
               p->number[2] >= 1 && p->number[2] <= 31;
    default:
        return false;
    }
}

/* A date column prints a time of day too. */
static struct bytes without_midnight(struct bytes text) {
    struct bytes time = BYTES_LIT("00:00:00");
    if (text.len > 11 && bytes_starts_with(bytes_from(text, 11), time)) {
        return bytes_first(text, 10);
    }
    return text;
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct parts parts;
    if (value->text.len < 3 || value->text.len > 40) {
        return reading_without_shape(value, out);
    }
    struct bytes text = without_midnight(value->text);
    if (split(text, &parts)) {
        return is_expiry(&parts, value->number) ? reading_clear(out, 0, value->text) : READ_NO;
    }
    struct masked_number number;
    if (masked_number_parse(text, 0, "/- ", &number) && number.hidden != 0 &&
        number.hidden != number.count && number.count >= 4 && number.count <= 8) {
        bool well = number.hidden * 100U >= (unsigned)policy->min_hidden_percent * number.count;
        return reading_hidden(out, well ? STATE_MASKED : STATE_WEAK, 0, 0, value->text, number.form,
                              number.form_len);
    }
    return reading_without_shape(value, out);
}

static void show(struct bytes text, struct text_buffer *out) {
    (void)text;
    text_buffer_puts(out, "**/**");
}

static const struct pattern_example examples[] = {
    {"12/28", STATE_CLEAR, READ_YES},      {"03/2027", STATE_CLEAR, READ_YES},
    {"12-28", STATE_CLEAR, READ_YES},      {"1228", STATE_CLEAR, READ_YES},
    {"2812", STATE_CLEAR, READ_YES},       {"2028-12", STATE_CLEAR, READ_YES},
    {"2028/3", STATE_CLEAR, READ_YES},     {"122028", STATE_CLEAR, READ_YES},
    {"202812", STATE_CLEAR, READ_YES},     {"12 月/28 年", STATE_CLEAR, READ_YES},
    {"2028-12-31", STATE_CLEAR, READ_YES}, {"2028-12-31 00:00:00", STATE_CLEAR, READ_YES},
    {"13/75", STATE_CLEAR, READ_NO},       {"1375", STATE_CLEAR, READ_NO},
    {"13/2028", STATE_CLEAR, READ_NO},     {"00/28", STATE_CLEAR, READ_NO},
    {"2028-13", STATE_CLEAR, READ_NO},     {"1999-12", STATE_CLEAR, READ_NO},
    {"soon", STATE_CLEAR, READ_NO},        {"12", STATE_CLEAR, READ_NO},
    {"1228123", STATE_CLEAR, READ_NO},     {"**/**", STATE_MASKED, READ_YES},
    {"12/**", STATE_MASKED, READ_YES},     {"**/28", STATE_MASKED, READ_YES},
    {"****", STATE_MASKED, READ_YES},      {"XX/XX", STATE_MASKED, READ_YES},
    {"1*/28", STATE_WEAK, READ_YES},       {0}};

static const char *const field_names[] = {"信用卡效期",
                                          "信用卡有效期限",
                                          "信用卡到期日",
                                          "信用卡有效年月",
                                          "卡片效期",
                                          "卡片有效期限",
                                          "卡片有效年月",
                                          "卡片有效月年",
                                          "卡片到期日",
                                          "有效月年",
                                          "有效年月",
                                          "刷卡效期",
                                          "card expiry",
                                          "card expiry date",
                                          "card exp",
                                          "card exp date",
                                          "card expire",
                                          "card expire date",
                                          "card expiration",
                                          "card expiration date",
                                          "card valid date",
                                          "card valid",
                                          "card validthru",
                                          "card valid thru",
                                          "card date",
                                          "credit card date",
                                          "credit card expiry",
                                          "credit card exp",
                                          "credit card exp date",
                                          "creditcard date",
                                          "creditcard exp",
                                          "cc exp",
                                          "cc exp date",
                                          "cc expiry",
                                          "cc expires",
                                          "ccexp",
                                          "card validity",
                                          "card valid yy",
                                          "card valid mm",
                                          "card validyy",
                                          "card validmm",
                                          "cardvalidyy",
                                          "cardvalidmm",
                                          "valid thru",
                                          "validthru",
                                          "card exp month",
                                          "card exp year",
                                          "card expmonth",
                                          "card expyear",
                                          "card exp mm",
                                          "card exp yy",
                                          "cc exp month",
                                          "cc exp year",
                                          "?exp",
                                          "?exp date",
                                          "?expdate",
                                          "?expiry",
                                          "?expiry date",
                                          "?expire",
                                          "?expire date",
                                          "?expires",
                                          "?expiration",
                                          "?expiration date",
                                          "?exp month",
                                          "?exp year",
                                          "?exp mm",
                                          "?exp yy",
                                          "?expmonth",
                                          "?expyear",
                                          "?expiry month",
                                          "?expiry year",
                                          "?valid date",
                                          "?valid until",
                                          "?有效期限",
                                          "?有效期",
                                          "?到期日",
                                          "?到期年月",
                                          "?效期",
                                          NULL};
static const char *const other_names[] = {"token exp",
                                          "token expiry",
                                          "token expires",
                                          "session expires",
                                          "product expiry date",
                                          "coupon expire date",
                                          "保存期限",
                                          "合約到期日",
                                          "商品效期",
                                          "保險到期日",
                                          NULL};
static const char *const labels[] = {
    "card expiry", "card_exp",    "信用卡效期",   "有效年月",  "有效月年", "?exp",
    "?exp date",   "?exp_date",   "?expiry",      "?有效期限", "?到期日",  "?效期",
    "?validthru",  "?valid thru", "?expire date", "?到期",     "?有效期",  NULL};

const struct pattern pattern_card_expiry = {
    .name = "card_expiry",
    .title = "card expiry date",
    .check = "a month and a year from 2000 to 2059: nothing more to check, so the field's name "
             "must speak for it",
    .legal = LEGAL_FINANCIAL,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "card_number",
    .company_always = true,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = show,
    .examples = examples,
};
