/* pool_state.h - the inside of the pool, for the files that make it: pool.c runs it, pool_items.c
 * gives work to workers, pool_frames.c reads what they say. */
#ifndef YINMA_RUN_WORKERS_POOL_STATE_H
#define YINMA_RUN_WORKERS_POOL_STATE_H

#include <poll.h>

#include "run/ledger.h"
#include "run/workers/helper_desk.h"
#include "run/workers/pool.h"
#include "run/workers/work_total.h"
#include "run/workers/worker_slot.h"

struct pool {
    const struct engine *engine;
    const struct work_list *list;
    const struct pool_options *options;
    struct worker_slot *slots;
    struct pollfd *polls; /* one a slot, and that of the desk */
    struct helper_desk desk;
    unsigned slot_count;
    struct ledger *ledgers; /* one an item */
    unsigned char *deaths;  /* one an item */
    bool *finished;         /* … */
    struct worker_board *board;
    size_t first_open; /* all items before it are finished */
    size_t items_done, files_done;
    uint64_t bytes_done;
    struct work_total total;
    uint64_t *item_bytes;      /* read of each item */
    struct facts_store *store; /* of units that nothing is merged with; NULL: none yet */
    FILE *spool;
    uint64_t spool_at;
    double kill_at;   /* after an interruption; 0 = none */
    double last_tick; /* progress was told */
};

/* ---- pool_items.c: codes end the run ---- */

double pool_now_seconds(void);
/* Was it interrupted? */
bool pool_cancelling(const struct pool *pool);

/* The worker of SLOT works on ITEM from now on, or has finished it. */
void pool_assign(struct pool *pool, struct worker_slot *slot, size_t item);
void pool_finish_item(struct pool *pool, struct worker_slot *slot);

/* The worker of SLOT is gone: another one, if there is something to claim. */
int pool_next_worker(struct pool *pool, struct worker_slot *slot, struct error *err);
/* Its processor and those lent to it are spare from here on, until one is started again. How it
 * ended: as of waitpid(). */
int pool_end_worker(struct pool *pool, struct worker_slot *slot, enum end_how how);
int pool_worker_died(struct pool *pool, struct worker_slot *slot, struct error *err);
/* The worker has left its item: a stream in it could not be shared after all, and everything is
 * read anew. Or it died while it shared members, so nobody knows of which: it would die again of
 * the one that is to blame. */
int pool_run_again(struct pool *pool, struct worker_slot *slot, struct error *err);
/* All workers are gone: an item that one of them claimed before it died, and did not say so, is
 * nobody's. */
int pool_start_lost(struct pool *pool, struct error *err);

/* ---- pool_frames.c ---- */

/* What the worker of SLOT has to say by now. 0 or a code that ends the run. */
int pool_read_worker(struct pool *pool, struct worker_slot *slot, struct error *err);

#endif
