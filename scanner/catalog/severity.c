/* The order of the rows is the order of the questions; table and function are kept side by side so
 * that what `yinma list severity` prints is what is done. */
#include "catalog/severity.h"

#include <string.h>

enum severity_when {
    ONLY_DUMMIES,
    REST_HIDDEN,
    CARD_SECRET,
    GIVEN_BY_PACK,
    REQUIREMENT,
    BASELINE,
    BETTER_PRACTICE_PARENT_BROKEN,
    BETTER_PRACTICE,
    GUIDANCE,
    AUDIT_ITEM,
    STANDARD,
    BUILTIN_CONTACT,
    BUILTIN,
};

const struct severity_row severity_table[] = {
    [ONLY_DUMMIES] = {"every readable value is a dummy (test cards, A123456789 …)", SEVERITY_LOW},
    [REST_HIDDEN] = {"masks that complement each other, but some characters stay hidden",
                     SEVERITY_LOW},
    [CARD_SECRET] = {"a rule of a document, about card security codes or magnetic stripes",
                     SEVERITY_CRITICAL},
    [GIVEN_BY_PACK] = {"card numbers kept, or personal data on a public web server (platform "
                       "5.3.6); other rules for which the pack itself names a severity",
                       SEVERITY_CRITICAL},
    [REQUIREMENT] = {"any other requirement", SEVERITY_HIGH},
    [BASELINE] = {"a baseline", SEVERITY_MEDIUM},
    [BETTER_PRACTICE_PARENT_BROKEN] = {"better practice, and its parent requirement is broken too",
                                       SEVERITY_MEDIUM},
    [BETTER_PRACTICE] = {"better practice, and its parent requirement holds", SEVERITY_LOW},
    [GUIDANCE] = {"guidance of an authority", SEVERITY_MEDIUM},
    [AUDIT_ITEM] = {"an item of an examiner's list", SEVERITY_MEDIUM},
    [STANDARD] = {"a demand of an industry's standard", SEVERITY_HIGH},
    [BUILTIN_CONTACT] = {"built-in rule: contact data in clear", SEVERITY_LOW},
    [BUILTIN] = {"built-in rule: identity, financial or special data in clear", SEVERITY_MEDIUM},
    {NULL, SEVERITY_NONE},
};

static bool is_card_secret(const char *kind) {
    return strcmp(kind, "card_security_code") == 0 || strcmp(kind, "card_track") == 0;
}

static enum severity_when row_for(const struct severity_question *question) {
    const struct rule *rule = question->rule;
    if (question->only_dummies) {
        return ONLY_DUMMIES;
    }
    if (question->rest_hidden) {
        return REST_HIDDEN;
    }
    if (rule->level != LEVEL_BUILTIN && is_card_secret(question->kind)) {
        return CARD_SECRET;
    }
    if (rule->severity != SEVERITY_NONE) {
        return GIVEN_BY_PACK;
    }
    switch (rule->level) {
    case LEVEL_REQUIREMENT:
        return REQUIREMENT;
    case LEVEL_BASELINE:
        return BASELINE;
    case LEVEL_BETTER_PRACTICE:
        return question->parent_broken ? BETTER_PRACTICE_PARENT_BROKEN : BETTER_PRACTICE;
    case LEVEL_GUIDANCE:
        return GUIDANCE;
    case LEVEL_AUDIT_ITEM:
        return AUDIT_ITEM;
    case LEVEL_STANDARD:
        return STANDARD;
    case LEVEL_BUILTIN:
    case LEVEL_COUNT:
    default:
        return question->legal == LEGAL_CONTACT ? BUILTIN_CONTACT : BUILTIN;
    }
}

enum severity severity_of(const struct severity_question *question) {
    enum severity_when when = row_for(question);
    return when == GIVEN_BY_PACK ? question->rule->severity : severity_table[when].severity;
}
