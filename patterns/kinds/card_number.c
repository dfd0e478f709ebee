/* Payment card numbers (PAN): issuer range, length and Luhn check. Display: platform 5.3.4.1 asks
 * for the last four digits only, PCI DSS 3.4.1 allows BIN and last four. */
#include "patterns/card_issuers.h"
#include "patterns/kinds/kinds.h"
#include "patterns/luhn.h"
#include "patterns/mask_marks.h"
#include "patterns/number_form.h"

static const char separators[] = " -./";

/* Order numbers of payment gateways begin with yyMMddHHmmss and lie in Mastercard's 2221-2720 for
 * the years 2023-2027; one in ten of them passes the check. */
static bool is_time_stamp(const uint8_t *p) {
    unsigned month = digits_two(p + 2), day = digits_two(p + 4);
    return p[0] == '2' && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           digits_two(p + 6) < 24 && digits_two(p + 8) < 60 && digits_two(p + 10) < 60;
}

/* Groups as printed on cards: 4-4-4-4(-3), American Express 4-6-5, Diners 4-6-4, 6-13. */
static bool printed_groups(uint32_t breaks, unsigned count) {
    switch (count) {
    case 14:
    case 15:
        return breaks == (1U << 4 | 1U << 10);
    case 16:
        return breaks == (1U << 4 | 1U << 8 | 1U << 12);
    case 19:
        return breaks == (1U << 4 | 1U << 8 | 1U << 12 | 1U << 16) || breaks == 1U << 6;
    default:
        return breaks == (1U << 4 | 1U << 8 | 1U << 12) ||
               breaks == (1U << 4 | 1U << 8 | 1U << 12 | 1U << 16);
    }
}

/* Printed with one sign throughout: "2345 3456-4567 5678" is two ranges. */
static bool one_separator(struct bytes text) {
    uint8_t separator = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (!byte_is_digit(c)) {
            if (separator != 0 && c != separator) {
                return false;
            }
            separator = c;
        }
    }
    return true;
}

static enum read_result judge_clear(struct bytes digits, bool grouped, bool named,
                                    struct reading *out) {
    const uint8_t *p = digits.ptr;
    if (card_issuer_of(p, digits.len) == NULL) {
        return READ_NO;
    }
    bool valid = luhn_valid(p, digits.len);
    if (card_is_dummy(p, digits.len)) {
        return reading_clear(out,
                             EVIDENCE_DUMMY | EVIDENCE_PREFIX | (valid ? EVIDENCE_CHECKSUM : 0U) |
                                 (grouped ? EVIDENCE_LAYOUT : 0U),
                             digits);
    }
    if (!valid || (digits.len == 16 && !grouped && !named && is_time_stamp(p))) {
        return READ_SHAPED;
    }
    return reading_clear(
        out, EVIDENCE_CHECKSUM | EVIDENCE_PREFIX | (grouped ? EVIDENCE_LAYOUT : 0U), digits);
}

/* Only the last digits shown, be the mask as long as it likes; else something is shown besides. */
static enum read_result read_hidden(const struct masked_number *number, const struct value *value,
                                    const struct mask_policy *policy, struct reading *out) {
    unsigned count = number->count, shown = count - number->hidden;
    bool right_length = count >= CARD_LENGTH_MIN && count <= CARD_LENGTH_MAX;
    char lead = number->symbols[0];
    bool lead_fits = lead == '*' || (lead >= '2' && lead <= '6') || lead == '8';
    if (count < 5 || count > 24 || shown == 0 || !lead_fits) {
        return READ_NO;
    }
    uint64_t residual = right_length ? card_residual(number->symbols, count) : 0;
    if (right_length && residual == 0) {
        return READ_SHAPED;
    }
    bool tail_only = shown == number->tail && number->tail <= policy->max_shown_tail;
    bool usual = right_length && number->runs == 1 &&
                 (number->tail == 4 || number->tail == 0 || number->tail == 3) &&
                 (number->head == 0 || number->head >= 4);
    return reading_hidden(out, tail_only ? STATE_MASKED : STATE_WEAK,
                          usual ? EVIDENCE_MASK_FORM : 0, residual, value->text, number->form,
                          number->form_len);
}

/* 持卡人末四碼: a column of its own for the last four digits. A number column drops their zeros. */
static bool is_last_four(const struct value *value) {
    size_t len = value->text.len;
    return value->part && (len == 4 || (value->number && len > 0 && len < 4)) &&
           digits_all(value->text.ptr, len);
}

static enum read_result read_slowly(const struct value *value, const struct mask_policy *policy,
                                    struct reading *out) {
    struct masked_number number;
    if (is_last_four(value)) {
        return reading_hidden(out, policy->max_shown_tail >= 4 ? STATE_MASKED : STATE_WEAK,
                              EVIDENCE_MASK_FORM, 0, value->text, "…####", 7);
    }
    if (value->text.len < 4 || value->text.len > 48 ||
        !masked_number_parse(value->text, 0, separators, &number) ||
        number.hidden == number.count) {
        return reading_without_shape(value, out);
    }
    if (number.hidden != 0) {
        return read_hidden(&number, value, policy, out);
    }
    bool grouped = printed_groups(number.breaks, number.count);
    if (number.count < CARD_LENGTH_MIN || number.count > CARD_LENGTH_MAX ||
        (!value->named && !(grouped && one_separator(value->text)))) {
        return READ_NO;
    }
    memcpy(out->normal_buffer, number.symbols, number.count);
    return judge_clear(bytes_of(out->normal_buffer, number.count), grouped, value->named, out);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (text.len >= CARD_LENGTH_MIN && text.len <= CARD_LENGTH_MAX &&
        digits_are8(digits_load8(text.ptr)) &&
        (text.len < 16 ? digits_all(text.ptr + 8, text.len - 8)
                       : digits_are8(digits_load8(text.ptr + text.len - 8)) &&
                             digits_all(text.ptr + 8, text.len - 16))) {
        return judge_clear(text, false, value->named, out);
    }
    return read_slowly(value, policy, out);
}

static bool is_plain(const uint8_t *p, bool named) {
    return digits_are8(digits_load8(p)) && digits_are8(digits_load8(p + 8)) && luhn_valid(p, 16) &&
           card_issuer_of(p, 16) != NULL && !card_is_dummy(p, 16) && (named || !is_time_stamp(p));
}

/* Sixteen digits without groups. */
static void read_plain(struct value_column *column) {
    struct number_lead leads[CARD_LEADS_MAX];
    struct number_form form = card_form_of_16(leads); /* knows nothing of time stamps */
    size_t taken = number_form_take(column->named ? column->isa : ISA_SCALAR, &form, column->at,
                                    column->len, column->count, column->plain);
    for (size_t i = 0; taken < column->count && i < column->count; i++) {
        column->plain[i] =
            column->plain[i] || (column->len[i] == 16 && is_plain(column->at[i], column->named));
    }
}

static void show(struct bytes text, struct text_buffer *out) {
    struct masked_number number;
    if (text.len > 48 || !masked_number_parse(text, 0, separators, &number) || number.count < 8) {
        text_buffer_puts(out, "***");
        return;
    }
    text_buffer_repeat(out, '*', number.count - 4U);
    text_buffer_put(out, bytes_of(number.symbols + number.count - 4, 4));
}

static const struct pattern_example examples[] = {
    {"4999269823454950", STATE_CLEAR, READ_YES},
    {"5299989022032778", STATE_CLEAR, READ_YES},
    {"2421698070273493", STATE_CLEAR, READ_YES},
    {"379951048087263", STATE_CLEAR, READ_YES},
    {"3577466189447030", STATE_CLEAR, READ_YES},
    {"6259783126184049", STATE_CLEAR, READ_YES},
    {"6259395187904097676", STATE_CLEAR, READ_YES},
    {"36995913246848", STATE_CLEAR, READ_YES},
    {"6499176410533692", STATE_CLEAR, READ_YES},
    {"4999-2698-2345-4950", STATE_CLEAR, READ_YES},
    {"4999 2698 2345 4950", STATE_CLEAR, READ_YES},
    {"3799-510480-87263", STATE_CLEAR, READ_YES},
    {"4111111111111111", STATE_CLEAR, READ_YES},    /* dummy */
    {"4311-9522-2222-2222", STATE_CLEAR, READ_YES}, /* dummy that fails its check */
    {"4000221111111111", STATE_CLEAR, READ_YES},
    {"2345 3456-4567 5678", STATE_CLEAR, READ_NO}, /* two ranges */
    {"4999269823454954", STATE_CLEAR, READ_SHAPED},
    {"5299989022032772", STATE_CLEAR, READ_SHAPED},
    {"379951048087267", STATE_CLEAR, READ_SHAPED},
    {"6259783126184043", STATE_CLEAR, READ_SHAPED},
    {"2501311524371235", STATE_CLEAR, READ_SHAPED}, /* a time stamp; passes the check */
    {"4444444444444444", STATE_CLEAR, READ_SHAPED},
    {"4222222222222", STATE_CLEAR, READ_NO},   /* 13 digits */
    {"4710088412341", STATE_CLEAR, READ_NO},   /* EAN-13 of Taiwan */
    {"356938035643809", STATE_CLEAR, READ_NO}, /* IMEI */
    {"1714567890123456", STATE_CLEAR, READ_NO},
    {"0000000000000000", STATE_CLEAR, READ_NO},
    {"49992-698234-54950", STATE_CLEAR, READ_NO},
    {"************1234", STATE_MASKED, READ_YES},
    {"**** **** **** 1234", STATE_MASKED, READ_YES},
    {"XXXX-XXXX-XXXX-1234", STATE_MASKED, READ_YES},
    {"****1234", STATE_MASKED, READ_YES},
    {"●●●●●●●●●●●●1234", STATE_MASKED, READ_YES},
    {"****************", STATE_MASKED, READ_YES},
    {"*************123", STATE_MASKED, READ_YES},
    {"4999-26XX-XXXX-4950", STATE_WEAK, READ_YES},
    {"499926******4950", STATE_WEAK, READ_YES},
    {"4999-****-****-4950", STATE_WEAK, READ_YES},
    {"499926**********", STATE_WEAK, READ_YES},
    {"***********54950", STATE_WEAK, READ_YES},
    {"1234************", STATE_CLEAR, READ_NO},
    {"U2FsdGVkX1+3qYd1a9sQmWfWcVn0y7Jt", STATE_ENCRYPTED, READ_YES},
    {0}};

static const char *const field_names[] = {"信用卡號",
                                          "信用卡卡號",
                                          "信用卡號碼",
                                          "刷卡卡號",
                                          "金融卡號",
                                          "金融卡卡號",
                                          "扣款卡號",
                                          "付款卡號",
                                          "信用卡",
                                          "?卡號",
                                          "~持卡人末四碼",
                                          "~卡號末四碼",
                                          "~末四碼",
                                          "~信用卡末四碼",
                                          "~信用卡後四碼",
                                          "~卡號後四碼",
                                          "~卡號前六碼",
                                          "card no",
                                          "cardno",
                                          "card num",
                                          "cardnum",
                                          "card number",
                                          "cardnumber",
                                          "credit card",
                                          "creditcard",
                                          "credit card no",
                                          "creditcard no",
                                          "credit card num",
                                          "credit card number",
                                          "creditcardno",
                                          "creditcardnumber",
                                          "credit no",
                                          "debit card",
                                          "debit card no",
                                          "pan",
                                          "card pan",
                                          "cc no",
                                          "cc num",
                                          "cc number",
                                          "ccno",
                                          "ccnum",
                                          "bank card no",
                                          "bankcard",
                                          "payment card",
                                          "pay card no",
                                          "masked pan",
                                          "card account",
                                          "primary account number",
                                          "acct pan",
                                          "?card",
                                          "?card id",
                                          "?account number",
                                          "~card4no",
                                          "~card 4 no",
                                          "~card no4",
                                          "~cardno4",
                                          "~card no 4",
                                          "~card6no",
                                          "~card 6 no",
                                          "~card last4",
                                          "~card last 4",
                                          "~last4",
                                          "~last 4",
                                          "~last four",
                                          "~last 4 digits",
                                          "~last4digits",
                                          "~card first6",
                                          "~card bin",
                                          "~pan last4",
                                          NULL};
static const char *const other_names[] = {"健保卡號",
                                          "會員卡號",
                                          "悠遊卡號",
                                          "員工卡號",
                                          "門禁卡號",
                                          "一卡通卡號",
                                          "集點卡號",
                                          "貴賓卡號",
                                          "電話卡號",
                                          "識別卡號",
                                          "禮物卡號",
                                          "card type",
                                          "card brand",
                                          "card name",
                                          "card level",
                                          "card status",
                                          "card kind",
                                          "card bank",
                                          "card issuer",
                                          "card count",
                                          "card code name",
                                          "card bind",
                                          "sim card no",
                                          "sim card number",
                                          "member card no",
                                          "member card",
                                          "vip card no",
                                          "gift card",
                                          "gift card no",
                                          "gift card number",
                                          "id card",
                                          "id card no",
                                          "easy card no",
                                          "easycard",
                                          "nhi card no",
                                          "health card no",
                                          "employee card no",
                                          "business card",
                                          "library card no",
                                          "game card no",
                                          "memory card",
                                          "network card",
                                          "卡別",
                                          "卡種",
                                          NULL};
static const char *const labels[] = {"信用卡",     "卡號",        "刷卡",        "card no",
                                     "card_no",    "cardno",      "card number", "card_number",
                                     "cardnumber", "credit card", "creditcard",  "credit_card",
                                     "PAN",        "cc_no",       "ccnum",       NULL};

const struct pattern pattern_card_number = {
    .name = "card_number",
    .title = "payment card number",
    .check = "an issuer's range and its length, then Luhn: every second digit from the right is "
             "doubled and its digits added; the sum is a multiple of ten. Time stamps that pass by "
             "chance do not count",
    .legal = LEGAL_FINANCIAL,
    .proves_itself = true,
    .chance = 0.1,
    .shape = {.digits_min = CARD_LENGTH_MIN, .digits_max = CARD_LENGTH_MAX, .leads = "234568"},
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "card_security_code",
    .policy = {.max_shown_tail = 4},
    .read = read,
    .read_plain = read_plain,
    .plain_evidence = EVIDENCE_CHECKSUM | EVIDENCE_PREFIX,
    .show = show,
    .examples = examples,
};
