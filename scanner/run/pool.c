#include "run/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "run/crash_record.h"
#include "run/helper_desk.h"
#include "run/ledger.h"
#include "run/unlinked_file.h"
#include "run/work_total.h"
#include "run/worker_slot.h"

enum {
    DEATHS_MAX = 3,
    TICK_MILLISECONDS = 100,
    STREAM_CHUNK = 16, /* reads from one worker before the others are asked again */
};
/* Workers watch --timeout themselves; one that does not react for so long is killed. */
static const double TIMEOUT_GRACE_SECONDS = 10;
/* After an interruption, time to finish the open unit as a partial one. */
static const double CANCEL_GRACE_SECONDS = 1;

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

static double now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool cancelling(const struct pool *pool) {
    return pool->kill_at > 0;
}

/* ---- items ---- */

static void assign(struct pool *pool, struct worker_slot *slot, size_t item) {
    double timeout = pool->engine->limits.timeout_seconds;
    slot->item = item;
    slot->bytes = 0;
    slot->timed_out = slot->shared = false;
    slot->deadline = timeout > 0 ? now_seconds() + timeout + TIMEOUT_GRACE_SECONDS : 0;
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

static void finish_item(struct pool *pool, struct worker_slot *slot) {
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

/* The worker of SLOT is gone: another one, if there is something to claim. */
static int next_worker(struct pool *pool, struct worker_slot *slot, struct error *err) {
    bool more = atomic_load(&pool->board->claimed) < pool->list->count && !cancelling(pool);
    return more ? start_worker(pool, slot, NO_ITEM, false, err) : 0;
}

/* Its processor and those lent to it are spare from here on, until one is started again. */
static int end_worker(struct pool *pool, struct worker_slot *slot, enum end_how how) {
    int status = worker_slot_end(slot, how);
    atomic_fetch_add(&pool->board->spare, 1 + atomic_exchange(channel_held(slot->channel), 0));
    return status;
}

/* ---- what happens when a worker dies ---- */

static void describe_death(const struct worker_slot *slot, int status, double timeout, char *out,
                           size_t size) {
    if (slot->timed_out) {
        snprintf(out, size, "took longer than --timeout %g and did not react", timeout);
    } else if (WIFSIGNALED(status)) {
        snprintf(out, size, "a worker died while reading it (signal %d)", WTERMSIG(status));
    } else {
        snprintf(out, size, "a worker died while reading it (status %d)", WEXITSTATUS(status));
    }
}

static int give_up_item(struct pool *pool, struct worker_slot *slot, bool told, int code,
                        const char *detail, struct error *err) {
    int rc = told ? 0
                  : crash_record_rest(pool->engine->kinds.items, &pool->ledgers[slot->item],
                                      &pool->list->items[slot->item], code, detail, err);
    if (rc == 0) {
        finish_item(pool, slot);
    }
    return rc;
}

/* A unit is open of which nothing is known, nor of anything in it. */
static bool nothing_told(const struct ledger *ledger) {
    return ledger->open_count > 0 && ledger->begun == ledger->open[ledger->open_count - 1].seq + 1;
}

static int worker_died(struct pool *pool, struct worker_slot *slot, struct error *err) {
    int status = end_worker(pool, slot, END_KILL);
    if (slot->item == NO_ITEM) { /* between two: what it claimed and did not say is found later */
        return 0;
    }
    const struct work_item *item = &pool->list->items[slot->item];
    struct ledger *ledger = &pool->ledgers[slot->item];
    char detail[160];
    bool whole;
    if (cancelling(pool)) {
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
    return rc < 0 ? rc : next_worker(pool, slot, err);
}

/* The worker has left its item: a stream in it could not be shared after all, and everything is
 * read anew. Or it died while it shared members, so nobody knows of which: it would die again of
 * the one that is to blame. */
static int run_again(struct pool *pool, struct worker_slot *slot, struct error *err) {
    struct ledger *ledger = &pool->ledgers[slot->item];
    size_t item = slot->item;
    end_worker(pool, slot, END_KILL);
    if (slot->again) {
        ledger_release(ledger);
    }
    ledger_close(ledger);
    ledger_sort(ledger);
    return start_worker(pool, slot, item, true, err);
}

/* All workers are gone: an item that one of them claimed before it died, and did not say so, is
 * nobody's. */
static int start_lost(struct pool *pool, struct error *err) {
    struct worker_slot *slot = &pool->slots[0];
    int rc = 0;
    while (rc == 0 && slot->pid == 0 && !cancelling(pool)) {
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
        rc = give_up_item(pool, slot, false, YINMA_E_CRASHED, "workers died before they read it",
                          err);
    }
    return rc;
}

/* ---- frames ---- */

static int add_occurrences(struct pool *pool, struct ledger *ledger, struct bytes wire,
                           struct error *err) {
    if (pool->spool == NULL) {
        int rc = unlinked_file_open(&pool->spool, err);
        if (rc < 0) {
            return rc;
        }
    }
    int rc = ledger_spool(ledger, pool->spool_at, wire.len);
    if (rc < 0) {
        return rc;
    }
    if (fwrite(wire.ptr, 1, wire.len, pool->spool) != wire.len) {
        return error_set_errno(err, errno, "occurrences could not be kept (see TMPDIR)");
    }
    pool->spool_at += wire.len;
    return 0;
}

/* Pieces are put together later, and what was asked for besides is added to. */
static bool may_store(const struct pool *pool, const struct work_item *item) {
    return item->piece == NULL && pool->engine->sought == NULL && pool->engine->reference == NULL;
}

static int add_unit(struct pool *pool, size_t item, struct frame_unit place, struct bytes wire,
                    struct error *err) {
    struct unit_facts *facts = NULL;
    bool store = may_store(pool, &pool->list->items[item]);
    if (store && pool->store == NULL) {
        pool->store = facts_store_new();
        if (pool->store == NULL) {
            return YINMA_E_MEMORY;
        }
    }
    int rc =
        store ? wire_store_unit(wire, pool->store, &facts, err) : wire_get_unit(wire, &facts, err);
    return rc < 0 ? rc : ledger_commit(&pool->ledgers[item], place, facts);
}

static int take_claim(struct pool *pool, struct worker_slot *slot, struct bytes payload) {
    uint64_t item;
    if (payload.len != sizeof item) {
        return YINMA_E_DAMAGED;
    }
    memcpy(&item, payload.ptr, sizeof item);
    if (item >= pool->list->count || pool->finished[item]) {
        return YINMA_E_DAMAGED;
    }
    assign(pool, slot, (size_t)item);
    return 0;
}

/* 0; YINMA_E_DAMAGED when the worker talks nonsense; other codes end the run. */
static int handle_frame(struct pool *pool, struct worker_slot *slot, uint32_t type,
                        struct bytes payload, struct error *err) {
    const bool has_item = slot->item != NO_ITEM;
    if (has_item == (type == FRAME_CLAIM || type == FRAME_END) && type != FRAME_FATAL) {
        return YINMA_E_DAMAGED;
    }
    struct ledger *ledger = has_item ? &pool->ledgers[slot->item] : NULL;
    struct frame_begin begin;
    struct frame_unit place;
    uint64_t bytes;
    switch (type) {
    case FRAME_CLAIM:
        return take_claim(pool, slot, payload);
    case FRAME_END:
        slot->ended = true;
        return 0;
    case FRAME_SHARED:
        slot->shared = true;
        return 0;
    case FRAME_AGAIN:
        slot->again = true;
        return 0;
    case FRAME_BEGIN:
        if (payload.len < sizeof begin) {
            return YINMA_E_DAMAGED;
        }
        memcpy(&begin, payload.ptr, sizeof begin);
        return ledger_begin(ledger, begin, bytes_from(payload, sizeof begin));
    case FRAME_DONE:
        if (payload.len < sizeof place) {
            return YINMA_E_DAMAGED;
        }
        memcpy(&place, payload.ptr, sizeof place);
        return add_unit(pool, slot->item, place, bytes_from(payload, sizeof place), err);
    case FRAME_OCCURRENCES:
        return add_occurrences(pool, ledger, payload, err);
    case FRAME_PROGRESS:
        if (payload.len != sizeof bytes) {
            return YINMA_E_DAMAGED;
        }
        memcpy(&bytes, payload.ptr, sizeof bytes);
        slot->bytes += bytes;
        return 0;
    case FRAME_ITEM_DONE:
        finish_item(pool, slot);
        return 0;
    default: /* FRAME_FATAL; frame_next lets nothing else through */
        if (payload.len != sizeof *err) {
            return YINMA_E_DAMAGED;
        }
        memcpy(err, payload.ptr, sizeof *err);
        err->text[sizeof err->text - 1] = '\0';
        return err->code < 0 ? err->code : YINMA_E_DAMAGED;
    }
}

static int handle_frames(struct pool *pool, struct worker_slot *slot, struct error *err) {
    size_t at = 0;
    uint32_t type;
    struct bytes payload;
    int rc = 0, found;
    while ((found = frame_next(&slot->in, &at, &type, &payload)) > 0) {
        rc = handle_frame(pool, slot, type, payload, err);
        if (rc < 0 || slot->pid == 0) {
            break; /* an ended worker has emptied its buffer */
        }
    }
    if (found < 0) {
        rc = YINMA_E_DAMAGED;
    }
    if (rc == YINMA_E_DAMAGED) {
        return worker_died(pool, slot, err);
    }
    if (rc == 0 && slot->pid != 0) {
        frame_discard(&slot->in, at);
    }
    return rc;
}

static int read_worker(struct pool *pool, struct worker_slot *slot, struct error *err) {
    for (int i = 0; i < STREAM_CHUNK && slot->pid != 0; i++) {
        switch (channel_receive(slot->channel, slot->fd, &slot->in)) {
        case FRAME_NOTHING:
            return 0;
        case FRAME_NO_MEMORY:
            return error_set(err, YINMA_E_MEMORY, "no memory for the answer of a worker");
        case FRAME_CLOSED:
            if (slot->ended) {
                end_worker(pool, slot, END_BY_ITSELF);
                return 0;
            }
            return (slot->again || slot->shared) && !cancelling(pool)
                       ? run_again(pool, slot, err)
                       : worker_died(pool, slot, err);
        case FRAME_MORE:
        default:
            break;
        }
        int rc = handle_frames(pool, slot, err);
        if (rc < 0) {
            return rc;
        }
    }
    return 0;
}

/* ---- the loop ---- */

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
    if (cancelled != NULL && *cancelled != 0 && !cancelling(pool)) {
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
        if (cancelling(pool) && now > pool->kill_at) {
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
            int rc = read_worker(pool, &pool->slots[i], err);
            if (rc < 0) {
                return rc;
            }
        }
    }
    return 0;
}

static int run_workers(struct pool *pool, struct error *err) {
    watch_clock(pool, now_seconds());
    int rc = 0;
    for (unsigned i = 0; rc == 0 && i < pool->slot_count; i++) {
        rc = next_worker(pool, &pool->slots[i], err);
    }
    while (rc == 0 && poll_workers(pool) > 0) {
        rc = read_workers(pool, err);
        if (rc == 0 && pool->polls[pool->slot_count].revents != 0) {
            rc = helper_desk_start(&pool->desk, err);
        }
        double now = now_seconds();
        watch_clock(pool, now);
        tell_progress(pool, now);
        if (rc == 0 && !has_workers(pool)) {
            rc = start_lost(pool, err);
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
    out->unfinished = pool->list->count - pool->items_done;
    out->cancelled = cancelling(pool);
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
