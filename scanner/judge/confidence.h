/* confidence.h - how sure we are that a field holds a kind: named evidence and arithmetic, no
 * learned weights. docs/confidence.md says the same in words. */
#ifndef YINMA_JUDGE_CONFIDENCE_H
#define YINMA_JUDGE_CONFIDENCE_H

#include "patterns/lexicon.h"
#include "result/facts.h"

struct confidence_question {
    const struct pattern *pattern;
    unsigned kind;
    const struct field_facts *field;
    const struct kind_facts *facts;
    const struct name_reading *name;
    uint64_t count[STATE_COUNT]; /* values by state, after values that prove nothing were given to
                                    the dominant kind */
    bool has_company;            /* the kind it needs beside it stands in the same table */
};

/* Sets *evidence (set of enum evidence) to what speaks for it. */
enum confidence confidence_of(const struct confidence_question *question, uint32_t *evidence);

#endif
