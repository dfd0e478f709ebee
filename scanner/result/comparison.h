/* comparison.h - what became of the findings of one run in another: new, more, the same, fewer,
 * gone, or not looked at this time, each with what can have caused it. Findings are fields (by
 * source, table, column and kind) and violations (by rule besides). What several units of one
 * source hold counts as the worst of them, as in baselines.
 *
 * A cause is told only where the runs leave room for it: an upgrade of the program or of its rules
 * must never look like a leak, nor a leak like an upgrade. Where more than one is possible, all are
 * told and none is certain. */
#ifndef YINMA_RESULT_COMPARISON_H
#define YINMA_RESULT_COMPARISON_H

#include "result/change_entry.h"

struct comparison {
    const struct results *before, *now; /* not owned; must outlive it */
    unsigned differs;                   /* causes besides the data that the runs leave room for */
    struct change_entry *entries;       /* by change, severity, source, table, column, kind, rule */
    size_t count;
    uint64_t violations[CHANGE_COUNT], fields[CHANGE_COUNT];
    uint64_t by_data; /* new or more violations that data (values, a new unit) can have caused */
};

/* 0 or YINMA_E_MEMORY. */
int comparison_make(const struct results *before, const struct results *now, struct comparison *out,
                    struct error *err);
void comparison_release(struct comparison *comparison);

#endif
