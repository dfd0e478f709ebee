/* 手機條碼, the carrier of electronic invoices: a slash and seven characters of Code 39 (digits,
 * capital letters, + - .). Ministry of Finance. Paths look the same: the field's name or a word
 * before the value must tell. */
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { LENGTH = 8 };

static bool is_barcode(struct bytes text) {
    if (text.len != LENGTH || text.ptr[0] != '/') {
        return false;
    }
    for (size_t i = 1; i < LENGTH; i++) {
        uint8_t c = text.ptr[i];
        bool fits = byte_is_digit(c) || (uint8_t)(c - 'A') < 26 || c == '+' || c == '-' || c == '.';
        if (!fits) {
            return false;
        }
    }
    return true;
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (is_barcode(text)) {
        bool dummy = memcmp(text.ptr + 1, "ABC1234", LENGTH - 1) == 0 ||
                     memcmp(text.ptr + 1, "1234567", LENGTH - 1) == 0;
        return reading_clear(out, EVIDENCE_LAYOUT | (dummy ? EVIDENCE_DUMMY : 0U), text);
    }
    return hidden_text_read(value, LENGTH, policy, out);
}

static const struct pattern_example examples[] = {
    {"/ABC1234", STATE_CLEAR, READ_YES},  {"/P4SV.-I", STATE_CLEAR, READ_YES},
    {"/+.-++..", STATE_CLEAR, READ_YES},  {"/O0O01I1", STATE_CLEAR, READ_YES},
    {"/AAA33AA", STATE_CLEAR, READ_YES},  {"／ＡＢＣ＋１２３", STATE_CLEAR, READ_YES},
    {"/ABC12", STATE_CLEAR, READ_NO},     {"/abc1234", STATE_CLEAR, READ_NO},
    {"ABC1234", STATE_CLEAR, READ_NO},    {"/ABCD12;", STATE_CLEAR, READ_NO},
    {"/ABCD1234", STATE_CLEAR, READ_NO},  {"/usr/bin", STATE_CLEAR, READ_NO},
    {"/AB****4", STATE_MASKED, READ_YES}, {"/ABC12**", STATE_WEAK, READ_YES},
    {"/*******", STATE_MASKED, READ_YES}, {0}};

static const char *const field_names[] = {"手機條碼",        "手機條碼載具",
                                          "手機載具",        "手機載具條碼",
                                          "載具條碼",        "載具",
                                          "載具號碼",        "載具顯碼",
                                          "載具隱碼",        "發票載具",
                                          "發票載具號碼",    "共通性載具",
                                          "carrier id",      "carrier id1",
                                          "carrier id2",     "carrierid1",
                                          "carrierid2",      "carrierid",
                                          "carrier no",      "carrier num",
                                          "carriernum",      "carrier number",
                                          "carrier code",    "e receipt carrier",
                                          "invoice carrier", "einvoice carrier",
                                          "mobile barcode",  "phone barcode",
                                          "mobile carrier",  "mobile carrier id",
                                          "barcode carrier", NULL};
static const char *const other_names[] = {"載具類別",     "載具類型",     "載具種類", "載具名稱",
                                          "carrier type", "carrier name", "carrier",  NULL};
static const char *const labels[] = {"手機條碼", "手機載具", "載具號碼", "載具", NULL};

const struct pattern pattern_tw_mobile_barcode = {
    .name = "tw_mobile_barcode",
    .title = "mobile barcode of invoices",
    .check = "a slash and seven of the characters 0-9, A-Z, +, - and .",
    .legal = LEGAL_IDENTITY,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_text_show,
    .examples = examples,
};
