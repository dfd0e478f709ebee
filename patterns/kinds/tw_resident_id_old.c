/* 外來人口統一證號 as issued until 2021-01-01, void from 2031-01-01: two letters (the second A-D),
 * eight digits. National Immigration Agency. Electronic invoices have the same shape; AB-12345678
 * is always one of those. */
#include "patterns/id_names.h"
#include "patterns/id_number.h"
#include "patterns/kinds/kinds.h"

static const char *const dummy_tails[] = {"12345678", "12345677", "00000009",
                                          "00000000", "11111111", NULL};
static const struct id_family family = {'A', 'D', 0, 2, dummy_tails};

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    return id_number_read(&family, value, policy, out);
}

static const struct pattern_example examples[] = {
    {"AA47771834", STATE_CLEAR, READ_YES},    {"FB53776020", STATE_CLEAR, READ_YES},
    {"HC61221387", STATE_CLEAR, READ_YES},    {"ED33125815", STATE_CLEAR, READ_YES},
    {"WA49528831", STATE_CLEAR, READ_YES},    {"AB00207171", STATE_CLEAR, READ_YES},
    {"AC03095424", STATE_CLEAR, READ_YES},    {"BD01300667", STATE_CLEAR, READ_YES},
    {"CC00151114", STATE_CLEAR, READ_YES},    {"HD02717288", STATE_CLEAR, READ_YES},
    {"TD00251124", STATE_CLEAR, READ_YES},    {"AD30196818", STATE_CLEAR, READ_YES},
    {"AA12345678", STATE_CLEAR, READ_YES}, /* dummy that fails its check */
    {"AA47771835", STATE_CLEAR, READ_SHAPED}, {"FB53776021", STATE_CLEAR, READ_SHAPED},
    {"HC61221388", STATE_CLEAR, READ_SHAPED}, {"AE47771834", STATE_CLEAR, READ_NO},
    {"AA-47771834", STATE_CLEAR, READ_NO}, /* invoice number */
    {"A123456789", STATE_CLEAR, READ_NO},     {"AA4777183", STATE_CLEAR, READ_NO},
    {"AA4****834", STATE_MASKED, READ_YES},   {"AC******24", STATE_MASKED, READ_YES},
    {"AC0309****", STATE_MASKED, READ_YES},   {"AC03095***", STATE_WEAK, READ_YES},
    {"A12****789", STATE_CLEAR, READ_NO},     {0}};

static const char *const field_names[] = {RESIDENT_FIELD_NAMES, ID_FIELD_NAMES, NULL};
static const char *const other_names[] = {ID_OTHER_NAMES, NULL};
static const char *const labels[] = {RESIDENT_LABELS, ID_LABELS, NULL};

const struct pattern pattern_tw_resident_id_old = {
    .name = "tw_resident_id_old",
    .title = "resident number, old form",
    .check = "two letters, the second A to D, and eight digits; the sum of the national ID, with "
             "the last digit of the second letter's number",
    .legal = LEGAL_IDENTITY,
    .proves_itself = true,
    .chance = 0.1,
    .shape = {.digits_min = 8, .digits_max = 8, .letters_before = 2},
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "person_name",
    .policy = {.min_hidden = 4, .min_residual = 1000},
    .read = read,
    .show = id_number_show,
    .examples = examples,
};
