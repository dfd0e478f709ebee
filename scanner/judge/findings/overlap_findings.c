/* Test data beside a reference of production: which fields hold values of real people. */
#include <stdlib.h>

#include "judge/findings/findings.h"
#include "result/reference.h"

int judge_overlap(const struct judge_settings *settings, struct results *results,
                  struct error *err) {
    const struct reference *reference = settings->reference;
    if (reference == NULL || reference->writing || results->field_count == 0) {
        return 0;
    }
    results->overlaps = calloc(results->field_count, sizeof *results->overlaps);
    if (results->overlaps == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for what is compared with a reference");
    }
    for (size_t i = 0; i < results->field_count; i++) {
        struct field_result *field = &results->fields[i];
        const struct reference_kind *kind = reference_find(reference, field->kind);
        if (kind != NULL && field->facts->sample != NULL) {
            uint64_t clear = field->count[STATE_CLEAR];
            overlap_estimate(kind, field->facts->sample,
                             clear - (field->dummies < clear ? field->dummies : clear),
                             &results->overlaps[i]);
            field->overlap = &results->overlaps[i];
        }
    }
    return 0;
}

int judge_mark_reference(const struct results *results, struct reference *reference,
                         struct error *err) {
    bool done[PATTERN_MAX] = {false};
    int status = 0;
    for (size_t i = 0; status == 0 && i < results->field_count; i++) {
        const struct field_result *first = &results->fields[i];
        if (done[first->kind_number] || !first->written || first->facts->sample == NULL) {
            continue;
        }
        struct value_sample all;
        bool ok = true;
        value_sample_init(&all, REFERENCE_VALUES);
        done[first->kind_number] = true;
        for (size_t j = i; ok && j < results->field_count; j++) {
            const struct field_result *field = &results->fields[j];
            if (field->kind_number == first->kind_number && field->written &&
                field->facts->sample != NULL) {
                ok = value_sample_merge(&all, field->facts->sample);
            }
        }
        status = ok ? reference_mark(reference, first->kind, &all, err)
                    : error_set(err, YINMA_E_MEMORY, "no memory for a reference");
        value_sample_release(&all);
    }
    return status;
}

/* Clear values may have broken the rule already; that they are real people's makes it certain. */
static bool make_certain(const struct judging *judging, const struct rule *rule, size_t field) {
    for (size_t i = judging->results->violation_count; i-- > 0;) {
        struct violation *violation = &judging->results->violations[i];
        if (violation->rule == rule && violation->field == field) {
            violation->confidence = CONFIDENCE_CERTAIN;
            violation->counts_for_exit = true;
            return true;
        }
        if (violation->unit != judging->results->fields[field].unit) {
            break;
        }
    }
    return false;
}

int find_overlap(const struct finding_question *question, enum undecided *why) {
    const struct unit_view *view = question->view;
    const struct judging *judging = question->judging;
    if (judging->settings->reference == NULL || judging->settings->reference->writing) {
        *why = UNDECIDED_FACTS;
        return 0;
    }
    for (size_t i = view->first_field; i < view->end_field; i++) {
        const struct field_result *field = &judging->results->fields[i];
        const struct overlap *overlap = field->overlap;
        if (!field->written || overlap == NULL || overlap->asked == 0 ||
            !overlap_is_real(overlap) ||
            (question->clause->kinds != 0 &&
             (question->clause->kinds >> field->kind_number & 1) == 0) ||
            make_certain(judging, question->active->rule, i)) {
            continue;
        }
        const struct finding finding = {.unit = view->index,
                                        .field = (uint32_t)i,
                                        .place = field->field,
                                        .kind = field->kind,
                                        .count = overlap->values == 0 ? 1 : overlap->values,
                                        .confidence = CONFIDENCE_CERTAIN,
                                        .states = 1U << STATE_CLEAR};
        int status = put_finding(question, &finding);
        if (status != 0) {
            return status;
        }
    }
    return 0;
}
