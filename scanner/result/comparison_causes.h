/* comparison_causes.h - what can have changed a finding, from the digests of two runs alone. */
#ifndef YINMA_RESULT_COMPARISON_CAUSES_H
#define YINMA_RESULT_COMPARISON_CAUSES_H

#include "result/change_entry.h"

struct run_pair {
    const struct results *before, *now;
    unsigned differs; /* run_differences() of them */
};

/* Did a run look at that unit? */
enum sight {
    SIGHT_READ,
    SIGHT_UNREAD,  /* it, or what it stands in, could not be read */
    SIGHT_ABSENT,  /* it would have been met, and is not there */
    SIGHT_OUTSIDE, /* the run was not asked to look there, or that cannot be told */
};
/* OTHER: the run that knows the unit. */
enum sight sight_of(const struct results *run, const struct unit_result *unit,
                    const struct results *other);
/* What the two runs differ in besides the data; rules are asked about one by one. */
unsigned run_differences(const struct results *before, const struct results *now);
/* The change and its causes; FIELD_GROWN: the values of the field are more or worse than on the
 * other side. */
void explain_change(const struct run_pair *pair, bool field_grown, struct change_entry *entry);

#endif
