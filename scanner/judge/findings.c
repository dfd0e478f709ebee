#include "judge/findings.h"

#include "catalog/severity.h"
#include "result/fingerprint.h"

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

int put_finding(const struct finding_question *question, const struct finding *finding) {
    struct judging *judging = question->judging;
    const struct results *results = judging->results;
    struct violation *violation = add_violation(judging);
    if (violation == NULL) {
        return judging_out_of_memory(judging);
    }
    violation->rule = question->active->rule;
    violation->unit = finding->unit;
    violation->field = finding->field;
    violation->place = finding->place;
    violation->kind = finding->kind;
    violation->role = finding->role;
    violation->count = finding->count;
    violation->confidence = finding->confidence;
    violation->missed = finding->missed;
    violation->declared = finding->declared;
    violation->with = finding->with;
    violation->with_count = finding->with_count;
    enum legal legal = LEGAL_NONE;
    if (finding->field != UINT32_MAX) {
        const struct field_result *field = &results->fields[finding->field];
        add_examples(violation, field->facts, finding->states);
        legal = field->legal;
    }
    const char *subject = finding->kind != NULL ? finding->kind : finding->role;
    const struct severity_question severity = {
        .rule = violation->rule, .kind = subject == NULL ? "" : subject, .legal = legal};
    const struct unit_result *unit =
        finding->unit < results->unit_count ? &results->units[finding->unit] : NULL;
    finish_violation(judging, unit, &severity, violation);
    if (finding->missed != 0) { /* a file may be as several entries say, or as none */
        const struct bytes none = {NULL, 0};
        struct bytes files = bytes_of_string(finding->declared == NULL ? "" : finding->declared);
        char fingerprint[65];
        fingerprint_violation(violation->rule->id, unit == NULL ? none : unit->source, none, files,
                              "", STORAGE_NONE, fingerprint);
        if (!violation_set_fingerprint(violation, fingerprint)) {
            return judging_out_of_memory(judging);
        }
    }
    return 0;
}

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
