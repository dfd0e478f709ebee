/* Records of many fields and violations: rendering them takes longer than writing them out, so it
 * is shared. Parts of a fixed number of records become texts, which are put out in their order;
 * there are only a few of them at a time. */
#include <pthread.h>

#include "reports/records.h"

enum { PART = 128, PARTS_A_THREAD = 3, THREADS_MOST = 16, WORTH_SHARING = 8 * PART };

struct part {
    struct text_buffer text;
    struct error error;
    bool ready;
};

struct job {
    const struct record_writer *out; /* not written to: a model of those of the parts */
    void (*put)(struct record_writer *out, size_t at);
    size_t count, parts;
    unsigned slots;
    struct part slot[PARTS_A_THREAD * THREADS_MOST]; /* part N has the slot N % slots */
    /* Behind the lock. */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t claimed, written; /* parts */
    bool stop;
};

static void release_memory(struct record_memory *memory) {
    json_stretch_release(&memory->unit_names);
    json_stretch_release(&memory->unit_file);
    for (unsigned i = 0; i < RULES_REMEMBERED; i++) {
        json_stretch_release(&memory->rule_names[i]);
        json_stretch_release(&memory->rule_advice[i]);
    }
    text_buffer_release(&memory->sketch);
}

static void put_records(struct record_writer *out, size_t first, size_t end,
                        void (*put)(struct record_writer *out, size_t at)) {
    for (size_t i = first; i < end && out->json.sink->error.code == 0; i++) {
        put(out, i);
    }
    release_memory(&out->memory);
}

static void render(struct job *job, size_t at) {
    struct part *part = &job->slot[at % job->slots];
    struct report_sink sink;
    struct record_writer out = *job->out;
    report_sink_init_text(&sink, &part->text);
    text_buffer_clear(&part->text);
    out.json.sink = &sink;
    out.json.comma = false;
    size_t end = (at + 1) * PART;
    put_records(&out, at * PART, end < job->count ? end : job->count, job->put);
    report_flush(&sink);
    part->error = sink.error;
}

/* With the lock held, which is let go of meanwhile. False: there is nothing that may be rendered
 * now. */
static bool render_next(struct job *job) {
    if (job->stop || job->claimed == job->parts || job->claimed >= job->written + job->slots) {
        return false;
    }
    size_t at = job->claimed++;
    pthread_mutex_unlock(&job->lock);
    render(job, at);
    pthread_mutex_lock(&job->lock);
    job->slot[at % job->slots].ready = true;
    pthread_cond_broadcast(&job->changed);
    return true;
}

static void *lend_hand(void *context) {
    struct job *job = context;
    pthread_mutex_lock(&job->lock);
    while (!job->stop && job->claimed < job->parts) {
        if (!render_next(job)) {
            pthread_cond_wait(&job->changed, &job->lock);
        }
    }
    pthread_mutex_unlock(&job->lock);
    return NULL;
}

/* Part AT as a text, rendered by whoever comes first. */
static const struct part *wait_for(struct job *job, size_t at) {
    const struct part *part = &job->slot[at % job->slots];
    pthread_mutex_lock(&job->lock);
    while (!part->ready) {
        if (!render_next(job)) {
            pthread_cond_wait(&job->changed, &job->lock);
        }
    }
    pthread_mutex_unlock(&job->lock);
    return part;
}

static void let_go_of(struct job *job, size_t at) {
    pthread_mutex_lock(&job->lock);
    job->slot[at % job->slots].ready = false;
    job->written++;
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->lock);
}

static void write_parts(struct job *job, struct record_writer *out) {
    struct report_sink *sink = out->json.sink;
    for (size_t at = 0; at < job->parts && sink->error.code == 0; at++) {
        const struct part *part = wait_for(job, at);
        if (part->text.len > 0) {
            if (out->record_end == NULL && out->json.comma) {
                report_putc(sink, ',');
            }
            report_put(sink, text_buffer_view(&part->text));
            out->json.comma = out->record_end == NULL;
        }
        if (part->error.code != 0) {
            report_fail(sink, &part->error);
        }
        let_go_of(job, at);
    }
    pthread_mutex_lock(&job->lock);
    job->stop = true; /* parts may be left when the report cannot be written */
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->lock);
}

static void share(struct record_writer *out, struct job *job, unsigned threads) {
    pthread_t hands[THREADS_MOST];
    unsigned count = 0;
    job->slots = PARTS_A_THREAD * threads;
    pthread_mutex_init(&job->lock, NULL);
    pthread_cond_init(&job->changed, NULL);
    while (count + 1 < threads && pthread_create(&hands[count], NULL, lend_hand, job) == 0) {
        count++;
    }
    write_parts(job, out);
    for (unsigned i = 0; i < count; i++) {
        (void)pthread_join(hands[i], NULL);
    }
    pthread_cond_destroy(&job->changed);
    pthread_mutex_destroy(&job->lock);
    for (unsigned i = 0; i < job->slots; i++) {
        text_buffer_release(&job->slot[i].text);
    }
}

void records_in_parts(struct record_writer *out, size_t count,
                      void (*put)(struct record_writer *out, size_t at)) {
    out->memory = (struct record_memory){.isa = isa_best()};
    unsigned threads = out->options->threads < THREADS_MOST ? out->options->threads : THREADS_MOST;
    if (threads < 2 || count < WORTH_SHARING) {
        put_records(out, 0, count, put);
        return;
    }
    const struct record_writer model = *out;
    struct job job = {
        .out = &model, .put = put, .count = count, .parts = (count + PART - 1) / PART};
    share(out, &job, threads);
}
