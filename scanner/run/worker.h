/* worker.h - the life of a forked worker: read the number of an item, scan it, send frames. */
#ifndef YINMA_RUN_WORKER_H
#define YINMA_RUN_WORKER_H

#include "input/walk.h"
#include "run/engine.h"
#include "run/ledger.h"

/* What the pool sends: the number of the item to scan, as a uint64_t. */
enum { WORKER_NO_ITEM = -1 };

struct worker_job {
    const struct engine *engine;
    const struct work_list *list;
    const volatile int *stop;  /* shared with the pool: nonzero asks to finish early */
    int fd;                    /* socket to the pool, blocking */
    int64_t first_item;        /* to begin with, or WORKER_NO_ITEM */
    const struct ledger *done; /* what is committed of first_item already; may be NULL */
};

/* Runs until the pool closes the socket. Returns the exit status of the process. */
int worker_run(const struct worker_job *job);

#endif
