#include "cli/rule_facts.h"

#include "catalog/severity.h"
#include "patterns/pattern.h"

const char *rule_zone_name(unsigned member) {
    return zone_name((enum zone)member);
}
const char *rule_kind_name(unsigned member) {
    return patterns[member]->name;
}
const char *rule_role_name(unsigned member) {
    return roles[member].name;
}
const char *rule_state_name(unsigned member) {
    return mask_state_name((enum mask_state)member);
}

void rule_facts_of(const struct rule *rule, struct rule_facts *out) {
    *out = (struct rule_facts){0};
    for (unsigned i = 0; i < rule->clause_count; i++) {
        out->zones |= rule->clauses[i].zones;
        out->kinds |= rule->clauses[i].kinds;
        out->roles |= rule->clauses[i].roles;
        out->states |= rule->clauses[i].states;
    }
    struct severity_question question = {.rule = rule, .kind = "", .legal = LEGAL_NONE};
    if (out->kinds != 0) {
        const struct pattern *first = patterns[__builtin_ctzll(out->kinds)];
        question.kind = first->name;
        question.legal = first->legal;
    } else if (out->roles != 0) {
        question.kind = rule_role_name((unsigned)__builtin_ctzll(out->roles));
    }
    out->severity = severity_of(&question);
}
