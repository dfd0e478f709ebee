/* What became of each rule: held only where everything it asks about was read. */
#include "judge/rule_run.h"

void note_unit(struct judging *judging, const struct unit_view *view) {
    if ((view->unit->facts->traits & (UNIT_CONTAINER | UNIT_SPECIAL_FILE)) != 0 &&
        !unit_result_incomplete(view->unit)) {
        return; /* nothing that could hold data itself */
    }
    for (size_t i = 0; i < judging->rule_count; i++) {
        if ((judging->rules[i].zones & view->zones) != 0) {
            judging->results->statuses[i].units++;
            judging->results->statuses[i].unread += unit_result_incomplete(view->unit);
        }
    }
}

void note_undecided(struct active_rule *active, enum undecided why, const char *setting) {
    if (why != DECIDED && active->undecided == DECIDED) {
        active->undecided = why;
        active->setting = setting;
    }
}

static bool asks_for_missing_kinds(const struct rule *rule) {
    for (unsigned i = 0; i < rule->clause_count; i++) {
        if (rule->clauses[i].for_missing_kinds) {
            return true;
        }
    }
    return false;
}

static void conclude_rule(const struct active_rule *active, struct rule_status *status) {
    enum undecided why = active->undecided;
    if (why == DECIDED && asks_for_missing_kinds(active->rule)) {
        why = UNDECIDED_KIND;
    }
    if (why == DECIDED && status->unread > 0) {
        why = UNDECIDED_UNREAD;
    }
    if (!active->applies && why != UNDECIDED_CLASS) {
        status->verdict = RULE_NOT_APPLICABLE;
    } else if (status->violations > 0) {
        status->verdict = RULE_BROKEN;
    } else if (why == UNDECIDED_CLASS) {
        status->verdict = RULE_UNDECIDED;
    } else if (status->units == 0) {
        status->verdict = RULE_NOT_ASKED;
    } else {
        status->verdict = why == DECIDED ? RULE_HELD : RULE_UNDECIDED;
    }
    status->why = status->verdict == RULE_UNDECIDED ? why : DECIDED;
    status->setting = status->why == UNDECIDED_SETTING ? active->setting : NULL;
}

/* Violations stand in the order of units; a rule's number is found by its address in the packs. */
static void count_violations(const struct judging *judging) {
    struct results *results = judging->results;
    for (size_t i = 0; i < results->violation_count; i++) {
        const struct violation *violation = &results->violations[i];
        results->summary.violations[violation->severity]++;
        for (size_t j = 0; j < judging->rule_count; j++) {
            if (judging->rules[j].rule == violation->rule) {
                results->statuses[j].violations++;
                break;
            }
        }
    }
}

void conclude(struct judging *judging) {
    count_violations(judging);
    for (size_t i = 0; i < judging->rule_count; i++) {
        conclude_rule(&judging->rules[i], &judging->results->statuses[i]);
    }
}
