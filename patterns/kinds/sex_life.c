/* 性生活 (Personal Data Protection Act, article 6). Told by the field's name; any value counts. */
#include "patterns/kinds/kinds.h"
#include "patterns/special_category.h"

static const struct pattern_example examples[] = {
    {"異性戀", STATE_CLEAR, READ_YES},
    {"同性戀", STATE_CLEAR, READ_YES},
    {"雙性戀", STATE_CLEAR, READ_YES},
    {"2", STATE_CLEAR, READ_YES},
    {"一年內三位", STATE_CLEAR, READ_YES},
    {"heterosexual", STATE_CLEAR, READ_YES},
    {"每週一次", STATE_CLEAR, READ_YES},
    {"N/A", STATE_CLEAR, READ_NO},
    {"無", STATE_CLEAR, READ_NO},
    {"null", STATE_CLEAR, READ_NO},
    {"-", STATE_CLEAR, READ_NO},
    {"none", STATE_CLEAR, READ_NO},
    {"未填", STATE_CLEAR, READ_NO},
    {"******", STATE_MASKED, READ_YES},
    {"高****", STATE_MASKED, READ_YES},
    {"[REDACTED]", STATE_MASKED, READ_YES},
    {"5f4dcc3b5aa765d61d8327deb882cf99", STATE_ENCRYPTED, READ_YES},
    {0}};

static const char *const field_names[] = {"性生活",
                                          "性傾向",
                                          "性取向",
                                          "性經驗",
                                          "性行為",
                                          "性伴侶",
                                          "性伴侶數",
                                          "性病史",
                                          "性史",
                                          "性別認同",
                                          "sex life",
                                          "sexual life",
                                          "sexual orientation",
                                          "sexualorientation",
                                          "sexual history",
                                          "sexual partner",
                                          "sexual partners",
                                          "sexual preference",
                                          "sexual behavior",
                                          "sexual activity",
                                          "sexual experience",
                                          NULL};
static const char *const other_names[] = {"性別", "性質", "sex", "gender", NULL};

const struct pattern pattern_sex_life = {
    .name = "sex_life",
    .title = "sexual life",
    .check = SPECIAL_CATEGORY_CHECK,
    .legal = LEGAL_SPECIAL,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .policy = {.min_hidden_percent = 50},
    .read = special_category_read,
    .show = hidden_words_show,
    .examples = examples,
};
