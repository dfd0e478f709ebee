#include "run/workers/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "run/workers/pool_state.h"

enum {
    TICK_MILLISECONDS = 100,
};
/* After an interruption, time to finish the open unit as a partial one. */
static const double CANCEL_GRACE_SECONDS = 1;

static void tell_progress(struct pool *pool, double now) {
    if (pool->options->progress == NULL || now - pool->last_tick < TICK_MILLISECONDS / 1e3) {
        return;
    }
    pool->last_tick = now;
    struct pool_progress progress = {.bytes_done = pool->bytes_done,
                                     .bytes_total = pool->total.bytes,
                                     .items_done = pool->files_done,
                                     .items_total = pool->total.files};
    uint64_t most = 0;
    for (unsigned i = 0; i < pool->slot_count; i++) {
        const struct worker_slot *slot = &pool->slots[i];
        progress.bytes_done += slot->pid != 0 ? slot->bytes : 0;
        progress.workers += slot->pid != 0;
        if (slot->pid != 0 && slot->item != NO_ITEM && slot->bytes >= most) {
            most = slot->bytes;
            progress.unit =
                ledger_current(&pool->ledgers[slot->item], &pool->list->items[slot->item]);
        }
    }
    pool->options->progress(pool->options->progress_context, &progress);
}

/* Interruptions and workers that take too long. */
static void watch_clock(struct pool *pool, double now) {
    const volatile int *cancelled = pool->options->cancelled;
    if (cancelled != NULL && *cancelled != 0 && !pool_cancelling(pool)) {
        atomic_store(&pool->board->stop, 1);
        pool->kill_at = now + CANCEL_GRACE_SECONDS;
    }
    for (unsigned i = 0; i < pool->slot_count; i++) {
        struct worker_slot *slot = &pool->slots[i];
        if (slot->pid == 0) {
            continue;
        }
        if (slot->item != NO_ITEM && slot->deadline > 0 && now > slot->deadline) {
            slot->timed_out = true;
            kill(slot->pid, SIGKILL); /* reading from it will tell */
        }
        if (pool_cancelling(pool) && now > pool->kill_at) {
            kill(slot->pid, SIGKILL);
        }
    }
}

static unsigned poll_workers(struct pool *pool) {
    unsigned alive = 0;
    for (unsigned i = 0; i < pool->slot_count; i++) {
        bool runs = pool->slots[i].pid != 0;
        pool->polls[i] = (struct pollfd){.fd = runs ? pool->slots[i].fd : -1, .events = POLLIN};
        alive += runs;
    }
    pool->polls[pool->slot_count] = (struct pollfd){.fd = pool->desk.orders, .events = POLLIN};
    if (alive > 0) { /* a signal ends it, too; all channels are looked at anyway */
        (void)poll(pool->polls, pool->slot_count + 1, TICK_MILLISECONDS);
    }
    return alive;
}

static bool has_workers(const struct pool *pool) {
    unsigned alive = 0;
    for (unsigned i = 0; i < pool->slot_count; i++) {
        alive += pool->slots[i].pid != 0;
    }
    return alive > 0;
}

static int read_workers(struct pool *pool, struct error *err) {
    for (unsigned i = 0; i < pool->slot_count; i++) {
        if (pool->slots[i].pid != 0) {
            int rc = pool_read_worker(pool, &pool->slots[i], err);
            if (rc < 0) {
                return rc;
            }
        }
    }
    return 0;
}

static int run_workers(struct pool *pool, struct error *err) {
    watch_clock(pool, pool_now_seconds());
    int rc = 0;
    for (unsigned i = 0; rc == 0 && i < pool->slot_count; i++) {
        rc = pool_next_worker(pool, &pool->slots[i], err);
    }
    while (rc == 0 && poll_workers(pool) > 0) {
        rc = read_workers(pool, err);
        if (rc == 0 && pool->polls[pool->slot_count].revents != 0) {
            rc = helper_desk_start(&pool->desk, err);
        }
        double now = pool_now_seconds();
        watch_clock(pool, now);
        tell_progress(pool, now);
        if (rc == 0 && !has_workers(pool)) {
            rc = pool_start_lost(pool, err);
        }
    }
    return rc;
}

static int hand_over(struct pool *pool, struct pool_result *out, struct error *err) {
    if (pool->spool != NULL && fflush(pool->spool) != 0) {
        return error_set_errno(err, errno, "occurrences could not be kept (see TMPDIR)");
    }
    out->occurrences = pool->spool;
    pool->spool = NULL;
    out->store = pool->store;
    pool->store = NULL;
    out->bytes_read = pool->bytes_done;
    out->item_bytes = pool->item_bytes;
    pool->item_bytes = NULL;
    out->finished = pool->finished;
    pool->finished = NULL;
    out->cancelled = pool_cancelling(pool);
    return pool_result_collect(out, pool->ledgers, pool->list->count, err);
}

static int prepare(struct pool *pool, struct error *err) {
    size_t items = pool->list->count;
    unsigned wanted = pool->options->workers == 0 ? 1 : pool->options->workers;
    pool->slot_count = items < wanted ? (unsigned)items : wanted;
    pool->ledgers = calloc(items + 1, sizeof *pool->ledgers);
    pool->deaths = calloc(items + 1, sizeof *pool->deaths);
    pool->item_bytes = calloc(items + 1, sizeof *pool->item_bytes);
    pool->slots = calloc(pool->slot_count + 1, sizeof *pool->slots);
    pool->polls = calloc(pool->slot_count + 1, sizeof *pool->polls);
    pool->finished = calloc(items + 1, sizeof *pool->finished);
    void *board =
        mmap(NULL, sizeof *pool->board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool->board = board == MAP_FAILED ? NULL : board;
    bool ready = pool->ledgers != NULL && pool->deaths != NULL && pool->item_bytes != NULL &&
                 pool->slots != NULL && pool->polls != NULL && pool->board != NULL &&
                 pool->finished != NULL;
    for (unsigned i = 0; ready && i < pool->slot_count; i++) {
        pool->slots[i].item = NO_ITEM;
        pool->slots[i].channel = channel_new();
        ready = pool->slots[i].channel != NULL;
    }
    if (!ready) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the list of work");
    }
    atomic_store(&pool->board->spare, wanted); /* until they are started */
    pool->board->piece_bytes = pool->options->piece_bytes;
    pool->total = work_total(pool->list);
    return helper_desk_open(&pool->desk, err);
}

static void release(struct pool *pool) {
    for (unsigned i = 0; pool->slots != NULL && i < pool->slot_count; i++) {
        if (pool->slots[i].pid != 0) {
            worker_slot_end(&pool->slots[i], END_KILL);
        }
        frame_buffer_release(&pool->slots[i].in);
        channel_free(pool->slots[i].channel);
    }
    helper_desk_close(&pool->desk);
    for (size_t i = 0; pool->ledgers != NULL && i < pool->list->count; i++) {
        ledger_release(&pool->ledgers[i]);
    }
    if (pool->board != NULL) {
        munmap(pool->board, sizeof *pool->board);
    }
    if (pool->spool != NULL) {
        (void)fclose(pool->spool);
    }
    facts_store_free(pool->store);
    free(pool->ledgers);
    free(pool->deaths);
    free(pool->finished);
    free(pool->item_bytes);
    free(pool->slots);
    free(pool->polls);
}

int pool_run(const struct engine *engine, const struct work_list *list,
             const struct pool_options *options, struct pool_result *out, struct error *err) {
    *out = (struct pool_result){0};
    struct pool pool = {
        .engine = engine, .list = list, .options = options, .desk = {.orders = -1, .asking = -1}};
    int rc = prepare(&pool, err);
    if (rc == 0) {
        rc = run_workers(&pool, err);
    }
    if (rc == 0) {
        rc = hand_over(&pool, out, err);
    }
    release(&pool);
    if (rc < 0) {
        pool_result_release(out);
    }
    return rc;
}
