/* What goes from one firm to another, beside what may go (`flows:`). */
#include <stdlib.h>

#include "judge/findings/findings.h"

/* What a waybill needs to be delivered (platform 1.6.3.4, logistics 4.1.1.1): the names, telephone
 * numbers and addresses of both ends. An ID number may stand there masked (reading 7); everything
 * else about people is surplus. */
static const char *const delivery_kinds[] = {"person_name", "phone_mobile", "phone_landline",
                                             "address", NULL};
static const char *const number_kinds[] = {"tw_national_id", "tw_resident_id", "tw_resident_id_old",
                                           NULL};
static const struct flow_pass waybill_passes[] = {
    {delivery_kinds, UINT32_MAX},
    {number_kinds, 1U << STATE_MASKED | 1U << STATE_ENCRYPTED},
};
static const struct flow_setting waybill_flow = {
    .name = "waybill",
    .glob = "",
    .passes = waybill_passes,
    .pass_count = sizeof waybill_passes / sizeof *waybill_passes,
};

/* The flow that says what may be in the unit; NULL: none does. */
static const struct flow_setting *flow_for(const struct finding_question *question) {
    const struct unit_view *view = question->view;
    const struct flow_setting *flow =
        config_flow_of(question->judging->settings->config, view->unit->facts->path);
    if (flow == NULL && (view->zones & ZONE_BIT(ZONE_WAYBILL)) != 0) {
        return &waybill_flow;
    }
    return flow != NULL && flow->pass_count > 0 ? flow : NULL;
}

static uint64_t surplus_in(const struct flow_setting *flow, const struct field_result *field,
                           uint32_t *states) {
    uint64_t count = 0;
    *states = 0;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        if (field->count[state] > 0 && !flow_may_pass(flow, field->kind, state)) {
            count += field->count[state];
            *states |= 1U << state;
        }
    }
    return count;
}

int find_flow_surplus(const struct finding_question *question, enum undecided *why) {
    const struct unit_view *view = question->view;
    const struct flow_setting *flow = flow_for(question);
    const zone_set exchanged = ZONE_BIT(ZONE_EXCHANGE) | ZONE_BIT(ZONE_MAIL);
    if (flow == NULL) {
        *why = (view->zones & exchanged) != 0 ? UNDECIDED_FACTS : DECIDED;
        return 0;
    }
    int status = 0;
    for (size_t i = view->first_field; status == 0 && i < view->end_field; i++) {
        const struct field_result *field = &question->judging->results->fields[i];
        uint32_t states = 0;
        uint64_t count = field->written && (field->legal != LEGAL_NONE || flow != &waybill_flow)
                             ? surplus_in(flow, field, &states)
                             : 0;
        if (count == 0) {
            continue;
        }
        const struct finding finding = {.unit = view->index,
                                        .field = (uint32_t)i,
                                        .place = field->field,
                                        .kind = field->kind,
                                        .count = count,
                                        .confidence = field->confidence,
                                        .states = states,
                                        .declared = flow->name};
        status = put_finding(question, &finding);
    }
    return status;
}
