#include "judge/findings/findings.h"

/* A row without a finder: what it needs is not known to this program, so the rule is undecided. */
static const struct {
    enum { OF_FIELD, OF_UNIT, OF_RUN } scope;
    finder *find;
} finders[FINDING_COUNT] = {
    [FINDING_MIXED_MASKS] = {OF_FIELD, NULL}, /* these three: mask_findings.h */
    [FINDING_COMPLEMENTARY_MASKS] = {OF_FIELD, NULL},
    [FINDING_UNKEYED_DIGESTS] = {OF_FIELD, NULL},
    [FINDING_PASSWORD_LIST] = {OF_UNIT, find_password_list},
    [FINDING_KEY_BESIDE_DATA] = {OF_UNIT, find_key_beside_data},
    [FINDING_PASSWORD_IS_PERSONAL] = {OF_UNIT, NULL},
    [FINDING_LIVE_AND_ARCHIVE] = {OF_RUN, find_live_and_archive},
    [FINDING_OVERLAP] = {OF_UNIT, find_overlap},
    [FINDING_LOG_SPAN] = {OF_RUN, find_log_span},
    [FINDING_FLOW_SURPLUS] = {OF_UNIT, find_flow_surplus},
    [FINDING_ANNOUNCED] = {OF_UNIT, find_announced},
    [FINDING_EXPECTATION] = {OF_RUN, find_expectations},
};

/* Is the clause about that place at all? */
static bool concerns(const struct rule_clause *clause, const struct unit_view *view) {
    if (finders[clause->finds].scope != (view == NULL ? OF_RUN : OF_UNIT)) {
        return false;
    }
    return view == NULL || clause_holds_here(clause, view, NULL);
}

int judge_findings(struct judging *judging, const struct unit_view *view) {
    for (size_t i = 0; i < judging->finding_count; i++) {
        const struct rule_clause *clause = judging->finding_clauses[i].clause;
        if (!concerns(clause, view)) {
            continue;
        }
        struct active_rule *active = &judging->rules[judging->finding_clauses[i].rule];
        finder *find = finders[clause->finds].find;
        const struct finding_question question = {judging, active, clause, view};
        enum undecided why = UNDECIDED_FACTS;
        int status = 0;
        if (find != NULL) {
            why = DECIDED;
            status = find(&question, &why);
        }
        note_undecided(active, why, NULL);
        if (status != 0) {
            return status;
        }
    }
    return 0;
}
