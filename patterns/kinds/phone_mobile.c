/* Mobile telephone numbers of Taiwan: 09 and eight digits; +886 9… abroad. 099 is given to personal
 * numbering services. */
#include "patterns/digits.h"
#include "patterns/kinds/kinds.h"
#include "patterns/number_form.h"
#include "patterns/numbering_plan.h"
#include "patterns/phone_names.h"

enum { LENGTH = 10 };

/* Numbers of manuals and forms, by the digits behind 09. */
#define DUMMIES(N)                                                                                 \
    N(12345678), N(0), N(11111111), N(22222222), N(33333333), N(55555555), N(66666666),            \
        N(77777777), N(88888888), N(87654321), N(123456), N(11222333), N(12123456), N(111222),     \
        N(22333444), N(10123456), N(12000000), N(11123456), N(1), N(12345679)

static bool is_dummy(const uint8_t *p) {
    enum { BITS = 6 };
#define SLOT(word) DIGITS8_SLOT(word, UINT64_C(0x36f675cc81e74ef5), BITS)
#define N(number) [SLOT(DIGITS8(number))] = DIGITS8(number)
    static const uint64_t dummies[1U << BITS] = {DUMMIES(N)};
#undef N
    uint64_t word = digits_load8(p + 2);
    return dummies[SLOT(word)] == word;
#undef SLOT
}

/* NORMAL: ten digits. */
static enum read_result judge_clear(struct bytes normal, bool written_out, struct reading *out) {
    const uint8_t *p = normal.ptr;
    if (p[0] != '0' || p[1] != '9' || p[2] == '9') {
        return p[0] == '0' && !written_out ? READ_SHAPED : READ_NO;
    }
    uint32_t evidence = EVIDENCE_PREFIX | (written_out ? EVIDENCE_LAYOUT : 0U) |
                        (is_dummy(p) ? EVIDENCE_DUMMY : 0U);
    return reading_clear(out, evidence, normal);
}

static enum read_result read_hidden(struct masked_number *number, const struct value *value,
                                    const struct mask_policy *policy, struct reading *out) {
    bool right_length = number->count == LENGTH;
    unsigned shown = (unsigned)number->count - number->hidden;
    if (number->count < 5 || number->count > 13 || shown == 0 || shown > LENGTH ||
        (!right_length && !masked_number_fit(number, LENGTH))) {
        return READ_NO;
    }
    const char *symbols = number->symbols;
    if ((symbols[0] != '0' && symbols[0] != '*') || (symbols[1] != '9' && symbols[1] != '*')) {
        return READ_NO;
    }
    unsigned fixed = (symbols[0] == '*' ? 1U : 0U) + (symbols[1] == '*' ? 1U : 0U);
    bool usual = right_length && symbols[0] == '0' && symbols[1] == '9';
    return reading_hidden(out, number->hidden >= policy->min_hidden ? STATE_MASKED : STATE_WEAK,
                          usual ? EVIDENCE_MASK_FORM | EVIDENCE_PREFIX : 0,
                          power_of_ten(number->hidden - fixed), value->text, number->form,
                          number->form_len);
}

/* Groups as people write them: 0912-345-678, 0912-345678, 09-12345678, (0912)345678. */
static bool usual_groups(uint32_t breaks) {
    return breaks == (1U << 4 | 1U << 7) || breaks == 1U << 4 || breaks == 1U << 2 ||
           breaks == (1U << 2 | 1U << 6) || breaks == (1U << 2 | 1U << 4 | 1U << 7);
}

static enum read_result read_slowly(const struct value *value, const struct mask_policy *policy,
                                    struct reading *out) {
    struct masked_number number;
    if (value->text.len < 4 || value->text.len > 48 ||
        !masked_number_parse(value->text, 0, " -./()+~", &number) ||
        number.hidden == number.count) {
        return reading_without_shape(value, out);
    }
    unsigned written = number.count;
    phone_to_national(&number);
    if (number.hidden != 0) {
        return read_hidden(&number, value, policy, out);
    }
    bool zero_lost = value->named && number.count == LENGTH - 1 && number.symbols[0] == '9' &&
                     number.breaks == 0;
    if (zero_lost) {
        memmove(number.symbols + 1, number.symbols, LENGTH - 1);
        number.symbols[0] = '0';
        number.count = LENGTH;
    }
    bool foreign = written != number.count && !zero_lost;
    bool layout = foreign || usual_groups(number.breaks);
    if (number.count != LENGTH || (number.breaks != 0 && !layout && !value->named)) {
        return READ_NO;
    }
    memcpy(out->normal_buffer, number.symbols, LENGTH);
    return judge_clear(bytes_of(out->normal_buffer, LENGTH), layout, out);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (text.len == LENGTH && digits_are8(digits_load8(text.ptr)) && byte_is_digit(text.ptr[8]) &&
        byte_is_digit(text.ptr[9])) {
        return judge_clear(text, false, out);
    }
    return read_slowly(value, policy, out);
}

/* 0900000000 to 0989999999 but for the dummies. */
static const uint64_t never[] = {DUMMIES(DIGITS8)};
static const struct number_form form = {
    .length = LENGTH,
    .low = {'0', '9', '0', '0', '0', '0', '0', '0', '0', '0'},
    .span = {0, 0, 8, 9, 9, 9, 9, 9, 9, 9, NUMBER_FORM_ANY_6},
    .never = never,
    .never_count = sizeof never / sizeof *never,
    .never_mask = UINT64_MAX,
    .never_at = 2,
};

static void read_plain(struct value_column *column) {
    size_t taken =
        number_form_take(column->isa, &form, column->at, column->len, column->count, column->plain);
    for (size_t i = 0; taken < column->count && i < column->count; i++) {
        const uint8_t *p = column->at[i];
        column->plain[i] =
            column->plain[i] || (column->len[i] == LENGTH && digits_are8(digits_load8(p)) &&
                                 digits_are8(digits_load8(p + 2)) && p[0] == '0' && p[1] == '9' &&
                                 p[2] != '9' && !is_dummy(p));
    }
}

static void show(struct bytes text, struct text_buffer *out) {
    struct masked_number number;
    if (text.len > 48 || !masked_number_parse(text, 0, " -./()+~", &number)) {
        text_buffer_puts(out, "***");
        return;
    }
    phone_to_national(&number);
    if (number.count == LENGTH - 1 && number.symbols[0] == '9') {
        text_buffer_put(out, BYTES_LIT("0"));
        memset(number.symbols + 3, '*', 3);
    } else if (number.count >= 4 && masked_number_fit(&number, LENGTH)) {
        memset(number.symbols + 4, '*', 3);
    } else {
        text_buffer_puts(out, "***");
        return;
    }
    text_buffer_put(out, bytes_of(number.symbols, number.count));
}

static const struct pattern_example examples[] = {
    {"0923456123", STATE_CLEAR, READ_YES},
    {"0987-654-320", STATE_CLEAR, READ_YES},
    {"0923-456123", STATE_CLEAR, READ_YES},
    {"0923 456 123", STATE_CLEAR, READ_YES},
    {"(0923)456123", STATE_CLEAR, READ_YES},
    {"09-23456123", STATE_CLEAR, READ_YES},
    {"0-922 461-922", STATE_CLEAR, READ_NO}, /* out of the path of a drawing */
    {"+886923456123", STATE_CLEAR, READ_YES},
    {"+886-923-456-123", STATE_CLEAR, READ_YES},
    {"886923456123", STATE_CLEAR, READ_YES},
    {"002886923456123", STATE_CLEAR, READ_YES},
    {"+886-0923456123", STATE_CLEAR, READ_YES},
    {"+886(0)923456123", STATE_CLEAR, READ_YES},
    {"0923.456.123", STATE_CLEAR, READ_YES},
    {"0923/456/123", STATE_CLEAR, READ_YES},
    {"0912345678", STATE_CLEAR, READ_YES}, /* dummy */
    {"0812345678", STATE_CLEAR, READ_SHAPED},
    {"0992345678", STATE_CLEAR, READ_SHAPED},
    {"091234567", STATE_CLEAR, READ_NO},
    {"09123456789", STATE_CLEAR, READ_NO},
    {"1912345678", STATE_CLEAR, READ_NO},
    {"912345678", STATE_CLEAR, READ_NO}, /* the field's name must speak for a lost zero */
    {"02-2345-6789", STATE_CLEAR, READ_NO},
    {"09-12-34-56-78", STATE_CLEAR, READ_NO},
    {"A123456789", STATE_CLEAR, READ_NO},
    {"0912***678", STATE_MASKED, READ_YES},
    {"0912-***-678", STATE_MASKED, READ_YES},
    {"0912-345-***", STATE_MASKED, READ_YES},
    {"0912345***", STATE_MASKED, READ_YES},
    {"09******78", STATE_MASKED, READ_YES},
    {"09XX-XXX-678", STATE_MASKED, READ_YES},
    {"0912○○○678", STATE_MASKED, READ_YES},
    {"****-***-678", STATE_MASKED, READ_YES},
    {"+8869******78", STATE_MASKED, READ_YES},
    {"0912**5678", STATE_WEAK, READ_YES},
    {"091234567*", STATE_WEAK, READ_YES},
    {"02-****-5678", STATE_CLEAR, READ_NO},
    {"**********", STATE_MASKED, READ_YES},
    {0}};

static const char *const field_names[] = {"手機",
                                          "手機號碼",
                                          "行動電話",
                                          "行動電話號碼",
                                          "行動",
                                          "收件人手機",
                                          "寄件人手機",
                                          "收貨人手機",
                                          "聯絡手機",
                                          "連絡手機",
                                          "會員手機",
                                          "手機電話",
                                          "手機門號",
                                          "門號",
                                          "行動號碼",
                                          "大哥大",
                                          "~手機後三碼",
                                          "~手機末三碼",
                                          "~手機末四碼",
                                          "mobile",
                                          "mobile no",
                                          "mobile num",
                                          "mobile number",
                                          "mobile phone",
                                          "mobile phone no",
                                          "mobile phone number",
                                          "mobilephone",
                                          "mobileno",
                                          "mobilenumber",
                                          "mobile tel",
                                          "cell",
                                          "cell no",
                                          "cell number",
                                          "cellphone",
                                          "cellphone no",
                                          "cellphone number",
                                          "cell phone",
                                          "cell phone no",
                                          "cell phone number",
                                          "mphone",
                                          "m phone",
                                          "tel m",
                                          "mobi",
                                          "msisdn",
                                          "handphone",
                                          "hand phone",
                                          "handset",
                                          "~mobile last3",
                                          "?line phone",
                                          PHONE_FIELD_NAMES,
                                          NULL};
static const char *const other_names[] = {PHONE_OTHER_NAMES, NULL};
static const char *const labels[] = {
    "手機",         "行動電話",   "mobile", "cell",       "cellphone", "mobile_no",
    "mobile_phone", "cell_phone", "msisdn", PHONE_LABELS, NULL};

const struct pattern pattern_phone_mobile = {
    .name = "phone_mobile",
    .title = "mobile telephone number",
    .check = "09 and eight digits, +886 9 and eight digits; the numbering plan has the range",
    .legal = LEGAL_CONTACT,
    .proves_itself = true,
    .chance = 0.1,
    .shape = {.digits_min = 10, .digits_max = 15, .leads = "08"},
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "person_name",
    .policy = {.min_hidden = 3},
    .read = read,
    .read_plain = read_plain,
    .plain_evidence = EVIDENCE_PREFIX,
    .stands_aside_for = "phone_landline",
    .show = show,
    .examples = examples,
};
