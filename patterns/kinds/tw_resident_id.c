/* 外來人口統一證號 as issued since 2021-01-02: one letter, 8 (male) or 9 (female), eight digits,
 * the check of the national ID. National Immigration Agency. */
#include "patterns/id_names.h"
#include "patterns/id_number.h"
#include "patterns/kinds/kinds.h"

static const char *const dummy_tails[] = {"00000014", "23456789", "87654321", "00000000",
                                          "88888888", "99999999", NULL};
static const struct id_family family = {'8', '9', 8, 1, dummy_tails};

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    return id_number_read(&family, value, policy, out);
}

static void read_plain(struct value_column *column) {
    id_number_read_plain(&family, column);
}

static const struct pattern_example examples[] = {
    {"A800187801", STATE_CLEAR, READ_YES},    {"F938483726", STATE_CLEAR, READ_YES},
    {"H876355150", STATE_CLEAR, READ_YES},    {"E981144024", STATE_CLEAR, READ_YES},
    {"W899751402", STATE_CLEAR, READ_YES},    {"A870000015", STATE_CLEAR, READ_YES},
    {"A990000013", STATE_CLEAR, READ_YES},    {"A800000014", STATE_CLEAR, READ_YES},
    {"A800187808", STATE_CLEAR, READ_SHAPED}, {"F938483723", STATE_CLEAR, READ_SHAPED},
    {"H876355157", STATE_CLEAR, READ_SHAPED}, {"E981144021", STATE_CLEAR, READ_SHAPED},
    {"A123456789", STATE_CLEAR, READ_NO},     {"AB12345677", STATE_CLEAR, READ_NO},
    {"A80018780", STATE_CLEAR, READ_NO},      {"U800****518", STATE_WEAK, READ_YES},
    {"U80****518", STATE_MASKED, READ_YES},   {"A8******01", STATE_MASKED, READ_YES},
    {"A8001878**", STATE_WEAK, READ_YES},     {"A12****789", STATE_CLEAR, READ_NO},
    {"A*******01", STATE_MASKED, READ_YES},   {0}};

static const char *const field_names[] = {RESIDENT_FIELD_NAMES, ID_FIELD_NAMES, NULL};
static const char *const other_names[] = {ID_OTHER_NAMES, NULL};
static const char *const labels[] = {RESIDENT_LABELS, ID_LABELS, NULL};

const struct pattern pattern_tw_resident_id = {
    .name = "tw_resident_id",
    .title = "resident (UI) number",
    .check = "as the national ID, with 8 or 9 as the second character (issued since 2021)",
    .legal = LEGAL_IDENTITY,
    .proves_itself = true,
    .chance = 0.1,
    .shape = {.digits_min = 9, .digits_max = 9, .letters_before = 1, .leads = "89"},
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
