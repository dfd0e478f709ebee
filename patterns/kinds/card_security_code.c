/* CVV2, CVC2, CAV2, CVN2, CID: three digits on the back of the card, four on the front of American
 * Express. Proves nothing: the field's name and a card number beside it must speak for it. */
#include "patterns/digits.h"
#include "patterns/kinds/kinds.h"
#include "patterns/mask_marks.h"
#include "patterns/number_form.h"

static enum read_result read_hidden(const struct masked_number *number, const struct value *value,
                                    const struct mask_policy *policy, struct reading *out) {
    if (number->count < 3 || number->count > 4) {
        return READ_NO;
    }
    enum mask_state state = policy->nothing_shown ? STATE_WEAK : STATE_MASKED;
    return reading_hidden(out, state, 0, power_of_ten(number->hidden), value->text, number->form,
                          number->form_len);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    /* a number column drops the zeros in front */
    size_t shortest = value->number ? 1 : 3;
    if (text.len >= shortest && text.len <= 4 && digits_all(text.ptr, text.len)) {
        bool dummy =
            text.len == 3 && (memcmp(text.ptr, "123", 3) == 0 || memcmp(text.ptr, "000", 3) == 0);
        return reading_clear(out, dummy ? EVIDENCE_DUMMY : 0, text);
    }
    struct masked_number number;
    if (text.len >= 3 && text.len <= 12 && masked_number_parse(text, 0, "", &number) &&
        number.hidden != 0 && number.hidden != number.count) {
        return read_hidden(&number, value, policy, out);
    }
    return reading_without_shape(value, out);
}

/* Three digits but 123 and 000. */
static const uint64_t never[] = {'1' | '2' << 8 | '3' << 16, '0' | '0' << 8 | '0' << 16};
static const struct number_form form = {
    .length = 3,
    .low = {'0', '0', '0'},
    .span = {9, 9, 9, UINT8_MAX, NUMBER_FORM_ANY_6, NUMBER_FORM_ANY_6},
    .never = never,
    .never_count = sizeof never / sizeof *never,
    .never_mask = 0xFFFFFF,
};

static void read_plain(struct value_column *column) {
    size_t taken =
        number_form_take(column->isa, &form, column->at, column->len, column->count, column->plain);
    for (size_t i = 0; taken < column->count && i < column->count; i++) {
        const uint8_t *p = column->at[i];
        column->plain[i] =
            column->plain[i] || (column->len[i] == 3 && digits_all(p, 3) &&
                                 memcmp(p, "123", 3) != 0 && memcmp(p, "000", 3) != 0);
    }
}

static void show(struct bytes text, struct text_buffer *out) {
    (void)text;
    text_buffer_puts(out, "***");
}

static const struct pattern_example examples[] = {
    {"222", STATE_CLEAR, READ_YES},
    {"007", STATE_CLEAR, READ_YES},
    {"9041", STATE_CLEAR, READ_YES},
    {"581", STATE_CLEAR, READ_YES},
    {"640", STATE_CLEAR, READ_YES},
    {"000", STATE_CLEAR, READ_YES},
    {"12", STATE_CLEAR, READ_NO},
    {"12345", STATE_CLEAR, READ_NO},
    {"12a", STATE_CLEAR, READ_NO},
    {"1.5", STATE_CLEAR, READ_NO},
    {"-12", STATE_CLEAR, READ_NO},
    {"N/A", STATE_CLEAR, READ_NO},
    {"A7K9Q2", STATE_CLEAR, READ_NO},
    {"***", STATE_MASKED, READ_YES},
    {"****", STATE_MASKED, READ_YES},
    {"＊＊＊", STATE_MASKED, READ_YES},
    {"xxx", STATE_MASKED, READ_YES},
    {"○○○", STATE_MASKED, READ_YES},
    {"2**", STATE_WEAK, READ_YES},
    {"**2", STATE_WEAK, READ_YES},
    {"22*", STATE_WEAK, READ_YES},
    {"bcbe3365e6ac95ea2c0343a2395834dd", STATE_ENCRYPTED, READ_YES},
    {0}};

static const char *const field_names[] = {"cvv",
                                          "cvv2",
                                          "cvc",
                                          "cvc2",
                                          "cav2",
                                          "cvn",
                                          "cvn2",
                                          "csc",
                                          "ccv",
                                          "cvv code",
                                          "cvc code",
                                          "cvv no",
                                          "cvv2 code",
                                          "card cvv",
                                          "card cvc",
                                          "cardcvv",
                                          "card verification code",
                                          "card verification value",
                                          "card verification",
                                          "card verify code",
                                          "card security code",
                                          "card secure code",
                                          "card sec code",
                                          "cc cid",
                                          "card cid",
                                          "card code",
                                          "信用卡安全碼",
                                          "信用卡驗證碼",
                                          "信用卡檢查碼",
                                          "信用卡末三碼",
                                          "信用卡後三碼",
                                          "卡片安全碼",
                                          "卡片驗證碼",
                                          "卡片末三碼",
                                          "背面三碼",
                                          "背面末三碼",
                                          "背面後三碼",
                                          "卡片背面三碼",
                                          "卡片背面末三碼",
                                          "信用卡背面三碼",
                                          "信用卡背面末三碼",
                                          "信用卡背後三碼",
                                          "授權三碼",
                                          "?安全碼",
                                          "?驗證碼",
                                          "?檢查碼",
                                          "?確認碼",
                                          "?檢核碼",
                                          "?末三碼",
                                          "?後三碼",
                                          "?三碼",
                                          "?cid",
                                          "?security code",
                                          "?sec code",
                                          "?verification code",
                                          "?verify code",
                                          "?auth code3",
                                          "?code3",
                                          "?last3",
                                          NULL};
static const char *const other_names[] = {"圖形驗證碼",
                                          "簡訊驗證碼",
                                          "手機驗證碼",
                                          "信箱驗證碼",
                                          "郵件驗證碼",
                                          "發票檢查碼",
                                          "otp 驗證碼",
                                          "email verification code",
                                          "sms verification code",
                                          "phone verification code",
                                          "mobile verify code",
                                          "mobile verification code",
                                          "email verify code",
                                          "captcha",
                                          "cvv result",
                                          "cvv status",
                                          "cvv check",
                                          "cvv response",
                                          "cvc check",
                                          "cvv match",
                                          NULL};
static const char *const labels[] = {"cvv",
                                     "cvv2",
                                     "cvc",
                                     "cvc2",
                                     "card_security_code",
                                     "信用卡安全碼",
                                     "卡片背面三碼",
                                     "背面三碼",
                                     "背面末三碼",
                                     "?安全碼",
                                     "?驗證碼",
                                     "?檢查碼",
                                     "?末三碼",
                                     "?後三碼",
                                     "?security code",
                                     NULL};

const struct pattern pattern_card_security_code = {
    .name = "card_security_code",
    .title = "card security code",
    .check = "three or four digits: nothing to check, so the field's name and a card number beside "
             "it must speak for it",
    .legal = LEGAL_FINANCIAL,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "card_number",
    .company_always = true,
    .policy = {.nothing_shown = true},
    .read = read,
    .read_plain = read_plain,
    .plain_evidence = 0,
    .show = show,
    .examples = examples,
};
