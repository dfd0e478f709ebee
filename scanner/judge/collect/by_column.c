#include "judge/collect/by_column.h"

enum {
    VALUES_MIN = 5,      /* fewer say nothing about a column */
    DISTINCT_ENOUGH = 64 /* so many different values are no list of categories */
};

/* Four of five filled cells are whole values of the kind. */
static bool fills_column(const struct confidence_question *q, uint64_t values) {
    uint64_t filled = q->field->cells - q->field->empty;
    return q->field->cells != 0 && values >= VALUES_MIN && values * 5 >= filled * 4 &&
           q->facts->embedded * 5 <= values;
}

/* Colours, towns and states repeat; what tells people apart does not. */
static bool differs(const struct confidence_question *q, uint64_t clear) {
    uint64_t distinct = sketch_estimate(&q->facts->distinct);
    return distinct >= VALUES_MIN && (distinct >= DISTINCT_ENOUGH || distinct * 10 >= clear);
}

enum confidence confidence_by_column(const struct confidence_question *q) {
    const struct pattern *pattern = q->pattern;
    uint64_t values = 0, clear = q->count[STATE_CLEAR];
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        values += q->count[state];
    }
    if (pattern->column_like == NULL || q->name->strength != NAME_SAYS_NOTHING ||
        !fills_column(q, values)) {
        return CONFIDENCE_NONE;
    }
    bool hidden = clear * 5 < values; /* 王○明: the form of the mask speaks */
    if (!hidden &&
        (!differs(q, clear) || !pattern->column_like(kind_facts_groups(q->facts), clear))) {
        return CONFIDENCE_POSSIBLE;
    }
    /* A kind that makes sense only beside people's (a date of birth) is looked for beside them. */
    bool alone = pattern->company_by_column && !q->has_company;
    return alone ? CONFIDENCE_POSSIBLE : CONFIDENCE_LIKELY;
}
