/* Numbers of bank accounts: ten to sixteen digits (most eleven to fourteen), with or without the
 * code of the institution and its branch in front; at the post office (700) seven digits of the
 * branch and seven of the account. Codes: Central Bank and Financial Information Service, 2024. No
 * public check digit: the field's name or a word before the value must tell. */
#include "patterns/bank_places.h"
#include "patterns/calendar.h"
#include "patterns/digits.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { DIGITS_MIN = 10, DIGITS_MAX = 16, CODE = 3, USUAL = 14, STAMP = 14, LENGTH_MAX = 32 };

/* (822)123456789012, 822-123456789012: length of the code and what parts it; 0 = none. */
static size_t code_in_front(struct bytes text) {
    bool bracket = text.len > 0 && text.ptr[0] == '(';
    size_t end = CODE + (bracket ? 1U : 0U);
    if (text.len <= end + 1 || !digits_all(text.ptr + end - CODE, CODE) ||
        !bank_code_is(text.ptr + end - CODE)) {
        return 0;
    }
    uint8_t c = text.ptr[end];
    return (bracket ? c == ')' : c == '-' || c == ' ') ? end + 1 : 0;
}

/* The digits of TEXT without hyphens and blanks; 0 when it holds anything else. */
static size_t collect(struct bytes text, uint8_t *digits) {
    size_t count = 0;
    while (text.len > 0 && text.ptr[0] == ' ') { /* (822) 1234… */
        text = bytes_from(text, 1);
    }
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (byte_is_digit(c) && count < NORMAL_MAX) {
            digits[count++] = c;
        } else if ((c != '-' && c != ' ') || count == 0) {
            return 0;
        }
    }
    return count;
}

/* 20240131235959: what merely hints at accounts may be a time. */
static bool is_time_stamp(const uint8_t *digits, size_t count) {
    struct calendar_date date;
    return count == STAMP && digits_two(digits + 8) < 24 && digits_two(digits + 10) < 60 &&
           digits_two(digits + 12) < 60 && calendar_read(bytes_of(digits, 8), &date);
}

static bool is_dummy(const uint8_t *digits, size_t count) {
    static const char counted[] = "1234567890123456";
    bool same = true;
    for (size_t i = 1; i < count; i++) {
        same &= digits[i] == digits[0];
    }
    return same || memcmp(digits, counted, count) == 0;
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    uint8_t *digits = out->normal_buffer;
    size_t front = text.len <= LENGTH_MAX ? code_in_front(text) : 0;
    size_t count = text.len <= LENGTH_MAX ? collect(bytes_from(text, front), digits) : 0;
    if (count < DIGITS_MIN || count > DIGITS_MAX) {
        bool local = value->named && count >= 7 && count < DIGITS_MIN;
        return local ? reading_clear(out, 0, bytes_of(digits, count))
                     : hidden_text_read(value, USUAL, policy, out);
    }
    bool mobile = count == 10 && digits[0] == '0' && digits[1] == '9';
    if (front == 0 && !value->named && (mobile || is_time_stamp(digits, count))) {
        return READ_NO;
    }
    return reading_clear(out,
                         (front != 0 ? EVIDENCE_PREFIX | EVIDENCE_LAYOUT : 0U) |
                             (is_dummy(digits, count) ? EVIDENCE_DUMMY : 0U),
                         bytes_of(digits, count));
}

static const struct pattern_example examples[] = {{"(822)901540378216", STATE_CLEAR, READ_YES},
                                                  {"822-901540378216", STATE_CLEAR, READ_YES},
                                                  {"901540378216", STATE_CLEAR, READ_YES},
                                                  {"(822) 901-5403782", STATE_CLEAR, READ_YES},
                                                  {"0001234-0567891", STATE_CLEAR, READ_YES},
                                                  {"00412500378841", STATE_CLEAR, READ_YES},
                                                  {"１６８２００５４３２１", STATE_CLEAR, READ_YES},
                                                  {"9876543210123456", STATE_CLEAR, READ_YES},
                                                  {"046-12-005821-7", STATE_CLEAR, READ_YES},
                                                  {"john.smith", STATE_CLEAR, READ_NO},
                                                  {"0912345678", STATE_CLEAR, READ_NO},
                                                  {"20240131235959", STATE_CLEAR, READ_NO},
                                                  {"A123456789", STATE_CLEAR, READ_NO},
                                                  {"12345", STATE_CLEAR, READ_NO},
                                                  {"12345678901234567", STATE_CLEAR, READ_NO},
                                                  {"王小明", STATE_CLEAR, READ_NO},
                                                  {"******12345", STATE_MASKED, READ_YES},
                                                  {"(822)********1234", STATE_MASKED, READ_YES},
                                                  {"9015403782**", STATE_WEAK, READ_YES},
                                                  {"***", STATE_MASKED, READ_YES},
                                                  {0}};

static const char *const field_names[] = {"銀行帳號",
                                          "銀行帳戶",
                                          "匯款帳號",
                                          "轉帳帳號",
                                          "存款帳號",
                                          "存簿帳號",
                                          "退款帳號",
                                          "撥款帳號",
                                          "扣款帳號",
                                          "入帳帳號",
                                          "薪轉帳號",
                                          "薪資帳號",
                                          "受款帳號",
                                          "收款帳號",
                                          "虛擬帳號",
                                          "繳費帳號",
                                          "帳戶號碼",
                                          "郵局帳號",
                                          "局號帳號",
                                          "局帳號",
                                          "銀行帳戶號碼",
                                          "金融帳號",
                                          "金融帳戶",
                                          "授權帳號",
                                          "bank account",
                                          "bank account no",
                                          "bank account number",
                                          "bank account num",
                                          "bankaccount",
                                          "bank acct",
                                          "bank acct no",
                                          "bank no account",
                                          "bankaccountno",
                                          "bank acc",
                                          "bank acc no",
                                          "bankacc",
                                          "atm account",
                                          "atm acc no",
                                          "atmaccno",
                                          "web atm acc no",
                                          "webatmaccno",
                                          "virtual account",
                                          "virtual account no",
                                          "vaccount",
                                          "v account",
                                          "remit account",
                                          "refund account",
                                          "payout account",
                                          "salary account",
                                          "deposit account",
                                          "debit account",
                                          "credit account",
                                          "saving account",
                                          "savings account",
                                          "beneficiary account",
                                          "payee account",
                                          "payer account",
                                          "settlement account",
                                          "passbook no",
                                          "post account",
                                          "account no bank",
                                          "~匯款帳號後五碼",
                                          "~帳號後五碼",
                                          "~帳號末五碼",
                                          "~account last5",
                                          "~後五碼",
                                          "~末五碼",
                                          "?account",
                                          "?account no",
                                          "?account number",
                                          "?account num",
                                          "?accountno",
                                          "?acct",
                                          "?acct no",
                                          "?acct number",
                                          "?acctno",
                                          "?acc no",
                                          "?accno",
                                          "?帳號",
                                          "?帳戶",
                                          "?戶頭",
                                          "?賬號",
                                          NULL};
static const char *const other_names[] = {
    "帳號名稱",        "帳號類型",        "帳號狀態",       "登入帳號",      "使用者帳號",
    "會員帳號",        "使用帳號",        "社群帳號",       "line帳號",      "遊戲帳號",
    "管理員帳號",      "帳號密碼",        "登入帳戶",       "account type",  "account status",
    "account level",   "account balance", "login account",  "user account",  "game account",
    "admin account",   "service account", "member account", "email account", "account email",
    "storage account", "account manager", "bank code",      "bank name",     "bank id",
    "bank type",       "bank branch",     "銀行代碼",       "分行代碼",      NULL};
static const char *const labels[] = {"銀行帳號",
                                     "匯款帳號",
                                     "轉帳帳號",
                                     "存款帳號",
                                     "退款帳號",
                                     "虛擬帳號",
                                     "銀行帳戶",
                                     "郵局帳號",
                                     "收款帳號",
                                     "扣款帳號",
                                     "撥款帳號",
                                     "入帳帳號",
                                     "薪轉帳號",
                                     "帳戶號碼",
                                     "退款帳戶",
                                     "匯款帳戶",
                                     "轉帳帳戶",
                                     "收款帳戶",
                                     "撥款帳戶",
                                     "扣款帳戶",
                                     "入帳帳戶",
                                     "匯入帳號",
                                     "匯入帳戶",
                                     "受款帳號",
                                     "薪資帳號",
                                     "存簿帳號",
                                     "存摺帳號",
                                     "bank account",
                                     "bank account no",
                                     "bank_account",
                                     "bank account number",
                                     NULL};

static const char *const anchors[] = {BANK_WORDS, NULL};

const struct pattern pattern_bank_account = {
    .name = "bank_account",
    .title = "bank account number",
    .check = "ten to sixteen digits, after the code of a bank or where the field's name tells",
    .legal = LEGAL_FINANCIAL,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .in_groups = true,
    .anchors = anchors,
    .extent = bank_account_extent,
    .extent_tells = true,
    .company = "person_name",
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_text_show,
    .examples = examples,
};
