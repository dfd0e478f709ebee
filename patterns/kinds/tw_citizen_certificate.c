/* 自然人憑證, the number of the citizen's certificate card, also used as a carrier of invoices: two
 * letters and fourteen digits. Ministry of the Interior, MOICA. No check digit, and order numbers
 * look the same: the field's name or a word before the value must tell. */
#include "patterns/digits.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { LETTERS = 2, LENGTH = 16 };

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (text.len == LENGTH && (uint8_t)(text.ptr[0] - 'A') < 26 &&
        (uint8_t)(text.ptr[1] - 'A') < 26 && digits_all(text.ptr + LETTERS, LENGTH - LETTERS)) {
        bool dummy = memcmp(text.ptr + LETTERS, "00000000000000", LENGTH - LETTERS) == 0 ||
                     memcmp(text.ptr + LETTERS, "12345678901234", LENGTH - LETTERS) == 0;
        return reading_clear(out, EVIDENCE_LAYOUT | (dummy ? EVIDENCE_DUMMY : 0U), text);
    }
    return hidden_text_read(value, LENGTH, policy, out);
}

static const struct pattern_example examples[] = {
    {"AB12345678901234", STATE_CLEAR, READ_YES},
    {"TP03081234567890", STATE_CLEAR, READ_YES},
    {"RP47809425348791", STATE_CLEAR, READ_YES},
    {"CD00000000000001", STATE_CLEAR, READ_YES},
    {"ZZ99999999999999", STATE_CLEAR, READ_YES},
    {"ＭＡ１２０４１７３３５５８０１２", STATE_CLEAR, READ_YES},
    {"A112345678901234", STATE_CLEAR, READ_NO},
    {"ab12345678901234", STATE_CLEAR, READ_NO},
    {"AB1234567890123", STATE_CLEAR, READ_NO},
    {"9B12345678901234", STATE_CLEAR, READ_NO},
    {"AA123456789012J4", STATE_CLEAR, READ_NO},
    {"/ABC1234", STATE_CLEAR, READ_NO},
    {"AB**********1234", STATE_MASKED, READ_YES},
    {"AB1234567890****", STATE_WEAK, READ_YES},
    {"****************", STATE_MASKED, READ_YES},
    {0}};

static const char *const field_names[] = {"自然人憑證",
                                          "自然人憑證號碼",
                                          "自然人憑證卡號",
                                          "憑證卡號",
                                          "載具",
                                          "載具號碼",
                                          "載具顯碼",
                                          "載具隱碼",
                                          "發票載具",
                                          "發票載具號碼",
                                          "carrier id",
                                          "carrier id1",
                                          "carrier id2",
                                          "carrierid1",
                                          "carrierid2",
                                          "carrierid",
                                          "carrier no",
                                          "carrier num",
                                          "carriernum",
                                          "carrier number",
                                          "carrier code",
                                          "e receipt carrier",
                                          "invoice carrier",
                                          "einvoice carrier",
                                          "moica",
                                          "moica no",
                                          "moica card no",
                                          "citizen certificate",
                                          "citizen certificate no",
                                          "citizen certificate number",
                                          "citizen cert",
                                          "citizen digital certificate",
                                          "cdc no",
                                          NULL};
static const char *const other_names[] = {"載具類別",     "載具類型",     "載具種類", "載具名稱",
                                          "carrier type", "carrier name", "carrier",  NULL};
static const char *const labels[] = {"自然人憑證", "自然人憑證號碼", "載具號碼", NULL};

const struct pattern pattern_tw_citizen_certificate = {
    .name = "tw_citizen_certificate",
    .title = "number of a citizen's certificate",
    .check = "two capital letters and fourteen digits",
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
