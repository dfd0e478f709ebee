#include "run/unit_jobs.h"

#include <stdlib.h>

#include "decode/decoder.h"
#include "input/neighbours/beside.h"
#include "run/large_buffer.h"
#include "run/pieces/unit_share.h"
#include "run/rejoined.h"

enum {
    JOBS = 32,
    SPARES = 4,
    FIRST_MEMBERS = 8,             /* so few small ones are not worth a thread */
    FIRST_BYTES = 256 * 1024,      /* room for one whose size nobody tells, at first */
    UNIT_BYTES = 24 * 1024 * 1024, /* larger ones are not copied */
    COPIED_BYTES = 512 * 1024, /* larger ones are read anew by whoever scans them, if they can */
    ALONE_BYTES = 16 * 1024 * 1024, /* still larger ones are for all hands when nothing else is */
    BYTES_MOST = 48 * 1024 * 1024,  /* of all that wait */
};

struct unit_job {
    struct crew_job job;
    const struct engine *engine;
    uint8_t *bytes; /* the name, then the content */
    size_t name_len, len;
    struct large_buffer large; /* where they stand; none: they are malloc'ed */
    struct byte_source *again; /* the content is read from here, in the job; NULL: from `bytes` */
    uint64_t packed;           /* bytes of the archive */
    struct input_budget budget;
    struct input_budget before; /* how the budget began */
    uint64_t read;              /* of the item when the unit had been, without what jobs read */
    const struct unit_sink *sink;
    struct unit_facts *facts;
    int status;
    struct error err;
};

struct unit_jobs {
    struct unit_job ring[JOBS];
    uint64_t posted, settled;
    size_t bytes;                       /* of those that are neither */
    uint64_t packed;                    /* … */
    uint64_t read;                      /* by jobs that are settled, of the item at hand */
    struct large_buffer spares[SPARES]; /* of jobs that were settled */
};

void unit_jobs_free(struct unit_jobs *jobs) {
    for (unsigned i = 0; jobs != NULL && i < SPARES; i++) {
        large_buffer_release(&jobs->spares[i]);
    }
    free(jobs);
}

/* A spare buffer of CAPACITY, or none. One that is too small is let go of. */
static struct large_buffer take_spare(struct unit_jobs *jobs, size_t capacity) {
    struct large_buffer *spare = &jobs->spares[0];
    for (unsigned i = 0; i < SPARES && spare->capacity < capacity; i++) {
        spare = &jobs->spares[i];
    }
    if (spare->capacity < capacity) {
        large_buffer_release(spare);
    }
    struct large_buffer taken = *spare;
    *spare = (struct large_buffer){NULL, 0};
    return taken;
}

static void keep_spare(struct unit_jobs *jobs, struct large_buffer *buffer) {
    size_t kept = jobs->bytes + buffer->capacity;
    struct large_buffer *place = NULL;
    for (unsigned i = 0; i < SPARES; i++) {
        kept += jobs->spares[i].capacity;
        place = jobs->spares[i].bytes == NULL ? &jobs->spares[i] : place;
    }
    if (place == NULL || kept > BYTES_MOST) {
        large_buffer_release(buffer);
        return;
    }
    *place = *buffer;
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a member");
}

static bool asks_to_stop(void *context, uint64_t bytes) {
    const struct unit_job *job = context;
    (void)bytes;
    return job->sink->stopping != NULL && job->sink->stopping(job->sink->context);
}

/* In any thread. */
static void work(struct crew_job *crew_job, struct unit_scan *scan) {
    struct unit_job *job = (struct unit_job *)crew_job;
    const struct unit_sink sink = {.context = job, .progress = asks_to_stop};
    struct bytes head = {NULL, 0};
    bool whole;
    uint64_t reported = 0;
    struct byte_source *source = job->again;
    if (source == NULL) {
        source = rejoined_view(bytes_of(job->bytes + job->name_len, job->len));
    }
    source = source == NULL ? NULL : input_peek(source, &head, &whole, &job->err);
    source = source == NULL ? NULL : input_unit(source, &job->budget, &job->err);
    if (source == NULL) {
        job->status = out_of_memory(&job->err);
        return;
    }
    const struct unit_scan_input input = {.source = source,
                                          .head = head,
                                          .whole = whole,
                                          .name = bytes_of(job->bytes, job->name_len),
                                          .budget = &job->budget,
                                          .sink = &sink,
                                          .reported = &reported};
    job->status = unit_scan_run(scan, &input, job->facts, &job->err);
}

/* ---- telling ---- */

/* As scanning it in its place would have told. */
static int tell_progress(struct passage *p, const struct unit_job *job, struct error *err) {
    const uint64_t read = job->read + p->pipeline->jobs->read;
    if (p->sink->progress == NULL || read <= p->reported || (job->len == 0 && job->again == NULL)) {
        return 0;
    }
    uint64_t more = read - p->reported;
    p->reported = read;
    return p->sink->progress(p->sink->context, more)
               ? error_set(err, YINMA_E_CANCELLED, "interrupted")
               : 0;
}

/* What JOB read is counted now. False: together with others it may have been too much, and who
 * reads one after the other would have stopped somewhere. */
static bool count_amount(struct passage *p, const struct unit_job *job) {
    const uint64_t read = job->budget.compressed_bytes - job->before.compressed_bytes;
    const uint64_t delivered = job->budget.delivered_bytes - job->before.delivered_bytes;
    const uint64_t blocks = job->budget.block_bytes - job->before.block_bytes;
    const uint64_t ratio = p->budget.limits->max_ratio;
    p->budget.compressed_bytes += read;
    p->budget.delivered_bytes += delivered;
    p->budget.block_bytes += blocks;
    p->pipeline->jobs->read += read;
    return ratio == 0 || delivered / ratio < read + blocks;
}

static int tell_facts(struct passage *p, struct unit_job *job, struct error *err) {
    int status = job->status, reason = 0;
    if (job->again != NULL && !count_amount(p, job)) {
        return passage_want_whole(p, err);
    }
    if (status != 0) {
        *err = job->err;
    }
    if ((status == 0 || status == YINMA_E_CANCELLED) &&
        (p->sink->begin == NULL ||
         p->sink->begin(p->sink->context, bytes_of(job->bytes, job->name_len), &reason))) {
        int told = passage_tell(p, job->facts, err);
        job->facts = NULL;
        status = status == 0 ? told : status;
        status = status == 0 ? tell_progress(p, job, err) : status;
    }
    return status;
}

static int settle_oldest(struct passage *p, struct error *err) {
    struct pipeline *pipeline = p->pipeline;
    struct unit_jobs *jobs = pipeline->jobs;
    struct unit_job *job = &jobs->ring[jobs->settled++ % JOBS];
    crew_wait(pipeline->crew, &job->job, pipeline->unit_scan);
    int status = tell_facts(p, job, err);
    unit_facts_free(job->facts);
    jobs->bytes -= job->name_len + job->len;
    jobs->packed -= job->packed;
    if (job->large.bytes != NULL) {
        keep_spare(jobs, &job->large);
    } else {
        free(job->bytes);
    }
    return status;
}

int unit_jobs_settle(struct passage *p, struct error *err) {
    struct unit_jobs *jobs = p->pipeline->jobs;
    int status = 0;
    while (jobs != NULL && jobs->settled < jobs->posted) {
        struct error later = {0};
        int code = settle_oldest(p, status == 0 ? err : &later);
        status = status == 0 ? code : status;
    }
    if (p->lent) {
        unit_share_dismiss(p->pipeline);
        p->lent = false;
    }
    return status;
}

/* ---- offering ---- */

static bool says_nothing(const struct content_hint *hint) {
    return hint == NULL ||
           (hint->format == NULL && hint->encoding == NULL && hint->preamble.len == 0);
}

/* Text only: what has a decoder for its bytes may ask for what stands beside it, or start helpers.
 */
static bool is_text(const struct stream *stream, struct bytes head) {
    const struct decode_head look = {
        .head = head, .name = bytes_last_component(stream->unit_name), .widths.anchor = head.ptr};
    return decoder_choose_binary(&look) == NULL &&
           content_guess(head, look.name).class == CONTENT_TEXT;
}

static bool may_be_job(struct passage *p, const struct stream *stream, struct byte_source *source,
                       struct bytes head, bool whole) {
    struct pipeline *pipeline = p->pipeline;
    if ((whole && p->members <= FIRST_MEMBERS) || p->members == 0 || p->cut != NULL ||
        !p->repeatable || pipeline->keep_whole || p->sink->shared == NULL ||
        p->sink->segment != NULL || source->ops->read_at != NULL ||
        !pieces_wanted(pipeline->engine) || !says_nothing(stream->hint) || !is_text(stream, head) ||
        beside_layout_stands(source, bytes_last_component(stream->unit_name))) { /* read with it */
        return false;
    }
    if (!p->lent) {
        p->lent = unit_share_hire(pipeline) > 0;
    }
    if (p->lent && pipeline->jobs == NULL) {
        pipeline->jobs = calloc(1, sizeof *pipeline->jobs);
    }
    return p->lent && pipeline->jobs != NULL;
}

/* A unit whose bytes are being copied, behind its name. */
struct copied {
    struct bytes name;
    uint8_t *bytes; /* NULL: it was too large, or has an end that cannot be read */
    struct large_buffer large;
    size_t len; /* of the content */
};

static int copy_head(struct copied *copied, struct bytes head, struct error *err) {
    size_t name_len = copied->name.len;
    copied->bytes = malloc(name_len + head.len + 1);
    if (copied->bytes == NULL) {
        return out_of_memory(err);
    }
    memcpy(copied->bytes, copied->name.ptr, name_len);
    if (head.len > 0) {
        memcpy(copied->bytes + name_len, head.ptr, head.len);
    }
    copied->len = head.len;
    return 0;
}

/* All there is of SOURCE behind the name, if it is not too much. What read() said last, or
 * YINMA_E_MEMORY. */
static int64_t read_all(struct copied *copied, struct byte_source *source, struct error *err) {
    size_t have = copied->name.len, most = copied->name.len + UNIT_BYTES;
    int64_t got = 1;
    while (got > 0 && have < most) {
        size_t twice = 2 * copied->large.capacity < most ? 2 * copied->large.capacity : most;
        if (have == copied->large.capacity && !large_buffer_reserve(&copied->large, twice, have)) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for a member");
        }
        size_t room = copied->large.capacity < most ? copied->large.capacity : most;
        got = byte_source_read(source, copied->large.bytes + have, room - have, err);
        have += got > 0 ? (size_t)got : 0;
    }
    copied->len = have - copied->name.len;
    return got;
}

/* The bytes of *SOURCE, when they are not too many; else it is made to deliver them again. */
static int copy_unit(struct unit_jobs *jobs, struct copied *copied, struct byte_source **source,
                     struct error *err) {
    struct error problem = {0};
    struct bytes name = copied->name;
    uint64_t told = (*source)->size;
    size_t room = name.len + (told < UNIT_BYTES ? (size_t)told : FIRST_BYTES) + 1;
    copied->large = take_spare(jobs, room);
    if (!large_buffer_reserve(&copied->large, room, 0)) {
        return out_of_memory(err);
    }
    memcpy(copied->large.bytes, name.ptr, name.len);
    if (read_all(copied, *source, &problem) == 0) {
        copied->bytes = copied->large.bytes;
        return 0;
    }
    struct byte_source *again =
        rejoined_open(bytes_of(copied->large.bytes + name.len, copied->len), *source);
    keep_spare(jobs, &copied->large);
    copied->large = (struct large_buffer){NULL, 0};
    if (again == NULL) {
        return out_of_memory(err);
    }
    *source = again; /* an error comes again when it is read */
    return 0;
}

static void drop_copy(struct copied *copied) {
    if (copied->large.bytes != NULL) {
        large_buffer_release(&copied->large);
    } else {
        free(copied->bytes);
    }
}

/* Until there is room for one more of SIZE bytes. */
static int make_room(struct passage *p, size_t size, struct error *err) {
    const struct unit_jobs *jobs = p->pipeline->jobs;
    int status = 0;
    while (status == 0 && jobs->posted > jobs->settled &&
           (jobs->posted - jobs->settled == JOBS || jobs->bytes + size > BYTES_MOST)) {
        status = settle_oldest(p, err);
    }
    return status;
}

/* JOB, which has its bytes, is the next one. Nothing of it is kept when this fails. */
static int post(struct passage *p, const struct stream *stream, struct unit_job *job,
                struct error *err) {
    struct unit_jobs *jobs = p->pipeline->jobs;
    job->facts = passage_unit_of(p, stream);
    if (job->facts == NULL) {
        return out_of_memory(err);
    }
    if (!p->shared) {
        p->sink->shared(p->sink->context);
        p->shared = true;
        jobs->read = 0;
    }
    job->job.work = work;
    job->engine = p->pipeline->engine;
    job->sink = p->sink;
    job->read = p->budget.compressed_bytes - jobs->read;
    jobs->bytes += job->name_len + job->len;
    jobs->packed += job->packed;
    jobs->posted++;
    crew_post(p->pipeline->crew, &job->job);
    return 0;
}

static struct unit_job *next_job(struct unit_jobs *jobs) {
    struct unit_job *job = &jobs->ring[jobs->posted % JOBS];
    *job = (struct unit_job){0};
    return job;
}

/* ---- members that can be read anew ---- */

/* One that is larger than all that is left to do is scanned in pieces, by all hands. */
static bool wants_again(const struct passage *p, const struct stream *stream, uint64_t size) {
    return size > COPIED_BYTES && p->budget.limits->max_entries == 0 &&
           (size <= ALONE_BYTES || stream->packed <= stream->behind + p->pipeline->jobs->packed);
}

/* Limits are watched from the first byte on, by everybody for himself: so long as nobody reaches
 * one, all together do not (see count_amount()). */
static int offer_again(struct passage *p, const struct stream *stream, struct byte_source *source,
                       bool *taken, struct error *err) {
    int status = make_room(p, stream->unit_name.len, err);
    if (status != 0) {
        return status;
    }
    struct unit_job *job = next_job(p->pipeline->jobs);
    struct copied name = {.name = stream->unit_name};
    struct byte_source *again = byte_source_again(source, &job->budget);
    if (again == NULL) {
        return 0;
    }
    input_budget_start(&job->budget, p->budget.limits);
    job->budget.compressed_bytes = p->budget.compressed_bytes;
    job->budget.delivered_bytes = p->budget.delivered_bytes;
    job->budget.block_bytes = p->budget.block_bytes;
    job->budget.ratio_from = p->budget.ratio_from = 0;
    job->before = job->budget;
    p->apart = true;
    job->again = again;
    job->packed = stream->packed;
    status = copy_head(&name, bytes_of("", 0), err);
    job->bytes = name.bytes;
    job->name_len = stream->unit_name.len;
    status = status == 0 ? post(p, stream, job, err) : status;
    if (status != 0) {
        byte_source_close(again);
        free(job->bytes);
    }
    *taken = status == 0;
    return status;
}

/* ---- copies ---- */

static int offer_copy(struct passage *p, const struct stream *stream, struct byte_source **source,
                      struct bytes head, bool whole, bool *taken, struct error *err) {
    struct copied copied = {.name = stream->unit_name};
    struct unit_jobs *jobs = p->pipeline->jobs;
    int status = whole ? copy_head(&copied, head, err) : copy_unit(jobs, &copied, source, err);
    if (status != 0 || copied.bytes == NULL) {
        drop_copy(&copied);
        return status;
    }
    status = make_room(p, stream->unit_name.len + copied.len, err);
    if (status == 0) {
        struct unit_job *job = next_job(jobs);
        job->bytes = copied.bytes;
        job->name_len = stream->unit_name.len;
        job->len = copied.len;
        job->large = copied.large;
        input_budget_start(&job->budget, p->budget.limits);
        status = post(p, stream, job, err);
    }
    if (status != 0) {
        drop_copy(&copied);
    }
    *taken = status == 0;
    return status;
}

int unit_jobs_offer(struct passage *p, const struct stream *stream, struct byte_source **source,
                    struct bytes head, bool whole, bool *taken, struct error *err) {
    int status = 0;
    *taken = false;
    if (!may_be_job(p, stream, *source, head, whole)) {
        return 0;
    }
    const uint64_t size = (*source)->size;
    if (!whole && wants_again(p, stream, size)) {
        status = offer_again(p, stream, *source, taken, err);
    }
    if (status == 0 && !*taken && (size == UINT64_MAX || size <= UNIT_BYTES)) {
        status = offer_copy(p, stream, source, head, whole, taken, err);
    }
    if (*taken) {
        byte_source_close(*source);
        *source = NULL;
    }
    return status;
}
