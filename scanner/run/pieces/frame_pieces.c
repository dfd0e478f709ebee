#include "run/pieces/frame_pieces.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "judge/collect/row_pieces.h"
#include "judge/dates/unit_dates.h"
#include "result/piece_join.h"
#include "run/pieces/scan.h"

enum {
    ROUNDS = 2, /* a piece is what is left, so many times shared by all */
    PIECES_MOST = 4096,
    PIECES_LEAST = 4, /* fewer are not worth it */
    WAITING = 3,      /* pieces that nobody has begun */
};
static const uint64_t smallest_piece = UINT64_C(8) << 20, largest_piece = UINT64_C(256) << 20;

struct frame_pieces;

struct frame_job {
    struct crew_job job;
    struct frame_pieces *all;
    struct work_piece piece;
    struct byte_source *source; /* until it begins */
    struct input_budget budget;
    struct unit_facts *facts;
    int status;
    struct error err;
};

struct frame_pieces {
    const struct stream_pieces *how;
    struct byte_source *framed;
    struct frame_job *jobs;
    uint32_t count, posted, joined;
    _Atomic bool unfit; /* what is left need not be done */
    struct piece_join *join;
};

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a stream");
}

/* ---- a piece ---- */

static bool asks_to_stop(void *context, uint64_t bytes) {
    const struct frame_pieces *all = context;
    (void)bytes;
    return atomic_load(&all->unfit) || unit_stopping(all->how->input);
}

/* In any thread. */
static void work(struct crew_job *crew_job, struct unit_scan *scan) {
    struct frame_job *job = (struct frame_job *)crew_job;
    struct frame_pieces *all = job->all;
    const struct unit_sink sink = {.context = all, .progress = asks_to_stop};
    const struct piece_scan how = {.engine = all->how->engine,
                                   .whole = all->how->input,
                                   .piece = &job->piece,
                                   .budget = &job->budget,
                                   .sink = &sink,
                                   .numbered = all->count};
    struct byte_source *source = job->source;
    job->source = NULL;
    if (atomic_load(&all->unfit)) {
        byte_source_close(source);
        job->status = YINMA_E_CANCELLED;
        return;
    }
    job->status = piece_scan_run(&how, source, scan, job->facts, &job->err);
    if (job->status != 0 || job->facts->piece.broken || job->facts->status != COVERAGE_SCANNED) {
        atomic_store(&all->unfit, true);
    }
}

/* ---- taking to pieces ---- */

/* Where the piece that begins at FROM ends: where a frame begins, but at one of the places that
 * lines are looked for at. They become smaller, so that nobody waits for long at the end. */
static uint64_t piece_end(const struct frame_pieces *all, uint64_t from) {
    const struct stream_pieces *how = all->how;
    const struct byte_source *source = all->framed;
    uint64_t left = source->size - from, size = how->piece_bytes;
    if (size == 0) {
        size = left / ((uint64_t)(how->hands + 1) * ROUNDS);
        size = size < smallest_piece ? smallest_piece : size;
        size = size > largest_piece ? largest_piece : size;
    }
    size = size < source->size / PIECES_MOST + 1 ? source->size / PIECES_MOST + 1 : size;
    uint64_t end = input_frame_before(source, from + size);
    end = end <= from ? input_frame_behind(source, from) : end;
    end = (end + UNIT_STRIDE - 1) / UNIT_STRIDE * UNIT_STRIDE;
    return end >= source->size || source->size - end < size / 2 ? source->size : end;
}

static uint32_t count_pieces(const struct frame_pieces *all) {
    uint32_t count = 0;
    for (uint64_t at = 0; at < all->framed->size; at = piece_end(all, at)) {
        count++;
    }
    return count;
}

static int prepare(struct frame_pieces *all, struct error *err) {
    uint64_t from = 0;
    all->join = piece_join_new();
    all->jobs = calloc(all->count, sizeof *all->jobs);
    if (all->join == NULL || all->jobs == NULL) {
        return out_of_memory(err);
    }
    for (uint32_t i = 0; i < all->count; i++) {
        const uint64_t to = piece_end(all, from);
        all->jobs[i].piece =
            (struct work_piece){.from = from, .to = to, .number = i + 1, .count = all->count};
        from = to;
    }
    return 0;
}

/* ---- the whole ---- */

static int post_next(struct frame_pieces *all, struct error *err) {
    struct frame_job *job = &all->jobs[all->posted];
    job->job.work = work;
    job->all = all;
    input_budget_start(&job->budget, &all->how->engine->limits);
    job->source = byte_source_again(all->framed, &job->budget);
    job->facts = all->how->new_unit(all->how->context);
    if (job->source == NULL || job->facts == NULL) {
        return out_of_memory(err);
    }
    crew_post(all->how->crew, &job->job);
    all->posted++;
    return 0;
}

static int join_next(struct frame_pieces *all, struct error *err) {
    struct frame_job *job = &all->jobs[all->joined++];
    crew_wait(all->how->crew, &job->job, all->how->own);
    if (atomic_load(&all->unfit)) {
        *err = job->err;
        return job->status == YINMA_E_MEMORY ? job->status : 0;
    }
    bool fit = false;
    int status = piece_join_add(all->join, job->facts, DIGEST_ROWS, &fit, err);
    job->facts = NULL;
    atomic_store(&all->unfit, !fit);
    return status;
}

/* COUNTED bytes were read before; what the pieces read is told in parts. */
static int tell_progress(struct frame_pieces *all, uint64_t counted, struct error *err) {
    const struct unit_scan_input *whole = all->how->input;
    const uint64_t packed = input_frames_packed(all->framed);
    const double part = (double)all->jobs[all->joined - 1].piece.to / (double)all->framed->size;
    whole->budget->compressed_bytes =
        counted + (all->joined == all->count ? packed : (uint64_t)(part * (double)packed));
    return unit_report_progress(whole, err);
}

static int scan_all(struct frame_pieces *all, struct error *err) {
    struct input_budget *budget = all->how->input->budget;
    const uint64_t most = all->how->hands + WAITING;
    uint64_t counted = budget->compressed_bytes;
    int status = 0;
    while (all->joined < all->posted || (status == 0 && all->posted < all->count)) {
        struct error later = {0};
        int code = 0;
        if (status == 0 && !atomic_load(&all->unfit) && all->posted < all->count &&
            all->posted - all->joined < most) {
            status = post_next(all, err);
            counted = all->posted == 1 ? budget->compressed_bytes : counted;
            continue;
        }
        if (all->joined == all->posted) {
            break;
        }
        code = join_next(all, status == 0 ? err : &later);
        status = status == 0 ? code : status;
        if (status == 0 && !atomic_load(&all->unfit)) {
            status = tell_progress(all, counted, err);
        }
        if (status != 0) {
            atomic_store(&all->unfit, true);
        }
    }
    if (atomic_load(&all->unfit) || status != 0) {
        budget->compressed_bytes = counted;
    } else {
        budget->delivered_bytes += all->framed->size;
    }
    return status;
}

static void release(struct frame_pieces *all) {
    for (uint32_t i = 0; all->jobs != NULL && i < all->count; i++) {
        byte_source_close(all->jobs[i].source);
        unit_facts_free(all->jobs[i].facts);
    }
    free(all->jobs);
    piece_join_free(all->join);
}

/* Of a scan that was stopped: the pieces up to the first one that is missing, or what was read of
 * the first one. */
static struct unit_facts *take_begin(struct frame_pieces *all) {
    struct unit_facts *unit = piece_join_take(all->join);
    struct unit_facts **first = &all->jobs[0].facts;
    struct error problem = {0};
    if (unit == NULL && *first != NULL && (*first)->piece.number == 1 &&
        pieces_join(first, 1, &problem) == 0) {
        unit = *first;
        *first = NULL;
    }
    return unit;
}

int frame_pieces_scan(const struct stream_pieces *how, struct byte_source *framed,
                      enum stream_pieces_outcome *outcome, struct unit_facts **out,
                      struct error *err) {
    struct frame_pieces all = {.how = how, .framed = framed};
    *out = NULL;
    *outcome = STREAM_PIECES_SHORT;
    all.count = count_pieces(&all);
    if (all.count < PIECES_LEAST) {
        return 0;
    }
    int status = prepare(&all, err);
    status = status == 0 ? scan_all(&all, err) : status;
    *outcome = atomic_load(&all.unfit) || status != 0 ? STREAM_PIECES_UNFIT : STREAM_PIECES_JOINED;
    bool stopped =
        *outcome == STREAM_PIECES_UNFIT && status != YINMA_E_MEMORY && unit_stopping(how->input);
    *out = *outcome == STREAM_PIECES_JOINED ? piece_join_take(all.join)
           : stopped                        ? take_begin(&all)
                                            : NULL;
    release(&all);
    return stopped ? unit_stopped(*out, err) : status;
}
