#include "run/unit_jobs.h"

#include <stdlib.h>

#include "decode/decoder.h"
#include "input/beside.h"
#include "run/large_buffer.h"
#include "run/rejoined.h"
#include "run/unit_share.h"

enum {
    JOBS = 32,
    SPARES = 4,
    FIRST_MEMBERS = 8,             /* so few small ones are not worth a thread */
    FIRST_BYTES = 256 * 1024,      /* room for one whose size nobody tells, at first */
    UNIT_BYTES = 24 * 1024 * 1024, /* larger ones are scanned by themselves */
    BYTES_MOST = 48 * 1024 * 1024, /* of all that wait */
};

struct unit_job {
    struct crew_job job;
    const struct engine *engine;
    uint8_t *bytes; /* the name, then the content */
    size_t name_len, len;
    struct large_buffer large; /* where they stand; none: they are malloc'ed */
    uint64_t read;             /* of the item when the unit had been */
    struct unit_facts *facts;
    int status;
    struct error err;
};

struct unit_jobs {
    struct unit_job ring[JOBS];
    uint64_t posted, settled;
    size_t bytes;                       /* of those that are neither */
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

/* In any thread. */
static void work(struct crew_job *crew_job, struct unit_scan *scan) {
    static const struct unit_sink silent;
    struct unit_job *job = (struct unit_job *)crew_job;
    struct input_budget budget;
    struct bytes head = {NULL, 0};
    bool whole;
    uint64_t reported = 0;
    input_budget_start(&budget, &job->engine->limits);
    struct byte_source *source = rejoined_view(bytes_of(job->bytes + job->name_len, job->len));
    source = source == NULL ? NULL : input_peek(source, &head, &whole, &job->err);
    source = source == NULL ? NULL : input_unit(source, &budget, &job->err);
    if (source == NULL) {
        job->status = out_of_memory(&job->err);
        return;
    }
    const struct unit_scan_input input = {.source = source,
                                          .head = head,
                                          .whole = whole,
                                          .name = bytes_of(job->bytes, job->name_len),
                                          .budget = &budget,
                                          .sink = &silent,
                                          .reported = &reported};
    job->status = unit_scan_run(scan, &input, job->facts, &job->err);
}

/* ---- telling ---- */

/* As scanning it in its place would have told. */
static int tell_progress(struct passage *p, const struct unit_job *job, struct error *err) {
    if (p->sink->progress == NULL || job->read <= p->reported || job->len == 0) {
        return 0;
    }
    uint64_t more = job->read - p->reported;
    p->reported = job->read;
    return p->sink->progress(p->sink->context, more)
               ? error_set(err, YINMA_E_CANCELLED, "interrupted")
               : 0;
}

static int settle_oldest(struct passage *p, struct error *err) {
    struct pipeline *pipeline = p->pipeline;
    struct unit_jobs *jobs = pipeline->jobs;
    struct unit_job *job = &jobs->ring[jobs->settled++ % JOBS];
    int status = 0, reason = 0;
    crew_wait(pipeline->crew, &job->job, pipeline->unit_scan);
    struct unit_facts *facts = job->facts;
    if (job->status != 0) {
        *err = job->err;
        status = job->status;
    } else if (p->sink->begin == NULL ||
               p->sink->begin(p->sink->context, bytes_of(job->bytes, job->name_len), &reason)) {
        status = p->sink->done(p->sink->context, facts, err);
        facts = NULL;
        status = status == 0 ? tell_progress(p, job, err) : status;
    }
    unit_facts_free(facts);
    jobs->bytes -= job->name_len + job->len;
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
        (source->size != UINT64_MAX && source->size > UNIT_BYTES) ||
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

int unit_jobs_offer(struct passage *p, const struct stream *stream, struct byte_source **source,
                    struct bytes head, bool whole, bool *taken, struct error *err) {
    struct copied copied = {.name = stream->unit_name};
    *taken = false;
    if (!may_be_job(p, stream, *source, head, whole)) {
        return 0;
    }
    struct unit_jobs *jobs = p->pipeline->jobs;
    int status = whole ? copy_head(&copied, head, err) : copy_unit(jobs, &copied, source, err);
    size_t size = stream->unit_name.len + copied.len;
    while (status == 0 && copied.bytes != NULL && jobs->posted > jobs->settled &&
           (jobs->posted - jobs->settled == JOBS || jobs->bytes + size > BYTES_MOST)) {
        status = settle_oldest(p, err);
    }
    struct unit_facts *facts =
        status == 0 && copied.bytes != NULL ? passage_unit_of(p, stream) : NULL;
    if (facts == NULL) {
        status = status == 0 && copied.bytes != NULL ? out_of_memory(err) : status;
        drop_copy(&copied);
        return status;
    }
    if (!p->shared) {
        p->sink->shared(p->sink->context);
        p->shared = true;
    }
    struct unit_job *job = &jobs->ring[jobs->posted++ % JOBS];
    *job = (struct unit_job){.job.work = work,
                             .engine = p->pipeline->engine,
                             .bytes = copied.bytes,
                             .name_len = stream->unit_name.len,
                             .len = copied.len,
                             .large = copied.large,
                             .read = p->budget.compressed_bytes,
                             .facts = facts};
    jobs->bytes += size;
    crew_post(p->pipeline->crew, &job->job);
    byte_source_close(*source);
    *source = NULL;
    *taken = true;
    return 0;
}
