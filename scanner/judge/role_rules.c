/* Rules about roles: what a field is for is told by its name alone. */
#include "catalog/severity.h"
#include "judge/field_name.h"
#include "judge/rule_run.h"

/* Does the clause ask for its roles in that place? */
static bool is_asked(const struct rule_clause *clause, const struct unit_view *view,
                     const struct field_facts *place) {
    return clause_holds_here(clause, view, place) &&
           place->cells - place->empty >= clause->least_rows &&
           view->people >= clause->least_people && clause_stands_together(clause, view, place);
}

/* A name is all that tells a role, and names are likely, never certain. */
static int judge_role(struct judging *judging, const struct unit_view *view,
                      const struct field_facts *place, const struct active_rule *active,
                      unsigned role) {
    struct violation *violation = add_violation(judging);
    if (violation == NULL) {
        return judging_out_of_memory(judging);
    }
    violation->rule = active->rule;
    violation->unit = view->index;
    violation->field = UINT32_MAX;
    violation->place = place;
    violation->role = roles[role].name;
    violation->count = place->cells - place->empty;
    violation->confidence = CONFIDENCE_LIKELY;
    const struct severity_question question = {
        .rule = active->rule, .kind = roles[role].name, .legal = LEGAL_NONE};
    finish_violation(judging, view->unit, &question, violation);
    return 0;
}

static int judge_roles_of_field(struct judging *judging, const struct unit_view *view,
                                const struct field_facts *place) {
    struct name_reading reading;
    bool known = false;
    for (size_t i = 0, end; i < judging->role_count; i = end) {
        const struct active_rule *active = &judging->rules[judging->role_clauses[i].rule];
        uint32_t asked = 0;
        for (end = i; end < judging->role_count &&
                      judging->role_clauses[end].rule == judging->role_clauses[i].rule;
             end++) {
            const struct rule_clause *clause = judging->role_clauses[end].clause;
            asked |= is_asked(clause, view, place) ? clause->roles : 0;
        }
        if (asked != 0 && !known) {
            read_field_name(judging->settings, place, &reading);
            known = true;
        }
        for (uint32_t left = asked == 0 ? 0 : reading.role_bits & asked; left != 0;
             left &= left - 1) {
            int status = judge_role(judging, view, place, active, (unsigned)__builtin_ctz(left));
            if (status != 0) {
                return status;
            }
        }
    }
    return 0;
}

int judge_roles(struct judging *judging, const struct unit_view *view) {
    if (judging->settings->min_confidence > CONFIDENCE_LIKELY) {
        return 0;
    }
    const struct unit_facts *facts = view->unit->facts;
    for (uint32_t i = 0; i < facts->field_count; i++) {
        const struct field_facts *place = &facts->fields[i];
        if (place->cells > place->empty && (place->column.len > 0 || place->label.len > 0)) {
            int status = judge_roles_of_field(judging, view, place);
            if (status != 0) {
                return status;
            }
        }
    }
    return 0;
}
