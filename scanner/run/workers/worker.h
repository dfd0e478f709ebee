/* worker.h - the life of a forked worker: claim an item, say so, scan it, send frames. */
#ifndef YINMA_RUN_WORKERS_WORKER_H
#define YINMA_RUN_WORKERS_WORKER_H

#include "input/walk/walk.h"
#include "run/engine.h"
#include "run/ledger.h"
#include "run/workers/channel.h"
#include "run/workers/helper_desk.h"

/* What the pool and all workers share. */
struct worker_board {
    _Atomic int stop;         /* nonzero asks to finish early */
    _Atomic uint64_t claimed; /* items that were taken, from the first one on */
    _Atomic unsigned spare;   /* processors that no worker uses */
    uint64_t piece_bytes;     /* of streams; 0: as fits. Set once */
};

#define NO_ITEM SIZE_MAX

struct worker_job {
    const struct engine *engine;
    const struct work_list *list;
    struct worker_board *board;
    struct channel *channel;
    int fd; /* its socket, blocking */
    const struct helper_desk *desk;
    size_t first_item;         /* to begin with, before any is claimed, or NO_ITEM */
    bool whole;                /* scan the streams in first_item in one piece */
    const struct ledger *done; /* what is committed of first_item already; may be NULL */
};

/* Claims items until none is left. Returns the exit status of the process. */
int worker_run(const struct worker_job *job);

#endif
