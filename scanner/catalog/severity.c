/* The table is what is done and what `yinma list severity` prints; the function below only looks
 * for the first row that fits. */
#include "catalog/severity.h"

#include <string.h>

#define LEVEL(name) (1U << LEVEL_##name)
#define STATE(name) (1U << STATE_##name)
#define DOCUMENT_LEVELS                                                                            \
    (LEVEL(REQUIREMENT) | LEVEL(BASELINE) | LEVEL(BETTER_PRACTICE) | LEVEL(GUIDANCE) |             \
     LEVEL(AUDIT_ITEM) | LEVEL(STANDARD))

const struct severity_row severity_table[] = {
    {.when = "every readable value is a dummy (test cards, A123456789 …)",
     .severity = SEVERITY_LOW,
     .condition = IF_ONLY_DUMMIES,
     .states = STATE(CLEAR)},
    {.when = "masks that complement each other, but some characters stay hidden",
     .severity = SEVERITY_LOW,
     .condition = IF_REST_HIDDEN,
     .states = STATE(WEAK) | STATE(MASKED)},
    {.when = "a rule of a document, about card security codes or magnetic stripes",
     .severity = SEVERITY_CRITICAL,
     .levels = DOCUMENT_LEVELS,
     .kinds = "card_security_code card_track"},
    {.when = "card numbers kept, or personal data on a public web server (platform "
             "5.3.6); other rules for which the pack itself names a severity",
     .severity = SEVERITY_CRITICAL,
     .condition = IF_GIVEN_BY_PACK},
    {.when = "any other requirement", .severity = SEVERITY_HIGH, .levels = LEVEL(REQUIREMENT)},
    {.when = "a demand of an industry's standard",
     .severity = SEVERITY_HIGH,
     .levels = LEVEL(STANDARD)},
    {.when = "a baseline", .severity = SEVERITY_MEDIUM, .levels = LEVEL(BASELINE)},
    {.when = "better practice, and its parent requirement is broken too",
     .severity = SEVERITY_MEDIUM,
     .condition = IF_PARENT_BROKEN,
     .levels = LEVEL(BETTER_PRACTICE)},
    {.when = "better practice, and its parent requirement holds",
     .severity = SEVERITY_LOW,
     .levels = LEVEL(BETTER_PRACTICE)},
    {.when = "guidance of an authority", .severity = SEVERITY_MEDIUM, .levels = LEVEL(GUIDANCE)},
    {.when = "an item of an examiner's list",
     .severity = SEVERITY_MEDIUM,
     .levels = LEVEL(AUDIT_ITEM)},
    {.when = "built-in rule: contact data in clear",
     .severity = SEVERITY_LOW,
     .levels = LEVEL(BUILTIN),
     .categories = 1U << LEGAL_CONTACT},
    {.when = "built-in rule: identity, financial or special data in clear",
     .severity = SEVERITY_MEDIUM,
     .levels = LEVEL(BUILTIN)},
    {.when = NULL, .severity = SEVERITY_NONE},
};

static bool condition_holds(enum severity_condition condition,
                            const struct severity_question *question) {
    switch (condition) {
    case IF_ONLY_DUMMIES:
        return question->only_dummies;
    case IF_REST_HIDDEN:
        return question->rest_hidden;
    case IF_GIVEN_BY_PACK:
        return question->rule->severity != SEVERITY_NONE;
    case IF_PARENT_BROKEN:
        return question->parent_broken;
    case IF_ANYTHING:
    default:
        return true;
    }
}

/* Is KIND one of the words of KINDS? */
static bool names_kind(const char *kinds, const char *kind) {
    size_t len = strlen(kind);
    for (const char *at = kinds; len > 0 && (at = strstr(at, kind)) != NULL; at += len) {
        if ((at == kinds || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

/* A set that is empty on either side asks nothing. */
static bool sets_meet(uint32_t row, uint32_t asked) {
    return row == 0 || asked == 0 || (row & asked) != 0;
}

static bool row_holds(const struct severity_row *row, const struct severity_question *question) {
    return condition_holds(row->condition, question) &&
           sets_meet(row->levels, 1U << question->rule->level) &&
           (row->kinds == NULL || names_kind(row->kinds, question->kind)) &&
           sets_meet(row->categories, 1U << question->legal) &&
           sets_meet(row->states, question->states) && sets_meet(row->zones, question->zones);
}

enum severity severity_of(const struct severity_question *question) {
    const struct severity_row *row = severity_table;
    while (row->when != NULL && !row_holds(row, question)) {
        row++;
    }
    return row->condition == IF_GIVEN_BY_PACK ? question->rule->severity : row->severity;
}
