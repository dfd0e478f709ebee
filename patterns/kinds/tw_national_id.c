/* 國民身分證統一編號: one letter (county of first registration), 1 or 2 (sex), eight digits.
 * Ministry of the Interior, Department of Household Registration. */
#include "patterns/id_names.h"
#include "patterns/id_number.h"
#include "patterns/kinds/kinds.h"

static const char *const dummy_tails[] = {"23456789", "00000001", "00000003", "23456788",
                                          "11111111", "22222222", "34567890", "12345678",
                                          "00000000", "23456780", "87654321", NULL};
static const struct id_family family = {'1', '2', 1, 1, dummy_tails};

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    return id_number_read(&family, value, policy, out);
}

static void read_plain(struct value_column *column) {
    id_number_read_plain(&family, column);
}

static const struct pattern_example examples[] = {
    {"A143231948", STATE_CLEAR, READ_YES},
    {"F275749118", STATE_CLEAR, READ_YES},
    {"I171147104", STATE_CLEAR, READ_YES},
    {"O297465075", STATE_CLEAR, READ_YES},
    {"W179907511", STATE_CLEAR, READ_YES},
    {"Z239548620", STATE_CLEAR, READ_YES},
    {"a143231948", STATE_CLEAR, READ_YES},
    {"A14-3231948", STATE_CLEAR, READ_YES},
    {"A1 4323 1948", STATE_CLEAR, READ_YES},
    {"A123456789", STATE_CLEAR, READ_YES}, /* dummy */
    {"A111111111", STATE_CLEAR, READ_YES}, /* dummy that fails its check */
    {"A123 456 789", STATE_CLEAR, READ_YES},
    {"b2 21 42 15 03", STATE_CLEAR, READ_NO}, /* out of a hexadecimal listing */
    {"A143231941", STATE_CLEAR, READ_SHAPED},
    {"F275749111", STATE_CLEAR, READ_SHAPED},
    {"I171147107", STATE_CLEAR, READ_SHAPED},
    {"A323456789", STATE_CLEAR, READ_NO},
    {"AA23456789", STATE_CLEAR, READ_NO},
    {"A12345678", STATE_CLEAR, READ_NO},
    {"A1234567890", STATE_CLEAR, READ_NO},
    {"1123456789", STATE_CLEAR, READ_NO},
    {"0912***678", STATE_CLEAR, READ_NO},
    {"", STATE_CLEAR, READ_NO},
    {"A", STATE_CLEAR, READ_NO},
    {"A12****789", STATE_MASKED, READ_YES},
    {"A12*789", STATE_MASKED, READ_YES}, /* of the wrong length: judged by what it shows */
    {"A1******89", STATE_MASKED, READ_YES},
    {"A12345****", STATE_MASKED, READ_YES},
    {"A1234*****", STATE_MASKED, READ_YES},
    {"A******789", STATE_MASKED, READ_YES},
    {"A12XXXX789", STATE_MASKED, READ_YES},
    {"A12○○○○789", STATE_MASKED, READ_YES},
    {"******6789", STATE_MASKED, READ_YES},
    {"X12****789", STATE_MASKED, READ_YES},
    {"O******789", STATE_MASKED, READ_YES}, /* letters of counties that are marks as well */
    {"X○○○○○○789", STATE_MASKED, READ_YES},
    {"Oxxxxxx789", STATE_MASKED, READ_YES},
    {"XXXXXXX789", STATE_MASKED, READ_YES},
    {"A123***789", STATE_WEAK, READ_YES},
    {"A123456***", STATE_WEAK, READ_YES},
    {"*123456789", STATE_WEAK, READ_YES},
    {"**********", STATE_MASKED, READ_YES},
    {"[REDACTED]", STATE_MASKED, READ_YES},
    {"5f4dcc3b5aa765d61d8327deb882cf99", STATE_ENCRYPTED, READ_YES},
    {0}};

static const char *const field_names[] = {ID_FIELD_NAMES, NULL};
static const char *const other_names[] = {ID_OTHER_NAMES, NULL};
static const char *const labels[] = {ID_LABELS, NULL};

const struct pattern pattern_tw_national_id = {
    .name = "tw_national_id",
    .title = "national ID number",
    .check = "the letter becomes two digits (A = 10 … Z = 33); all eleven digits times 1 9 8 7 6 5 "
             "4 3 2 1 1 add up to a multiple of ten; the second character is 1 or 2",
    .legal = LEGAL_IDENTITY,
    .proves_itself = true,
    .chance = 0.1,
    .shape = {.digits_min = 9, .digits_max = 9, .letters_before = 1, .leads = "12"},
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "person_name",
    .policy = {.min_hidden = 4, .min_residual = 1000},
    .read = read,
    .read_plain = read_plain,
    .plain_evidence = EVIDENCE_CHECKSUM,
    .show = id_number_show,
    .examples = examples,
};
