/* pool_items.c - who works on what, and what happens when a worker dies. */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

#include "run/workers/crash_record.h"
#include "run/workers/pool_state.h"

enum { DEATHS_MAX = 3 };
/* Workers watch --timeout themselves; one that does not react for so long is killed. */
static const double TIMEOUT_GRACE_SECONDS = 10;

double pool_now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool pool_cancelling(const struct pool *pool) {
    return pool->kill_at > 0;
}

void pool_assign(struct pool *pool, struct worker_slot *slot, size_t item) {
    double timeout = pool->engine->limits.timeout_seconds;
    slot->item = item;
    slot->bytes = 0;
    slot->timed_out = slot->shared = false;
    slot->deadline = timeout > 0 ? pool_now_seconds() + timeout + TIMEOUT_GRACE_SECONDS : 0;
}

/* To begin with ITEM, or NO_ITEM. What the worker before had borrowed is there again. */
static int start_worker(struct pool *pool, struct worker_slot *slot, size_t item, bool whole,
                        struct error *err) {
    const struct worker_job job = {.engine = pool->engine,
                                   .list = pool->list,
                                   .board = pool->board,
                                   .desk = &pool->desk,
                                   .first_item = item,
                                   .whole = whole,
                                   .done = item == NO_ITEM ? NULL : &pool->ledgers[item]};
    unsigned spare = atomic_load(&pool->board->spare);
    while (spare > 0 && !atomic_compare_exchange_weak(&pool->board->spare, &spare, spare - 1)) {
    }
    return worker_slot_start(slot, pool->slots, pool->slot_count, &job, err);
}

void pool_finish_item(struct pool *pool, struct worker_slot *slot) {
    struct ledger *ledger = &pool->ledgers[slot->item];
    ledger_sort(ledger);
    ledger_trim(ledger);
    pool->finished[slot->item] = true;
    pool->items_done++;
    pool->files_done += work_ends_file(&pool->list->items[slot->item]);
    pool->bytes_done += slot->bytes;
    pool->item_bytes[slot->item] += slot->bytes;
    slot->bytes = 0;
    slot->item = NO_ITEM;
}

int pool_next_worker(struct pool *pool, struct worker_slot *slot, struct error *err) {
    bool more = atomic_load(&pool->board->claimed) < pool->list->count && !pool_cancelling(pool);
    return more ? start_worker(pool, slot, NO_ITEM, false, err) : 0;
}

int pool_end_worker(struct pool *pool, struct worker_slot *slot, enum end_how how) {
    int status = worker_slot_end(slot, how);
    atomic_fetch_add(&pool->board->spare, 1 + atomic_exchange(channel_held(slot->channel), 0));
    return status;
}

/* ---- what happens when a worker dies ---- */

static void describe_death(const struct worker_slot *slot, int status, double timeout, char *out,
                           size_t size) {
    if (slot->timed_out) {
        snprintf(out, size, SAID("took longer than --timeout %g and did not react"), timeout);
    } else if (WIFSIGNALED(status)) {
        snprintf(out, size, SAID("a worker died while reading it (signal %d)"), WTERMSIG(status));
    } else {
        snprintf(out, size, SAID("a worker died while reading it (status %d)"),
                 WEXITSTATUS(status));
    }
}

static int give_up_item(struct pool *pool, struct worker_slot *slot, bool told, int code,
                        const char *detail, struct error *err) {
    int rc = told ? 0
                  : crash_record_rest(pool->engine->kinds.items, &pool->ledgers[slot->item],
                                      &pool->list->items[slot->item], code, detail, err);
    if (rc == 0) {
        pool_finish_item(pool, slot);
    }
    return rc;
}

/* A unit is open of which nothing is known, nor of anything in it. */
static bool nothing_told(const struct ledger *ledger) {
    return ledger->open_count > 0 && ledger->begun == ledger->open[ledger->open_count - 1].seq + 1;
}

int pool_worker_died(struct pool *pool, struct worker_slot *slot, struct error *err) {
    int status = pool_end_worker(pool, slot, END_KILL);
    if (slot->item == NO_ITEM) { /* between two: what it claimed and did not say is found later */
        return 0;
    }
    const struct work_item *item = &pool->list->items[slot->item];
    struct ledger *ledger = &pool->ledgers[slot->item];
    char detail[160];
    bool whole;
    if (pool_cancelling(pool)) {
        int told =
            nothing_told(ledger)
                ? crash_record_open(pool->engine->kinds.items, ledger, item, YINMA_E_CANCELLED,
                                    "interrupted before its end", &whole, err)
                : 0;
        ledger_sort(ledger);
        ledger_trim(ledger);
        pool->bytes_done += slot->bytes;
        return told;
    }
    int code = slot->timed_out ? YINMA_E_TIMEOUT : YINMA_E_CRASHED;
    describe_death(slot, status, pool->engine->limits.timeout_seconds, detail, sizeof detail);
    int rc = crash_record_open(pool->engine->kinds.items, ledger, item, code, detail, &whole, err);
    if (rc < 0) {
        return rc;
    }
    pool->deaths[slot->item]++;
    /* a stream cannot be read a second time, and what took too long would do so again */
    bool give_up = whole || slot->timed_out || item->type == ITEM_STDIN ||
                   pool->deaths[slot->item] >= DEATHS_MAX;
    if (!give_up) {
        ledger_close(ledger);
        ledger_sort(ledger);
        return start_worker(pool, slot, slot->item, false, err);
    }
    rc = give_up_item(pool, slot, whole, code, detail, err);
    return rc < 0 ? rc : pool_next_worker(pool, slot, err);
}

int pool_run_again(struct pool *pool, struct worker_slot *slot, struct error *err) {
    struct ledger *ledger = &pool->ledgers[slot->item];
    size_t item = slot->item;
    pool_end_worker(pool, slot, END_KILL);
    if (slot->again) {
        ledger_release(ledger);
    }
    ledger_close(ledger);
    ledger_sort(ledger);
    return start_worker(pool, slot, item, true, err);
}

int pool_start_lost(struct pool *pool, struct error *err) {
    struct worker_slot *slot = &pool->slots[0];
    int rc = 0;
    while (rc == 0 && slot->pid == 0 && !pool_cancelling(pool)) {
        while (pool->first_open < pool->list->count && pool->finished[pool->first_open]) {
            pool->first_open++;
        }
        if (pool->first_open == pool->list->count) {
            break;
        }
        if (++pool->deaths[pool->first_open] <= DEATHS_MAX) {
            rc = start_worker(pool, slot, pool->first_open, false, err);
            continue;
        }
        slot->item = pool->first_open;
        slot->bytes = 0;
        rc = give_up_item(pool, slot, false, YINMA_E_CRASHED,
                          SAID("workers died before they read it"), err);
    }
    return rc;
}
