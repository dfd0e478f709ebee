/* 統一編號 of firms: eight digits with weights 1 2 1 2 1 2 4 1 over the digit sums. Until
 * 2023-03-31 the sum was a multiple of ten, since 2023-04-01 one of five (Ministry of Finance,
 * notice of June 2021); a 7 in seventh place may count one less. Dates and local numbers pass in
 * one case of five, so the field's name or a word must tell. A firm is no person: records only
 * where a rule asks. */
#include "patterns/digits.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { DIGITS = 8, SHORTEST = 5 };

static bool passes(const uint8_t *digits) {
    static const uint8_t weights[DIGITS] = {1, 2, 1, 2, 1, 2, 4, 1};
    unsigned sum = 0;
    for (size_t i = 0; i < DIGITS; i++) {
        unsigned product = (unsigned)(digits[i] - '0') * weights[i];
        sum += product / 10 + product % 10;
    }
    return sum % 5 == 0 || (digits[6] == '7' && (sum + 1) % 5 == 0);
}

static bool is_dummy(const uint8_t *digits) {
    static const char *const dummies[] = {"12345675", "12345676", "04595257",
                                          "04595252", "10458570", "10458575",
                                          "10458574", "12345678", "88888888"};
    for (size_t i = 0; i < sizeof dummies / sizeof *dummies; i++) {
        if (memcmp(digits, dummies[i], DIGITS) == 0) {
            return true;
        }
    }
    return false;
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    bool short_number = value->number && value->named && text.len >= SHORTEST;
    if (text.len > DIGITS || !digits_all(text.ptr, text.len) ||
        (text.len < DIGITS && !short_number)) {
        return hidden_text_read(value, DIGITS, policy, out);
    }
    uint8_t *digits = out->normal_buffer; /* a number column drops the zeros in front */
    memset(digits, '0', DIGITS);
    memcpy(digits + (DIGITS - text.len), text.ptr, text.len);
    if (memcmp(digits, "00000000", DIGITS) == 0 || !passes(digits)) {
        return READ_SHAPED;
    }
    return reading_clear(out, EVIDENCE_CHECKSUM | (is_dummy(digits) ? EVIDENCE_DUMMY : 0U),
                         bytes_of(digits, DIGITS));
}

static const struct pattern_example examples[] = {{"04595257", STATE_CLEAR, READ_YES},
                                                  {"04595252", STATE_CLEAR, READ_YES},
                                                  {"10458570", STATE_CLEAR, READ_YES},
                                                  {"10458574", STATE_CLEAR, READ_YES},
                                                  {"10458575", STATE_CLEAR, READ_YES},
                                                  {"12345675", STATE_CLEAR, READ_YES},
                                                  {"12345676", STATE_CLEAR, READ_YES},
                                                  {"22099131", STATE_CLEAR, READ_YES},
                                                  {"58817749", STATE_CLEAR, READ_YES},
                                                  {"36004780", STATE_CLEAR, READ_YES},
                                                  {"22999805", STATE_CLEAR, READ_YES},
                                                  {"90941181", STATE_CLEAR, READ_YES},
                                                  {"13411775", STATE_CLEAR, READ_YES},
                                                  {"26541677", STATE_CLEAR, READ_YES},
                                                  {"00357746", STATE_CLEAR, READ_SHAPED},
                                                  {"40234137", STATE_CLEAR, READ_SHAPED},
                                                  {"12228562", STATE_CLEAR, READ_SHAPED},
                                                  {"28609215", STATE_CLEAR, READ_SHAPED},
                                                  {"11114863", STATE_CLEAR, READ_SHAPED},
                                                  {"00000000", STATE_CLEAR, READ_SHAPED},
                                                  {"12345678", STATE_CLEAR, READ_SHAPED},
                                                  {"A123456789", STATE_CLEAR, READ_NO},
                                                  {"458317749", STATE_CLEAR, READ_NO},
                                                  {"5881****", STATE_MASKED, READ_YES},
                                                  {"588177**", STATE_WEAK, READ_YES},
                                                  {"********", STATE_MASKED, READ_YES},
                                                  {0}};

static const char *const field_names[] = {"統一編號",
                                          "統編",
                                          "公司統編",
                                          "公司統一編號",
                                          "營利事業統一編號",
                                          "扣繳單位統一編號",
                                          "買方統編",
                                          "買方統一編號",
                                          "賣方統編",
                                          "賣方統一編號",
                                          "發票統編",
                                          "買受人統編",
                                          "廠商統編",
                                          "tax id",
                                          "taxid",
                                          "sales taxid",
                                          "buyer tax id",
                                          "buyertaxid",
                                          "vat",
                                          "vat no",
                                          "vat num",
                                          "vat number",
                                          "ban",
                                          "ubn",
                                          "gui number",
                                          "gui no",
                                          "guino",
                                          "uniform no",
                                          "uniform number",
                                          "unified business no",
                                          "unified business number",
                                          "business id",
                                          "business no",
                                          "buyer identifier",
                                          "buyer ban",
                                          "seller ban",
                                          "company tax id",
                                          "company ban",
                                          "corp tax id",
                                          NULL};
static const char *const other_names[] = {"稅率", "vat rate", "vat amount", "tax id type", NULL};
static const char *const labels[] = {"統一編號", "統編", "tax id", "ubn", "gui number", NULL};

const struct pattern pattern_tw_business_id = {
    .name = "tw_business_id",
    .title = "business number",
    .check = "check digit by the rule before or since 2023-04-01",
    .legal = LEGAL_NONE,
    .only_for_rules = true,
    .chance = 0.22,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_text_show,
    .examples = examples,
};
