/* baseline_work.h - the inside of a baseline while it is made, for the files that make one. */
#ifndef YINMA_RESULT_SAVED_BASELINE_WORK_H
#define YINMA_RESULT_SAVED_BASELINE_WORK_H

#include "core/arena.h"
#include "result/saved/baseline.h"

struct baseline {
    struct baseline_entry *entries; /* by fingerprint */
    size_t count, room;
    const struct baseline_entry **sorted; /* as they are shown */
    struct arena arena;
};

/* Empty; NULL when memory is out. */
struct baseline *baseline_new(void);
/* A copy of TEXT that lives as long as BASELINE; NULL when memory is out. */
const char *baseline_keep(struct baseline *baseline, struct bytes text);
/* 0 or YINMA_E_MEMORY. */
int baseline_add(struct baseline *baseline, const struct baseline_entry *entry, struct error *err);
/* All are in: entries of the same fingerprint become one; both orders are made. 0 or
 * YINMA_E_MEMORY. */
int baseline_finish(struct baseline *baseline, struct error *err);

/* YINMA_E_MEMORY with its text. */
int baseline_no_memory(struct error *err);

#endif
