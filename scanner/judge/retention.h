/* retention.h - how old data is, asked by rules with "older-than". */
#ifndef YINMA_JUDGE_RETENTION_H
#define YINMA_JUDGE_RETENTION_H

#include "judge/judge.h"

struct age_question {
    const struct judge_settings *settings;
    const struct results *results;
    const struct unit_result *unit;
    const struct field_facts *place;
    const struct field_result *field; /* NULL for a role */
    const struct rule *rule;
    const struct rule_age *age;
};

struct age_answer {
    uint64_t past;      /* values older than the limit; 0: none */
    enum undecided why; /* of a question that stays open: UNDECIDED_DATE, UNDECIDED_SETTING */
};

/* False when nobody can tell (then only `why` holds). */
bool clause_older_than(const struct age_question *question, struct age_answer *out);

#endif
