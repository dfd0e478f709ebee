/* baseline.h - what has been accepted: a violation that it holds is known, one that is new or worse
 * is not (contract, section 4, "Baseline"). Entries hold no values; those about free text hold
 * fingerprints of values, which mean something only under the same key. */
#ifndef YINMA_RESULT_SAVED_BASELINE_H
#define YINMA_RESULT_SAVED_BASELINE_H

#include "result/results.h"

struct baseline_entry {
    char fingerprint[65];
    const char *rule, *about; /* about: kind or role; "" for neither */
    bool role;
    struct bytes source, table, column;
    enum mask_state state; /* the worst that is accepted; STATE_COUNT: none was told */
    uint64_t count;        /* in one unit */
    const char *reason, *approver, *expiry; /* "" = not given; expiry: ISO date, still good then */
    char key_id[17];
    const char **values; /* fingerprints; only for free text */
    size_t value_count;
};

struct baseline;

/* 0 or YINMA_E_MEMORY. */
int baseline_of_results(const struct results *results, struct baseline **out, struct error *err);
void baseline_free(struct baseline *baseline);

/* In order of rule, source, table, column, kind. */
size_t baseline_count(const struct baseline *baseline);
const struct baseline_entry *baseline_entry_at(const struct baseline *baseline, size_t index);

/* Mark the violations that BASELINE holds: they are known and do not count for the exit status.
 * Uses run.as_of and run.key_id. */
void baseline_apply(const struct baseline *baseline, struct results *results);

#endif
