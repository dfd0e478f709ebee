#include "run/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "match/match.h"
#include "run/ledger.h"
#include "run/unlinked_file.h"
#include "run/worker.h"

enum {
    DEATHS_MAX = 3,
    TICK_MILLISECONDS = 100,
    STREAM_CHUNK = 4, /* reads from one worker before the others are asked again */
};
/* Workers watch --timeout themselves; one that does not react for so long is killed. */
static const double TIMEOUT_GRACE_SECONDS = 10;
/* After an interruption, time to finish the open unit as a partial one. */
static const double CANCEL_GRACE_SECONDS = 1;

/* The parent's end of one worker. */
struct slot {
    pid_t pid; /* 0 = none */
    int fd;
    bool timed_out; /* killed for it */
    size_t item;
    uint64_t bytes; /* read of the item in this attempt */
    double deadline;
    struct frame_buffer in;
};

struct pool {
    const struct engine *engine;
    const struct work_list *list;
    const struct pool_options *options;
    struct slot *slots;
    struct pollfd *polls;
    unsigned slot_count;
    struct ledger *ledgers; /* one an item */
    unsigned char *deaths;  /* one an item */
    volatile int *stop;     /* shared with the workers */
    size_t next_item, items_done;
    uint64_t bytes_done, bytes_total;
    uint64_t *item_bytes; /* read of each item */
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

/* ---- processes ---- */

static void prepare_child(const struct pool *pool, const struct slot *mine, pid_t parent) {
    /* the parent decides what an interruption means */
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        signal(ignored[i], SIG_IGN);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(0); /* it died before the line above */
    }
    for (unsigned i = 0; i < pool->slot_count; i++) {
        if (&pool->slots[i] != mine && pool->slots[i].pid != 0) {
            close(pool->slots[i].fd);
        }
    }
}

static void assign(struct pool *pool, struct slot *slot, size_t item) {
    double timeout = pool->engine->limits.timeout_seconds;
    slot->item = item;
    slot->bytes = 0;
    slot->timed_out = false;
    slot->deadline = timeout > 0 ? now_seconds() + timeout + TIMEOUT_GRACE_SECONDS : 0;
}

static int start_worker(struct pool *pool, struct slot *slot, size_t item, struct error *err) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return error_set_errno(err, errno, "no socket for a worker");
    }
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid < 0) {
        int os_errno = errno;
        close(ends[0]);
        close(ends[1]);
        return error_set_errno(err, os_errno, "no process for a worker");
    }
    if (pid == 0) {
        close(ends[0]);
        prepare_child(pool, slot, parent);
        const struct worker_job job = {.engine = pool->engine,
                                       .list = pool->list,
                                       .stop = pool->stop,
                                       .fd = ends[1],
                                       .first_item = (int64_t)item,
                                       .done = &pool->ledgers[item]};
        _exit(worker_run(&job));
    }
    close(ends[1]);
    slot->pid = pid;
    slot->fd = ends[0];
    slot->in.have = 0;
    assign(pool, slot, item);
    return 0;
}

/* Let go of a worker: KILL it, or let it end by itself now that its socket closes. Returns its wait
 * status. */
enum end_how { END_BY_ITSELF, END_KILL };
static int end_worker(struct slot *slot, enum end_how how) {
    int status = 0;
    if (how == END_KILL) {
        kill(slot->pid, SIGKILL);
    }
    close(slot->fd);
    while (waitpid(slot->pid, &status, 0) < 0 && errno == EINTR) {
    }
    slot->pid = 0;
    slot->fd = -1;
    slot->in.have = 0;
    return status;
}

static void finish_item(struct pool *pool, struct slot *slot) {
    struct ledger *ledger = &pool->ledgers[slot->item];
    ledger_sort(ledger);
    ledger_trim(ledger);
    pool->items_done++;
    pool->bytes_done += slot->bytes;
    pool->item_bytes[slot->item] += slot->bytes;
    slot->bytes = 0;
}

/* The worker of SLOT is free. */
static int next_job(struct pool *pool, struct slot *slot, struct error *err) {
    bool more = pool->next_item < pool->list->count && !cancelling(pool);
    if (slot->pid == 0) {
        return more ? start_worker(pool, slot, pool->next_item++, err) : 0;
    }
    if (!more) {
        end_worker(slot, END_BY_ITSELF);
        return 0;
    }
    uint64_t item = pool->next_item++;
    assign(pool, slot, (size_t)item);
    /* when the worker has just died, reading from it will tell */
    ssize_t sent = send(slot->fd, &item, sizeof item, MSG_NOSIGNAL);
    (void)sent;
    return 0;
}

/* ---- what happens when a worker dies ---- */

static int commit_failure(kind_list kinds, struct ledger *ledger, struct frame_unit place,
                          struct bytes name, unsigned traits, int code, const char *detail,
                          struct error *err) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(kinds, name, &shown);
    struct unit_facts *facts = shown.failed ? NULL : unit_facts_new(text_buffer_view(&shown), name);
    text_buffer_release(&shown);
    if (facts == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the record of a crash");
    }
    facts->traits |= traits;
    facts->status = COVERAGE_FAILED;
    facts->error_code = code;
    snprintf(facts->detail, sizeof facts->detail, "%s", detail);
    return ledger_commit(ledger, place, facts);
}

/* Record the unit that was being read; *whole_out tells whether that is the item itself. */
static int record_open_unit(kind_list kinds, struct ledger *ledger, const struct work_item *item,
                            int code, const char *detail, bool *whole_out, struct error *err) {
    *whole_out = false;
    if (ledger->open_count == 0) {
        return 0;
    }
    struct ledger_open *open = &ledger->open[ledger->open_count - 1];
    struct frame_unit place = {.seq = open->seq, .end = ledger->begun};
    *whole_out = bytes_equal(open->name, bytes_of_string(item->name));
    return commit_failure(kinds, ledger, place, open->name,
                          *whole_out && item->named ? (unsigned)UNIT_NAMED : 0, code, detail, err);
}

static int record_rest(kind_list kinds, struct ledger *ledger, const struct work_item *item,
                       int code, const char *detail, struct error *err) {
    const struct frame_unit last = {.seq = UINT64_MAX - 1, .end = UINT64_MAX};
    ledger_close(ledger);
    int rc =
        ledger_begin(ledger, (struct frame_begin){.seq = last.seq}, bytes_of_string(item->name));
    return rc < 0 ? error_set(err, rc, "no memory for the record of a crash")
                  : commit_failure(kinds, ledger, last, bytes_of_string(item->name),
                                   item->named ? UNIT_NAMED : 0, code, detail, err);
}

static void describe_death(const struct slot *slot, int status, double timeout, char *out,
                           size_t size) {
    if (slot->timed_out) {
        snprintf(out, size, "took longer than --timeout %g and did not react", timeout);
    } else if (WIFSIGNALED(status)) {
        snprintf(out, size, "a worker died while reading it (signal %d)", WTERMSIG(status));
    } else {
        snprintf(out, size, "a worker died while reading it (status %d)", WEXITSTATUS(status));
    }
}

static int worker_died(struct pool *pool, struct slot *slot, struct error *err) {
    const struct work_item *item = &pool->list->items[slot->item];
    struct ledger *ledger = &pool->ledgers[slot->item];
    int status = end_worker(slot, END_KILL);
    if (cancelling(pool)) {
        ledger_sort(ledger);
        ledger_trim(ledger);
        pool->bytes_done += slot->bytes;
        return 0;
    }
    char detail[160];
    bool whole;
    int code = slot->timed_out ? YINMA_E_TIMEOUT : YINMA_E_CRASHED;
    describe_death(slot, status, pool->engine->limits.timeout_seconds, detail, sizeof detail);
    int rc = record_open_unit(pool->engine->kinds.items, ledger, item, code, detail, &whole, err);
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
        return start_worker(pool, slot, slot->item, err);
    }
    if (!whole) {
        rc = record_rest(pool->engine->kinds.items, ledger, item, code, detail, err);
        if (rc < 0) {
            return rc;
        }
    }
    finish_item(pool, slot);
    return next_job(pool, slot, err);
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

static int add_unit(struct ledger *ledger, struct frame_unit place, struct bytes wire,
                    struct error *err) {
    struct unit_facts *facts = NULL;
    int rc = wire_get_unit(wire, &facts, err);
    return rc < 0 ? rc : ledger_commit(ledger, place, facts);
}

/* 0; YINMA_E_DAMAGED when the worker talks nonsense; other codes end the run. */
static int handle_frame(struct pool *pool, struct slot *slot, uint32_t type, struct bytes payload,
                        struct error *err) {
    struct ledger *ledger = &pool->ledgers[slot->item];
    struct frame_begin begin;
    struct frame_unit place;
    uint64_t bytes;
    switch (type) {
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
        return add_unit(ledger, place, bytes_from(payload, sizeof place), err);
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
        return next_job(pool, slot, err);
    default: /* FRAME_FATAL; frame_next lets nothing else through */
        if (payload.len != sizeof *err) {
            return YINMA_E_DAMAGED;
        }
        memcpy(err, payload.ptr, sizeof *err);
        err->text[sizeof err->text - 1] = '\0';
        return err->code < 0 ? err->code : YINMA_E_DAMAGED;
    }
}

static int handle_frames(struct pool *pool, struct slot *slot, struct error *err) {
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

static int read_worker(struct pool *pool, struct slot *slot, struct error *err) {
    for (int i = 0; i < STREAM_CHUNK && slot->pid != 0; i++) {
        switch (frame_receive(slot->fd, &slot->in)) {
        case FRAME_NOTHING:
            return 0;
        case FRAME_NO_MEMORY:
            return error_set(err, YINMA_E_MEMORY, "no memory for the answer of a worker");
        case FRAME_CLOSED:
            return worker_died(pool, slot, err);
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
                                     .bytes_total = pool->bytes_total,
                                     .items_done = pool->items_done,
                                     .items_total = pool->list->count};
    for (unsigned i = 0; i < pool->slot_count; i++) {
        if (pool->slots[i].pid != 0) {
            progress.bytes_done += pool->slots[i].bytes;
            progress.workers++;
        }
    }
    pool->options->progress(pool->options->progress_context, &progress);
}

/* Interruptions and workers that take too long. */
static void watch_clock(struct pool *pool, double now) {
    const volatile int *cancelled = pool->options->cancelled;
    if (cancelled != NULL && *cancelled != 0 && !cancelling(pool)) {
        *pool->stop = 1;
        pool->kill_at = now + CANCEL_GRACE_SECONDS;
    }
    for (unsigned i = 0; i < pool->slot_count; i++) {
        struct slot *slot = &pool->slots[i];
        if (slot->pid == 0) {
            continue;
        }
        if (slot->deadline > 0 && now > slot->deadline) {
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
    if (alive > 0 && poll(pool->polls, pool->slot_count, TICK_MILLISECONDS) < 0) {
        for (unsigned i = 0; i < pool->slot_count; i++) {
            pool->polls[i].revents = 0; /* a signal */
        }
    }
    return alive;
}

static int run_workers(struct pool *pool, struct error *err) {
    watch_clock(pool, now_seconds());
    for (unsigned i = 0; i < pool->slot_count; i++) {
        int rc = next_job(pool, &pool->slots[i], err);
        if (rc < 0) {
            return rc;
        }
    }
    while (poll_workers(pool) > 0) {
        for (unsigned i = 0; i < pool->slot_count; i++) {
            if (pool->polls[i].revents != 0) {
                int rc = read_worker(pool, &pool->slots[i], err);
                if (rc < 0) {
                    return rc;
                }
            }
        }
        double now = now_seconds();
        watch_clock(pool, now);
        tell_progress(pool, now);
    }
    return 0;
}

static int hand_over(struct pool *pool, struct pool_result *out, struct error *err) {
    if (pool->spool != NULL && fflush(pool->spool) != 0) {
        return error_set_errno(err, errno, "occurrences could not be kept (see TMPDIR)");
    }
    out->occurrences = pool->spool;
    pool->spool = NULL;
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
    void *shared =
        mmap(NULL, sizeof *pool->stop, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool->stop = shared == MAP_FAILED ? NULL : shared;
    if (pool->ledgers == NULL || pool->deaths == NULL || pool->item_bytes == NULL ||
        pool->slots == NULL || pool->polls == NULL || pool->stop == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the list of work");
    }
    for (size_t i = 0; i < items; i++) {
        const struct work_item *item = &pool->list->items[i];
        if (item->type == ITEM_STDIN) {
            pool->bytes_total = 0;
            break;
        }
        const struct work_piece *piece = item->piece;
        uint64_t size = piece != NULL ? piece->to - piece->from : item->size;
        pool->bytes_total += item->type == ITEM_FILE ? size : 0;
    }
    return 0;
}

static void release(struct pool *pool) {
    for (unsigned i = 0; pool->slots != NULL && i < pool->slot_count; i++) {
        if (pool->slots[i].pid != 0) {
            end_worker(&pool->slots[i], END_KILL);
        }
        frame_buffer_release(&pool->slots[i].in);
    }
    for (size_t i = 0; pool->ledgers != NULL && i < pool->list->count; i++) {
        ledger_release(&pool->ledgers[i]);
    }
    if (pool->stop != NULL) {
        munmap((void *)(uintptr_t)pool->stop, sizeof *pool->stop);
    }
    if (pool->spool != NULL) {
        (void)fclose(pool->spool);
    }
    free(pool->ledgers);
    free(pool->deaths);
    free(pool->item_bytes);
    free(pool->slots);
    free(pool->polls);
}

int pool_run(const struct engine *engine, const struct work_list *list,
             const struct pool_options *options, struct pool_result *out, struct error *err) {
    *out = (struct pool_result){0};
    struct pool pool = {.engine = engine, .list = list, .options = options};
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
