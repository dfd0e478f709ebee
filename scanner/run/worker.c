#include "run/worker.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "run/pipeline.h"

enum { PROGRESS_BYTES = 2 * 1024 * 1024 };

struct worker {
    const struct worker_job *job;
    const struct ledger *done; /* of the item at hand, NULL when it runs for the first time */
    struct ledger_open *open;  /* units begun and not finished, outermost first; spans unused */
    size_t open_count, open_capacity;
    uint64_t next; /* number of the next unit to begin */
    uint64_t unreported;
    struct text_buffer wire;
    struct text_buffer outbox; /* frames not sent yet: many small files make one message */
};

/* Frames may wait in the outbox until a unit begins (the pool must know what a crash takes with
 * it), until much has gathered, or until there is nothing to do. */
enum { OUTBOX_BYTES = 64 * 1024 };

static bool post(struct worker *worker, enum frame_type type, struct bytes head,
                 struct bytes body) {
    frame_put(&worker->outbox, type, head, body);
    return (worker->outbox.len < OUTBOX_BYTES && !worker->outbox.failed) ||
           frame_flush(worker->job->fd, &worker->outbox);
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
    frame_put(&worker->outbox, FRAME_BEGIN, bytes_of(&place, sizeof place), name);
    frame_flush(worker->job->fd, &worker->outbox);
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
        post(worker, FRAME_PROGRESS, bytes_of(&worker->unreported, sizeof worker->unreported),
             (struct bytes){NULL, 0});
        worker->unreported = 0;
    }
}

static bool on_progress(void *context, uint64_t bytes) {
    struct worker *worker = context;
    worker->unreported += bytes;
    if (worker->unreported >= PROGRESS_BYTES) {
        send_progress(worker);
    }
    return *worker->job->stop != 0;
}

/* False: the worker ends. */
static bool scan_item(struct worker *worker, struct pipeline *pipeline, uint64_t item,
                      const struct ledger *done) {
    const struct unit_sink sink = {.context = worker,
                                   .begin = on_begin,
                                   .done = on_done,
                                   .occurrences = on_occurrences,
                                   .progress = on_progress};
    if (item >= worker->job->list->count) {
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
        post(worker, FRAME_FATAL, bytes_of(&err, sizeof err), (struct bytes){NULL, 0});
        return false;
    }
    if (rc == YINMA_E_CANCELLED) {
        return false; /* the item stays unfinished */
    }
    return post(worker, FRAME_ITEM_DONE, (struct bytes){NULL, 0}, (struct bytes){NULL, 0});
}

static ssize_t receive_item(int fd, uint64_t *item, int flags) {
    ssize_t got;
    do {
        got = recv(fd, item, sizeof *item, flags);
    } while (got < 0 && errno == EINTR);
    return got;
}

static bool next_item(struct worker *worker, uint64_t *item) {
    int fd = worker->job->fd;
    if (receive_item(fd, item, MSG_DONTWAIT) == (ssize_t)sizeof *item) {
        return true;
    }
    return frame_flush(fd, &worker->outbox) &&
           receive_item(fd, item, MSG_WAITALL) == (ssize_t)sizeof *item;
}

int worker_run(const struct worker_job *job) {
    struct worker worker = {.job = job};
    text_buffer_init(&worker.outbox, 0);
    text_buffer_init(&worker.wire, FRAME_PAYLOAD_MAX - sizeof(struct frame_unit));
    struct pipeline *pipeline = pipeline_new(job->engine);
    bool alive = pipeline != NULL;
    if (!alive) {
        struct error err = {0};
        error_set(&err, YINMA_E_MEMORY, "no memory for a worker");
        post(&worker, FRAME_FATAL, bytes_of(&err, sizeof err), (struct bytes){NULL, 0});
    }
    if (alive && job->first_item != WORKER_NO_ITEM) {
        alive = scan_item(&worker, pipeline, (uint64_t)job->first_item, job->done);
    }
    uint64_t item;
    while (alive && next_item(&worker, &item)) {
        alive = scan_item(&worker, pipeline, item, NULL);
    }
    frame_flush(job->fd, &worker.outbox);
    pipeline_free(pipeline);
    close_open_units(&worker, 0);
    free(worker.open);
    text_buffer_release(&worker.wire);
    text_buffer_release(&worker.outbox);
    return 0;
}
