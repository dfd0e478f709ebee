/* finding.h - what finders are asked and how they tell what they found. A finder looks at a unit or
 * at the whole run. */
#ifndef YINMA_JUDGE_FINDINGS_FINDING_H
#define YINMA_JUDGE_FINDINGS_FINDING_H

#include "judge/rule_run.h"

struct finding_question {
    struct judging *judging;
    struct active_rule *active;
    const struct rule_clause *clause;
    const struct unit_view *view; /* NULL: the whole run is asked about */
};

/* One thing that breaks the rule. */
struct finding {
    uint32_t unit;                   /* UINT32_MAX: the whole run */
    uint32_t field;                  /* index in results->fields; UINT32_MAX: no single field */
    const struct field_facts *place; /* NULL: the whole unit */
    const char *kind, *role;         /* at most one; NULL both: about no kind */
    uint64_t count;                  /* values, rows or units it is about; never 0 */
    enum confidence confidence;
    uint32_t states;                /* examples to show, of `field` */
    uint32_t missed;                /* as in struct violation … */
    const char *declared;           /* … too */
    struct violation_partner *with; /* malloc'ed; taken over */
    unsigned with_count;
};
/* 0 or YINMA_E_MEMORY. */
int put_finding(const struct finding_question *question, const struct finding *finding);

/* Call put_finding for everything found; *why tells what stays open (DECIDED: nothing). */
typedef int finder(const struct finding_question *question, enum undecided *why);

#endif
