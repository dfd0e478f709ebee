/* rule_facts.h - what the clauses of a rule say together. */
#ifndef YINMA_CLI_RULE_FACTS_H
#define YINMA_CLI_RULE_FACTS_H

#include "catalog/rule.h"

struct rule_facts {
    uint64_t zones, kinds, roles; /* sets */
    uint64_t states;
    enum severity severity; /* as for a clear value that is no dummy, when the parent holds */
};

void rule_facts_of(const struct rule *rule, struct rule_facts *out);

/* Names of the members of those sets. */
const char *rule_zone_name(unsigned member);
const char *rule_kind_name(unsigned member);
const char *rule_role_name(unsigned member);
const char *rule_state_name(unsigned member);

#endif
