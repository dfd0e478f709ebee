/* pool.h - work items over forked workers. Each worker runs one pipeline; facts come back over a
 * pipe, are committed per finished unit and put in the order of the items. A worker that dies takes
 * only its current unit with it: the item is run again with a skip list (what is committed, what
 * died); after three deaths the rest of the item is `crashed`. */
#ifndef YINMA_RUN_WORKERS_POOL_H
#define YINMA_RUN_WORKERS_POOL_H

#include "result/results.h"
#include "run/pipeline.h"

struct pool_progress {
    uint64_t bytes_done, bytes_total; /* total: sizes of the plain files; 0 = unknown */
    size_t items_done, items_total;   /* files and streams */
    struct bytes unit; /* in clear: what the worker reads that has read most of its file */
    unsigned workers;
};

struct pool_options {
    unsigned workers;              /* 1: still one forked worker, so that a crash stays apart */
    const volatile int *cancelled; /* becomes nonzero when the user interrupts; may be NULL */
    void (*progress)(void *context, const struct pool_progress *progress); /* may be NULL */
    void *progress_context;
    uint64_t piece_bytes; /* large files are taken to pieces of about that size
                             (run/pieces/ranges.h); 0: as fits the workers. Set by tests of it */
};

struct pool_result {
    struct unit_facts *units; /* linked by next, in the order of items and of units within them */
    size_t unit_count;
    struct facts_store *store;       /* holds some of them; NULL: none */
    FILE *occurrences;               /* spool of all occurrences, or NULL */
    struct occurrence_chunk *chunks; /* unit = index in the list */
    size_t chunk_count;
    uint64_t bytes_read;
    uint64_t *item_bytes; /* the same by item */
    bool *finished;       /* … of which all was read */
    bool cancelled;       /* interrupted: what is here is partial */
};

/* 0 or YINMA_E_MEMORY, YINMA_E_IO (no pipe, no process). Items that could not be finished because
 * of an interruption may have no unit (workers/unread_items.h). */
int pool_run(const struct engine *engine, const struct work_list *list,
             const struct pool_options *options, struct pool_result *out, struct error *err);
void pool_result_release(struct pool_result *result);

struct ledger;

/* Move the committed units of COUNT ledgers to OUT, in order. 0 or YINMA_E_MEMORY. */
int pool_result_collect(struct pool_result *out, struct ledger *ledgers, size_t count,
                        struct error *err);

#endif
