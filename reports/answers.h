/* answers.h - what the results say to one printed number: its rules and everything that breaks
 * them. Made once for a report. */
#ifndef YINMA_REPORTS_ANSWERS_H
#define YINMA_REPORTS_ANSWERS_H

#include "catalog/forms.h"
#include "result/results.h"

/* All violations, those of a rule together. */
struct answers {
    const struct results *results;
    const struct violation **sorted; /* by rule, then as they stand in the results */
    size_t count;
};

/* False when memory is out. */
bool answers_init(struct answers *answers, const struct results *results);
void answers_release(struct answers *answers);

/* A printed number. */
struct question {
    const char *pack;
    struct bytes section; /* as printed in its form */
    const char *rule;     /* id of the rule that the list of controls names for it; NULL: none */
};

bool rule_answers(const struct rule *rule, const struct question *question);

/* The violations of one rule, as a stretch of `sorted`. *AT begins as 0. False: no more. */
struct answer {
    const struct rule *rule;
    const struct violation *const *violations;
    size_t count;
};
bool answers_next(const struct answers *answers, const struct question *question, size_t *at,
                  struct answer *out);

/* The first rule of the catalog that answers the number; NULL: none is in force. */
const struct rule *answers_rule(const struct answers *answers, const struct question *question);

#endif
