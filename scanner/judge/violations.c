/* One violation: its examples, its weight, what other documents say of the same field. */
#include <stdlib.h>

#include "catalog/severity.h"
#include "judge/rule_run.h"

enum { VIOLATIONS_FIRST = 64 };

bool reach_violations(struct judging *judging, size_t capacity) {
    struct results *results = judging->results;
    struct violation *from = judging->lent ? NULL : results->violations;
    struct violation *larger = reallocarray(from, capacity, sizeof *larger);
    if (larger == NULL) {
        return false;
    }
    if (judging->lent) {
        memcpy(larger, results->violations, results->violation_count * sizeof *larger);
        judging->lent = false;
    }
    results->violations = larger;
    judging->capacity = capacity;
    return true;
}

struct violation *add_violation(struct judging *judging) {
    struct results *results = judging->results;
    if (results->violation_count == judging->capacity &&
        !reach_violations(judging, judging->capacity * 2 + VIOLATIONS_FIRST)) {
        return NULL;
    }
    struct violation *violation = &results->violations[results->violation_count++];
    memset(violation, 0, sizeof *violation);
    violation->age = violation_age_none;
    return violation;
}

void add_example(struct violation *violation, const struct example *example) {
    unsigned place = violation->example_count;
    while (place > 0 && example_before(example, violation->examples[place - 1])) {
        place--;
    }
    if (place == EXAMPLES_KEPT) {
        return;
    }
    if (violation->example_count < EXAMPLES_KEPT) {
        violation->example_count++;
    }
    for (unsigned i = violation->example_count - 1; i > place; i--) {
        violation->examples[i] = violation->examples[i - 1];
    }
    violation->examples[place] = example;
}

void add_examples(struct violation *violation, const struct kind_facts *facts, uint32_t states) {
    unsigned state = 0;
    while (state < STATE_COUNT &&
           ((states >> state & 1) == 0 || facts->example_count[state] == 0)) {
        state++;
    }
    if (violation->example_count == 0 && state < STATE_COUNT) { /* they stand in order */
        for (unsigned i = 0; i < facts->example_count[state]; i++) {
            violation->examples[i] = &facts->examples[state][i];
        }
        violation->example_count = facts->example_count[state];
        state++;
    }
    for (; state < STATE_COUNT; state++) {
        for (unsigned i = 0; (states >> state & 1) != 0 && i < facts->example_count[state]; i++) {
            add_example(violation, &facts->examples[state][i]);
        }
    }
}

/* In tests and program text values are often made up: only what is certain fails a run there. */
static enum confidence needed_to_fail(const struct judge_settings *settings, zone_set zones) {
    if (settings->fail_confidence != CONFIDENCE_NONE) {
        return settings->fail_confidence;
    }
    bool careful = (zones & (ZONE_BIT(ZONE_TEST) | ZONE_BIT(ZONE_SOURCE))) != 0;
    return careful ? CONFIDENCE_CERTAIN : settings->min_confidence;
}

void finish_violation(const struct judging *judging, const struct unit_result *unit,
                      const struct severity_question *question, struct violation *violation) {
    violation->severity = severity_of(question);
    violation->counts_for_exit =
        violation->confidence >= needed_to_fail(judging->settings, unit == NULL ? 0 : unit->zones);
    allow_violation(judging, unit, violation);
}
