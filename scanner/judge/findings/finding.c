#include "judge/findings/finding.h"

#include "catalog/severity.h"
#include "result/fingerprint.h"

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
