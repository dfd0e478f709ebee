/* trial.h - one value as a scan would judge it: it goes through the same matcher, collector and
 * verdict as the values of files, in a segment that is made here. For `explain --value`. */
#ifndef YINMA_RUN_TRIAL_H
#define YINMA_RUN_TRIAL_H

#include "run/engine.h"

struct trial_place {
    struct bytes before; /* running text: what stands directly before the value */
    struct bytes column; /* cells: the name of their column; "" = none */
    unsigned cells;      /* a column of so many cells that all hold the value; 0: running text */
};

/* By number of the kind. */
struct trial_outcome {
    enum confidence confidence[PATTERN_MAX]; /* CONFIDENCE_NONE: a scan does not count it */
    uint32_t evidence[PATTERN_MAX];          /* set of enum evidence */
};

/* VALUE and the rest are UTF-8. 0 or YINMA_E_MEMORY. */
int trial_run(const struct engine *engine, const struct trial_place *place, struct bytes value,
              struct trial_outcome *out, struct error *err);

#endif
