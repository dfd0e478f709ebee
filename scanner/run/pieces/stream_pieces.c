#include "run/pieces/stream_pieces.h"

#include <stdlib.h>

#include "judge/collect/row_pieces.h"
#include "judge/dates/unit_dates.h"
#include "result/piece_join.h"
#include "run/large_buffer.h"
#include "run/pieces/scan.h"
#include "run/pieces/sql.h"
#include "run/rejoined.h"

enum {
    HEAD_MAX = 2 * 1024 * 1024, /* of the stream that is kept for all pieces */
    QUEUE_MOST = 2,             /* pieces that wait for a hand; then this thread takes one */
    JOBS_MOST = CREW_MOST + QUEUE_MOST + 1,
    LINE_REACH = 4 * UNIT_STRIDE, /* behind the end of a piece, to see where the next one begins */
    SQL_REACH = 3 * 1024 * 1024,
    PIECES_MOST = 8000,  /* pieces/gate.c numbers fields by it */
    LARGER_AT_FIRST = 2, /* pieces: the first ones are small, so that all hands soon have one */
    LARGER_EVERY = 512,  /* … up to a size */
    DESCRIBED_MOST = 1024 * 1024,
};
/* What a dump says of its tables stands before each piece again, so its pieces are larger. */
static const uint64_t piece_at_first = UINT64_C(2) << 20, piece_of_lines = UINT64_C(4) << 20,
                      piece_of_dump = UINT64_C(8) << 20, piece_largest = UINT64_C(16) << 20;

/* What is in memory of the stream, as if it were a file: its head and the bytes around a piece. */
struct window {
    struct byte_source base;
    struct bytes head, bytes;
    uint64_t at; /* of `bytes` in the stream */
};

struct piece_job {
    struct crew_job job;
    const struct stream_pieces *how;
    struct work_piece piece;
    struct window window;
    struct large_buffer buffer;
    struct text_buffer described; /* of a dump: the tables that were described until then … */
    struct text_buffer copy, copy_behind; /* … and the COPY that is open there, and behind it */
    struct unit_facts *facts;
    int status;
    struct error err;
};

/* The producer. */
struct splitter {
    const struct stream_pieces *how;
    bool sql;
    struct text_buffer head, described;
    struct text_buffer copy, copy_here; /* the COPY that is open at `noted`, and at `at` */
    uint64_t noted;                     /* tables described before that place are known */
    uint64_t piece_bytes;
    size_t reach;
    uint64_t at;       /* where the next piece is to begin, in the stream */
    struct bytes have; /* … and what was read of it already, in the buffer of the piece before */
    bool ended;
    bool unfit;
    struct piece_job jobs[JOBS_MOST];
    unsigned job_count;
    uint64_t posted, joined; /* pieces */
    struct piece_join *join;
};

/* ---- a piece ---- */

static int64_t window_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                              size_t capacity, struct error *err) {
    const struct window *window = (const struct window *)source;
    (void)err;
    struct bytes from = {NULL, 0};
    if (offset >= window->at) {
        from = bytes_from(window->bytes, (size_t)(offset - window->at));
    } else if (offset < window->head.len) {
        from = bytes_from(window->head, (size_t)offset);
    }
    struct bytes part = bytes_first(from, capacity);
    if (part.len > 0) {
        memcpy(buffer, part.ptr, part.len);
    }
    return (int64_t)part.len;
}

static void window_close(struct byte_source *source) {
    (void)source; /* belongs to the job */
}

static const struct byte_source_ops window_ops = {.read_at = window_read_at, .close = window_close};

/* In any thread. */
static void work(struct crew_job *crew_job, struct unit_scan *scan) {
    static const struct unit_sink silent;
    struct piece_job *job = (struct piece_job *)crew_job;
    struct input_budget budget;
    const struct piece_known known = {.described = text_buffer_view(&job->described),
                                      .copy = text_buffer_view(&job->copy),
                                      .copy_behind = text_buffer_view(&job->copy_behind)};
    const struct piece_scan how = {.engine = job->how->engine,
                                   .whole = job->how->input,
                                   .piece = &job->piece,
                                   .known = &known,
                                   .budget = &budget,
                                   .sink = &silent,
                                   .numbered = PIECES_MOST}; /* nobody knows yet */
    input_budget_start(&budget, &how.engine->limits);
    job->status = piece_scan_run(&how, &job->window.base, scan, job->facts, &job->err);
}

/* ---- joining ---- */

static int join_oldest(struct splitter *s, struct error *err) {
    struct piece_job *job = &s->jobs[s->joined % s->job_count];
    crew_wait(s->how->crew, &job->job, s->how->own);
    s->joined++;
    struct unit_facts *facts = job->facts;
    job->facts = NULL;
    if (job->status == YINMA_E_MEMORY) {
        *err = job->err;
        unit_facts_free(facts);
        return job->status;
    }
    if (job->status != 0 || s->unfit) {
        unit_facts_free(facts);
        s->unfit = true;
        return 0;
    }
    bool fit = false;
    int status = piece_join_add(s->join, facts, DIGEST_ROWS, &fit, err);
    s->unfit |= !fit;
    return status;
}

static int join_all(struct splitter *s, struct error *err) {
    int status = 0;
    while (s->joined < s->posted) {
        int code = join_oldest(s, err);
        status = status == 0 ? code : status;
    }
    return status;
}

/* ---- reading ---- */

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a stream");
}

/* The window of the next piece into JOB's buffer. */
static int read_window(struct splitter *s, struct piece_job *job, struct error *err) {
    size_t wanted = (size_t)s->piece_bytes + s->reach;
    if (!large_buffer_reserve(&job->buffer, wanted, 0)) {
        return out_of_memory(err);
    }
    size_t len = s->have.len;
    if (len > 0) {
        memmove(job->buffer.bytes, s->have.ptr, len); /* of the first window: in its place */
    }
    struct error problem = {0};
    while (len < wanted && !s->ended) {
        int64_t got = byte_source_read(s->how->input->source, job->buffer.bytes + len, wanted - len,
                                       &problem);
        s->ended = got <= 0;
        s->unfit |= got < 0; /* the scan in one piece will tell */
        len += got > 0 ? (size_t)got : 0;
    }
    job->window = (struct window){.base = {.ops = &window_ops, .size = s->at + len},
                                  .bytes = bytes_of(job->buffer.bytes, len)};
    job->window.at = s->at;
    return unit_report_progress(s->how->input, err);
}

/* What there is of a dump from `noted` to END, which may be the end of what was read. */
static void note_to(struct splitter *s, const struct piece_job *job, uint64_t end) {
    struct bytes text = job->window.bytes;
    if (end > s->noted) {
        text = bytes_from(bytes_first(text, (size_t)(end - s->at)), (size_t)(s->noted - s->at));
        s->noted += piece_sql_describe(text, &s->described, &s->copy);
    }
}

/* Tables described in what this window has and the one before had not, and the COPY that is open
 * where the next one begins. */
static void note_descriptions(struct splitter *s, struct piece_job *job) {
    if (!s->sql) {
        return;
    }
    struct bytes text = job->window.bytes, next = bytes_from(text, (size_t)s->piece_bytes);
    const uint8_t *line_end = next.len == 0 ? NULL : memchr(next.ptr, '\n', next.len);
    s->noted = s->noted > s->at ? s->noted : s->at;
    text_buffer_clear(&job->copy);
    text_buffer_put(&job->copy, text_buffer_view(&s->copy_here));
    if (line_end != NULL) { /* with the line that goes on there */
        note_to(s, job, s->at + (size_t)(line_end - text.ptr) + 1);
        text_buffer_clear(&s->copy_here);
        text_buffer_put(&s->copy_here, text_buffer_view(&s->copy));
    }
    text_buffer_clear(&job->copy_behind);
    text_buffer_put(&job->copy_behind, text_buffer_view(&s->copy_here));
    note_to(s, job, s->at + text.len);
    s->unfit |= s->described.failed || s->copy.failed || s->copy_here.failed || job->copy.failed ||
                job->copy_behind.failed || s->described.len > DESCRIBED_MOST;
}

static int prepare_job(struct splitter *s, struct piece_job *job, struct error *err) {
    if (s->posted == 0) {
        text_buffer_put(&s->head, bytes_first(job->window.bytes, HEAD_MAX));
    }
    job->window.head = text_buffer_view(&s->head);
    text_buffer_clear(&job->described);
    text_buffer_put(&job->described, text_buffer_view(&s->described));
    job->facts = s->how->new_unit(s->how->context);
    if (s->head.failed || job->described.failed || job->facts == NULL) {
        return out_of_memory(err);
    }
    uint32_t number = (uint32_t)s->posted + 1;
    bool last = s->ended; /* then it has what there is behind it, too */
    job->piece =
        (struct work_piece){.from = s->at,
                            .to = last ? s->at + job->window.bytes.len : s->at + s->piece_bytes,
                            .number = number,
                            .count = last ? number : number + 1};
    job->how = s->how;
    job->job.work = work;
    job->err = (struct error){0};
    return 0;
}

static bool is_last(const struct piece_job *job) {
    return job->piece.number == job->piece.count;
}

/* Behind a piece: what was read of the next one stays in its buffer, which nobody writes to before
 * the next window was made. */
static void move_on(struct splitter *s, const struct piece_job *job) {
    s->have = bytes_from(job->window.bytes, (size_t)s->piece_bytes);
    s->at += s->piece_bytes;
    unsigned every =
        s->piece_bytes < (s->sql ? piece_of_dump : piece_of_lines) ? LARGER_AT_FIRST : LARGER_EVERY;
    if (s->posted % every == 0 && s->how->piece_bytes == 0 && s->piece_bytes < piece_largest) {
        s->piece_bytes *= 2;
    }
}

static int next_piece(struct splitter *s, bool *over, struct error *err) {
    int status = 0;
    if (s->posted - s->joined == s->job_count) { /* its buffer is needed */
        status = join_oldest(s, err);
    }
    while (status == 0 && crew_queued(s->how->crew) >= QUEUE_MOST) {
        crew_help(s->how->crew, s->how->own);
    }
    if (status != 0 || s->unfit) {
        return status;
    }
    struct piece_job *job = &s->jobs[s->posted % s->job_count];
    status = read_window(s, job, err);
    note_descriptions(s, job);
    if (status == 0) {
        status = prepare_job(s, job, err);
    }
    if (status == 0 && !s->unfit) {
        crew_post(s->how->crew, &job->job);
        s->posted++;
        *over = is_last(job);
        s->unfit |= s->posted == PIECES_MOST;
        move_on(s, job);
    }
    return status;
}

/* ---- the whole ---- */

static int start(struct splitter *s, const struct stream_pieces *how, struct error *err) {
    *s = (struct splitter){.how = how, .piece_bytes = how->piece_bytes, .join = piece_join_new()};
    const struct piece_eyes eyes = unit_scan_eyes(how->own);
    (void)pieces_possible(&eyes, how->input->head, how->input->name, &s->sql);
    s->reach = s->sql ? SQL_REACH : LINE_REACH;
    if (s->piece_bytes == 0) {
        s->piece_bytes = piece_at_first;
    }
    /* to the places that lines are looked for at */
    s->piece_bytes = (s->piece_bytes + UNIT_STRIDE - 1) / UNIT_STRIDE * UNIT_STRIDE;
    s->job_count = how->hands + QUEUE_MOST + 1;
    text_buffer_init(&s->head, 0);
    text_buffer_init(&s->described, 0);
    text_buffer_init(&s->copy, 0);
    text_buffer_init(&s->copy_here, 0);
    for (unsigned i = 0; i < s->job_count; i++) {
        text_buffer_init(&s->jobs[i].described, 0);
        text_buffer_init(&s->jobs[i].copy, 0);
        text_buffer_init(&s->jobs[i].copy_behind, 0);
    }
    return s->join == NULL ? out_of_memory(err) : 0;
}

static void release(struct splitter *s) {
    for (unsigned i = 0; i < s->job_count; i++) {
        text_buffer_release(&s->jobs[i].described);
        text_buffer_release(&s->jobs[i].copy);
        text_buffer_release(&s->jobs[i].copy_behind);
        unit_facts_free(s->jobs[i].facts);
        large_buffer_release(&s->jobs[i].buffer);
    }
    text_buffer_release(&s->head);
    text_buffer_release(&s->described);
    text_buffer_release(&s->copy);
    text_buffer_release(&s->copy_here);
    piece_join_free(s->join);
}

/* The first window; *all: the stream ended in it, or with an error. */
static int read_first(struct splitter *s, bool *all, struct error *err) {
    int status = read_window(s, &s->jobs[0], err);
    *all = s->ended;
    s->unfit = false;
    s->have = s->jobs[0].window.bytes;
    return status;
}

int stream_pieces_scan(const struct stream_pieces *how, enum stream_pieces_outcome *outcome,
                       struct byte_source **again, struct unit_facts **out, struct error *err) {
    struct splitter *s = malloc(sizeof *s);
    bool over = false;
    *out = NULL;
    *again = NULL;
    if (s == NULL) {
        return out_of_memory(err);
    }
    int status = start(s, how, err);
    if (status == 0) {
        status = read_first(s, &over, err);
    }
    if (status == 0 && over) {
        *outcome = STREAM_PIECES_SHORT;
        *again = rejoined_open(s->jobs[0].window.bytes, how->input->source);
        status = *again == NULL ? out_of_memory(err) : 0;
    } else {
        while (status == 0 && !over && !s->unfit) {
            status = next_piece(s, &over, err);
        }
        int joined = join_all(s, err);
        status = status == 0 ? joined : status;
        *outcome = s->unfit || status != 0 ? STREAM_PIECES_UNFIT : STREAM_PIECES_JOINED;
        bool stopped = *outcome == STREAM_PIECES_UNFIT && status != YINMA_E_MEMORY &&
                       unit_stopping(how->input);
        *out = *outcome == STREAM_PIECES_JOINED || stopped ? piece_join_take(s->join) : NULL;
        status = stopped ? unit_stopped(*out, err) : status;
    }
    release(s);
    free(s);
    return status;
}
