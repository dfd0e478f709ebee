/* ndjson_read.h - saved results (--format ndjson) as results again, for other reports. Several
 * runs, in one file or in many, become one: units stay apart, totals add up, and what the runs do
 * not agree upon is left out of what is said of the run. Occurrences are not kept.
 *
 * The files are data: every one may be cut off, edited or none of ours. */
#ifndef YINMA_RESULT_SAVED_NDJSON_READ_H
#define YINMA_RESULT_SAVED_NDJSON_READ_H

#include <stdio.h>

#include "core/arena.h"
#include "result/results.h"

struct baseline;

struct saved_results {
    struct results results; /* good after saved_results_finish; pointers of it end with this */
    struct arena names;     /* what the results do not own */
    unsigned runs;
    bool keys_differ;        /* fingerprints and numbers of people cannot be put together */
    bool occurrences_lost;   /* there were some */
    struct saved_work *work; /* of ndjson_read.c */
};

/* CATALOG: where texts of rules come from that are known here; NULL: only from the files. It must
 * outlive OUT. YINMA_E_MEMORY. */
int saved_results_init(struct saved_results *out, const struct catalog *catalog, struct error *err);

/* Add all runs in FILE. NAME is for messages. 0, YINMA_E_DAMAGED with "NAME:LINE: what is wrong",
 * YINMA_E_IO, YINMA_E_MEMORY; after an error only release is allowed. */
int saved_results_add(struct saved_results *into, FILE *file, const char *name, struct error *err);

/* All files are in: connect what belongs together and sum up. BASELINE: what is known, or NULL.
 * FAIL_ON NULL: as the runs were called. summary.status becomes the exit status. 0 or
 * YINMA_E_MEMORY. */
int saved_results_finish(struct saved_results *saved, const struct baseline *baseline,
                         const enum severity *fail_on, struct error *err);

void saved_results_release(struct saved_results *saved);

#endif
