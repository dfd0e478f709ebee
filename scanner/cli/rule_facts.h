/* rule_facts.h - what the clauses of a rule say together. */
#ifndef YINMA_CLI_RULE_FACTS_H
#define YINMA_CLI_RULE_FACTS_H

#include "catalog/rule.h"
#include "patterns/pattern.h"

struct rule_facts {
    uint64_t zones, kinds, roles; /* sets */
    uint64_t states;
    enum severity severity; /* as for a clear value that is no dummy, when the parent holds */
};

/* KINDS: the list that the sets of the rule speak of. */
void rule_facts_of(const struct rule *rule, kind_list kinds, struct rule_facts *out);

/* Names of the members of those sets. */
typedef const char *member_name(kind_list kinds, unsigned member);
member_name rule_zone_name, rule_kind_name, rule_role_name, rule_state_name;

#endif
