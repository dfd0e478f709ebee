#include "cli/rule_facts.h"

#include "catalog/severity.h"
#include "patterns/pattern.h"

const char *rule_zone_name(kind_list kinds, unsigned member) {
    (void)kinds;
    return zone_name((enum zone)member);
}
const char *rule_kind_name(kind_list kinds, unsigned member) {
    return kinds[member]->name;
}
const char *rule_role_name(kind_list kinds, unsigned member) {
    (void)kinds;
    return roles[member].name;
}
const char *rule_state_name(kind_list kinds, unsigned member) {
    (void)kinds;
    return mask_state_name((enum mask_state)member);
}

void rule_facts_of(const struct rule *rule, kind_list kinds, struct rule_facts *out) {
    *out = (struct rule_facts){0};
    for (unsigned i = 0; i < rule->clause_count; i++) {
        out->zones |= rule->clauses[i].zones;
        out->kinds |= rule->clauses[i].kinds;
        out->roles |= rule->clauses[i].roles;
        out->states |= rule->clauses[i].states;
    }
    struct severity_question question = {.rule = rule, .kind = "", .legal = LEGAL_NONE};
    if (out->kinds != 0) {
        const struct pattern *first = kinds[__builtin_ctzll(out->kinds)];
        question.kind = first->name;
        question.legal = first->legal;
    } else if (out->roles != 0) {
        question.kind = rule_role_name(kinds, (unsigned)__builtin_ctzll(out->roles));
    }
    question.states = (uint32_t)out->states;
    question.zones = (zone_set)out->zones;
    out->severity = severity_of(&question);
}
