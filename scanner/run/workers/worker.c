#include "run/workers/worker.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "run/pipeline.h"
#include "run/workers/crew.h"
#include "run/workers/helper_text.h"

enum { PROGRESS_BYTES = 2 * 1024 * 1024 };

struct worker {
    const struct worker_job *job;
    const struct ledger *done; /* of the item at hand, NULL when it runs for the first time */
    struct ledger_open *open;  /* units begun and not finished, outermost first; spans unused */
    size_t open_count, open_capacity;
    uint64_t next; /* number of the next unit to begin */
    uint64_t unreported;
    kind_set merged; /* kinds of which the parent merges the different values of all units */
    struct text_buffer wire;
    struct text_buffer outbox; /* a frame on its way */
};

/* What is in the channel is known to the pool whatever becomes of the worker. */
static bool post(struct worker *worker, enum frame_type type, struct bytes head,
                 struct bytes body) {
    frame_put(&worker->outbox, type, head, body);
    return channel_send(worker->job->channel, worker->job->fd, &worker->outbox);
}

static bool post_plain(struct worker *worker, enum frame_type type, struct bytes head) {
    return post(worker, type, head, (struct bytes){NULL, 0});
}

static void close_open_units(struct worker *worker, size_t keep) {
    while (worker->open_count > keep) {
        free((void *)(uintptr_t)worker->open[--worker->open_count].name.ptr);
    }
}

static bool push_open(struct worker *worker, uint64_t seq, struct bytes name) {
    if (worker->open_count == worker->open_capacity) {
        size_t capacity = worker->open_capacity * 2 + 8;
        struct ledger_open *grown = reallocarray(worker->open, capacity, sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        worker->open = grown;
        worker->open_capacity = capacity;
    }
    uint8_t *copy = malloc(name.len + 1);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, name.ptr, name.len);
    worker->open[worker->open_count++] =
        (struct ledger_open){.seq = seq, .name = bytes_of(copy, name.len)};
    return true;
}

/* Is the next unit committed already? Then step over it and over what was found inside it. */
static bool step_over(struct worker *worker) {
    const struct ledger_unit *unit =
        worker->done == NULL ? NULL : ledger_find(worker->done, worker->next);
    if (unit == NULL) {
        return false;
    }
    worker->next = unit->place.end;
    return true;
}

static void announce(struct worker *worker, uint64_t seq, size_t depth, struct bytes name) {
    struct frame_begin place = {.seq = seq, .depth = depth};
    /* a failure shows when the unit is finished */
    post(worker, FRAME_BEGIN, bytes_of(&place, sizeof place), name);
}

/* "a.tar!/b" stands in "a.tar". */
static bool stands_in(struct bytes name, struct bytes outer) {
    return name.len > outer.len + 2 && bytes_starts_with(name, outer) &&
           name.ptr[outer.len] == '!' && name.ptr[outer.len + 1] == '/';
}

/* Units that NAME does not stand in are over: a container that was read to its end says nothing. */
static void leave_others(struct worker *worker, struct bytes name) {
    while (worker->open_count > 0) {
        struct bytes top = worker->open[worker->open_count - 1].name;
        if (bytes_equal(top, name) || stands_in(name, top)) {
            break;
        }
        close_open_units(worker, worker->open_count - 1);
    }
}

static bool on_begin(void *context, struct bytes name, int *reason) {
    struct worker *worker = context;
    *reason = 0;
    if (step_over(worker)) {
        return false;
    }
    uint64_t seq = worker->next++;
    leave_others(worker, name);
    if (push_open(worker, seq, name)) {
        announce(worker, seq, worker->open_count - 1, name);
    }
    return true;
}

static int gone(struct error *err) {
    return error_set(err, YINMA_E_CANCELLED, "the pool of workers is gone");
}

/* The number under which FACTS were begun. A unit that never began (a missing path, a member that
 * cannot be opened) begins and ends here. False: it is committed already. */
static bool place_of(struct worker *worker, const struct unit_facts *facts,
                     struct frame_unit *place) {
    leave_others(worker, facts->path);
    size_t open = worker->open_count;
    if (open > 0 && bytes_equal(worker->open[open - 1].name, facts->path)) {
        place->seq = worker->open[open - 1].seq;
        close_open_units(worker, open - 1);
        return true;
    }
    if (step_over(worker)) {
        return false;
    }
    place->seq = worker->next++;
    announce(worker, place->seq, open, facts->path);
    return true;
}

static int on_done(void *context, struct unit_facts *facts, struct error *err) {
    struct worker *worker = context;
    struct frame_unit place;
    int rc = 0;
    if (place_of(worker, facts, &place)) {
        place.end = worker->next;
        if (!worker->job->engine->sketches && facts->piece.number == 0) {
            unit_facts_leave_hashes(facts, worker->merged);
        }
        text_buffer_clear(&worker->wire);
        wire_put_unit(facts, &worker->wire);
        if (worker->wire.failed) {
            rc = error_set(err, YINMA_E_MEMORY, "no memory for the facts of a unit");
        } else if (!post(worker, FRAME_DONE, bytes_of(&place, sizeof place),
                         text_buffer_view(&worker->wire))) {
            rc = gone(err);
        }
    }
    unit_facts_free(facts);
    return rc;
}

static int on_occurrences(void *context, struct bytes wire, struct error *err) {
    struct worker *worker = context;
    return post(worker, FRAME_OCCURRENCES, (struct bytes){NULL, 0}, wire) ? 0 : gone(err);
}

static void send_progress(struct worker *worker) {
    if (worker->unreported > 0) {
        post_plain(worker, FRAME_PROGRESS,
                   bytes_of(&worker->unreported, sizeof worker->unreported));
        worker->unreported = 0;
    }
}

static bool on_stopping(void *context) {
    const struct worker *worker = context;
    return atomic_load(&worker->job->board->stop) != 0;
}

static bool on_progress(void *context, uint64_t bytes) {
    struct worker *worker = context;
    worker->unreported += bytes;
    if (worker->unreported >= PROGRESS_BYTES) {
        send_progress(worker);
    }
    return on_stopping(worker);
}

static struct byte_source *on_pdf_text(void *context, struct byte_source *data,
                                       struct input_budget *budget, struct error *err) {
    const struct worker *worker = context;
    return helper_text_open(worker->job->desk->asking, HELPER_PDF_TEXT, data, budget, err);
}

static void on_shared(void *context) {
    post_plain(context, FRAME_SHARED, (struct bytes){NULL, 0});
}

/* False: the worker ends. */
static bool scan_item(struct worker *worker, struct pipeline *pipeline, uint64_t item,
                      const struct ledger *done) {
    const struct unit_sink sink = {.context = worker,
                                   .begin = on_begin,
                                   .done = on_done,
                                   .occurrences = on_occurrences,
                                   .shared = on_shared,
                                   .progress = on_progress,
                                   .stopping = on_stopping,
                                   .pdf_text = on_pdf_text};
    if (!post_plain(worker, FRAME_CLAIM, bytes_of(&item, sizeof item))) {
        return false;
    }
    worker->done = done;
    worker->next = 0;
    struct error err = {0};
    int rc = pipeline_scan(pipeline, &worker->job->list->items[item], &sink, &err);
    close_open_units(worker, 0);
    send_progress(worker);
    if (rc < 0 && rc != YINMA_E_CANCELLED) {
        err.code = rc;
        post_plain(worker, FRAME_FATAL, bytes_of(&err, sizeof err));
        return false;
    }
    if (rc == YINMA_E_CANCELLED) { /* the item stays unfinished */
        if (pipeline_wants_whole(pipeline)) {
            post_plain(worker, FRAME_AGAIN, (struct bytes){NULL, 0});
        }
        return false;
    }
    return post_plain(worker, FRAME_ITEM_DONE, (struct bytes){NULL, 0});
}

/* Whether the pool has heard of a claim or not: what nobody finishes, it has run again. */
static bool claim(const struct worker_job *job, uint64_t *item) {
    if (atomic_load(&job->board->stop) != 0) {
        return false;
    }
    *item = atomic_fetch_add(&job->board->claimed, 1);
    return *item < job->list->count;
}

int worker_run(const struct worker_job *job) {
    struct worker worker = {.job = job, .merged = engine_people_kinds(job->engine)};
    text_buffer_init(&worker.outbox, 0);
    text_buffer_init(&worker.wire, FRAME_PAYLOAD_MAX - sizeof(struct frame_unit));
    struct pipeline *pipeline = pipeline_new(job->engine);
    bool alive = pipeline != NULL;
    if (!alive) {
        struct error err = {0};
        error_set(&err, YINMA_E_MEMORY, "no memory for a worker");
        post_plain(&worker, FRAME_FATAL, bytes_of(&err, sizeof err));
    }
    if (alive) {
        const struct crew_lease lease = {&job->board->spare, channel_held(job->channel)};
        pipeline_lend(pipeline, &lease, job->board->piece_bytes);
        pipeline_keep_whole(pipeline, job->whole);
    }
    if (alive && job->first_item != NO_ITEM) {
        alive = scan_item(&worker, pipeline, job->first_item, job->done);
        pipeline_keep_whole(pipeline, false);
    }
    uint64_t item;
    while (alive && claim(job, &item)) {
        alive = scan_item(&worker, pipeline, item, NULL);
    }
    if (alive) {
        post_plain(&worker, FRAME_END, (struct bytes){NULL, 0});
    }
    pipeline_free(pipeline);
    close_open_units(&worker, 0);
    free(worker.open);
    text_buffer_release(&worker.wire);
    text_buffer_release(&worker.outbox);
    return 0;
}
