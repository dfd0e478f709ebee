#include "run/unit_jobs.h"

#include <stdlib.h>

#include "decode/decoder.h"
#include "input/beside.h"
#include "run/rejoined.h"
#include "run/unit_share.h"

enum {
    JOBS = 32,
    FIRST_MEMBERS = 8,             /* so few small ones are not worth a thread */
    UNIT_BYTES = 2 * 1024 * 1024,  /* larger ones are scanned by themselves */
    BYTES_MOST = 16 * 1024 * 1024, /* of all that wait */
};

struct unit_job {
    struct crew_job job;
    const struct engine *engine;
    uint8_t *bytes; /* the name, then the content */
    size_t name_len, len;
    uint64_t read; /* of the item when the unit had been */
    struct unit_facts *facts;
    int status;
    struct error err;
};

struct unit_jobs {
    struct unit_job ring[JOBS];
    uint64_t posted, settled;
    size_t bytes; /* of those that are neither */
};

void unit_jobs_free(struct unit_jobs *jobs) {
    free(jobs);
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
    struct byte_source *source =
        rejoined_open(bytes_of(job->bytes + job->name_len, job->len), NULL);
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
    free(job->bytes);
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
        beside_layout_stands(source, bytes_last_component(stream->unit_name))) {
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

static int copy_head(struct bytes name, struct bytes head, uint8_t **out, size_t *len,
                     struct error *err) {
    *out = malloc(name.len + head.len + 1);
    if (*out == NULL) {
        return out_of_memory(err);
    }
    memcpy(*out, name.ptr, name.len);
    if (head.len > 0) {
        memcpy(*out + name.len, head.ptr, head.len);
    }
    *len = head.len;
    return 0;
}

/* The bytes of SOURCE behind NAME, when they are not too many; else SOURCE is made to deliver them
 * again. */
static int copy_unit(struct bytes name, struct byte_source **source, uint8_t **out, size_t *len,
                     struct error *err) {
    struct error problem = {0};
    uint8_t *bytes = malloc(name.len + UNIT_BYTES);
    *out = NULL;
    if (bytes == NULL) {
        return out_of_memory(err);
    }
    memcpy(bytes, name.ptr, name.len);
    size_t have = 0;
    int64_t got = 1;
    while (have < UNIT_BYTES && got > 0) {
        got = byte_source_read(*source, bytes + name.len + have, UNIT_BYTES - have, &problem);
        have += got > 0 ? (size_t)got : 0;
    }
    if (got == 0) {
        uint8_t *fitting = realloc(bytes, name.len + have + 1);
        *out = fitting == NULL ? bytes : fitting;
        *len = have;
        return 0;
    }
    struct byte_source *again = rejoined_open(bytes_of(bytes + name.len, have), *source);
    free(bytes);
    if (again == NULL) {
        return out_of_memory(err);
    }
    *source = again; /* an error comes again when it is read */
    return 0;
}

int unit_jobs_offer(struct passage *p, const struct stream *stream, struct byte_source **source,
                    struct bytes head, bool whole, bool *taken, struct error *err) {
    uint8_t *bytes = NULL;
    size_t len = 0;
    *taken = false;
    if (!may_be_job(p, stream, *source, head, whole)) {
        return 0;
    }
    int status = whole ? copy_head(stream->unit_name, head, &bytes, &len, err)
                       : copy_unit(stream->unit_name, source, &bytes, &len, err);
    struct unit_jobs *jobs = p->pipeline->jobs;
    size_t size = stream->unit_name.len + len;
    while (status == 0 && bytes != NULL && jobs->posted > jobs->settled &&
           (jobs->posted - jobs->settled == JOBS || jobs->bytes + size > BYTES_MOST)) {
        status = settle_oldest(p, err);
    }
    struct unit_facts *facts = status == 0 && bytes != NULL ? passage_unit_of(p, stream) : NULL;
    if (facts == NULL) {
        status = status == 0 && bytes != NULL ? out_of_memory(err) : status;
        free(bytes);
        return status;
    }
    if (!p->shared) {
        p->sink->shared(p->sink->context);
        p->shared = true;
    }
    struct unit_job *job = &jobs->ring[jobs->posted++ % JOBS];
    *job = (struct unit_job){.job.work = work,
                             .engine = p->pipeline->engine,
                             .bytes = bytes,
                             .name_len = stream->unit_name.len,
                             .len = len,
                             .read = p->budget.compressed_bytes,
                             .facts = facts};
    jobs->bytes += size;
    crew_post(p->pipeline->crew, &job->job);
    byte_source_close(*source);
    *source = NULL;
    *taken = true;
    return 0;
}
