/* explain_clause.h - one way to break a rule, in words. */
#ifndef YINMA_CLI_EXPLAIN_CLAUSE_H
#define YINMA_CLI_EXPLAIN_CLAUSE_H

#include "cli/rule_facts.h"
#include "core/text_buffer.h"

/* KNOWN: a set of kinds that was printed already; when it is long and the clause's own, it is not
 * printed again. */
void explain_clause(struct text_buffer *out, const struct rule_clause *clause, kind_list kinds,
                    uint64_t known);

/* "7 days", "5 years", "the same day". */
void explain_period(struct text_buffer *out, const struct rule_period *period);

#endif
