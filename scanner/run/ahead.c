#include "run/ahead.h"

#include <pthread.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 256 * 1024, BLOCKS = 4 };

struct block {
    size_t len;
    uint8_t bytes[BLOCK_BYTES];
};

struct ahead {
    struct byte_source base;
    struct crew_job job;
    struct crew *crew;
    struct unit_scan *scan;
    struct byte_source *source;
    size_t at;            /* in the block that is read */
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    uint64_t filled, emptied; /* blocks */
    bool over, stop;          /* nothing more comes; nothing more is wanted */
    struct error failure;
    struct block blocks[BLOCKS];
};

static struct ahead *of_job(struct crew_job *job) {
    return (struct ahead *)(void *)((char *)job - offsetof(struct ahead, job));
}

/* The lock is held. True: a block may be filled. */
static bool wait_for_room(struct ahead *self) {
    while (!self->stop && self->filled - self->emptied == BLOCKS) {
        pthread_cond_wait(&self->changed, &self->lock);
    }
    return !self->stop;
}

static void work(struct crew_job *job, struct unit_scan *scan) {
    struct ahead *self = of_job(job);
    (void)scan;
    pthread_mutex_lock(&self->lock);
    while (!self->over && wait_for_room(self)) {
        struct block *block = &self->blocks[self->filled % BLOCKS];
        pthread_mutex_unlock(&self->lock);
        struct error problem = {0};
        int64_t got = byte_source_read_full(self->source, block->bytes, BLOCK_BYTES, &problem);
        pthread_mutex_lock(&self->lock);
        if (got > 0) {
            block->len = (size_t)got;
            self->filled++;
        } else {
            self->failure = problem;
            self->failure.code = (int)got;
            self->over = true;
        }
        pthread_cond_signal(&self->changed);
    }
    pthread_mutex_unlock(&self->lock);
}

/* The block to read from; NULL at the end. */
static struct block *wait_for_block(struct ahead *self) {
    pthread_mutex_lock(&self->lock);
    while (self->filled == self->emptied && !self->over) {
        pthread_cond_wait(&self->changed, &self->lock);
    }
    bool any = self->filled != self->emptied;
    pthread_mutex_unlock(&self->lock);
    return any ? &self->blocks[self->emptied % BLOCKS] : NULL;
}

static int64_t ahead_read(struct byte_source *source, void *buffer, size_t capacity,
                          struct error *err) {
    struct ahead *self = (struct ahead *)source;
    const struct block *block = wait_for_block(self);
    if (block == NULL) {
        if (self->failure.code != 0 && err != NULL) {
            *err = self->failure;
        }
        return self->failure.code;
    }
    size_t len = block->len - self->at < capacity ? block->len - self->at : capacity;
    memcpy(buffer, block->bytes + self->at, len);
    self->at += len;
    if (self->at == block->len) {
        self->at = 0;
        pthread_mutex_lock(&self->lock);
        self->emptied++;
        pthread_cond_signal(&self->changed);
        pthread_mutex_unlock(&self->lock);
    }
    return (int64_t)len;
}

static void ahead_close(struct byte_source *source) {
    struct ahead *self = (struct ahead *)source;
    pthread_mutex_lock(&self->lock);
    self->stop = true;
    pthread_cond_signal(&self->changed);
    pthread_mutex_unlock(&self->lock);
    crew_wait(self->crew, &self->job, self->scan);
    byte_source_close(self->source);
    pthread_mutex_destroy(&self->lock);
    pthread_cond_destroy(&self->changed);
    free(self);
}

static const struct byte_source_ops ahead_ops = {.read = ahead_read, .close = ahead_close};

struct byte_source *ahead_open(struct crew *crew, struct unit_scan *scan,
                               struct byte_source *source) {
    struct ahead *self = malloc(sizeof *self);
    if (self == NULL) {
        byte_source_close(source);
        return NULL;
    }
    memset(self, 0, offsetof(struct ahead, blocks));
    self->base = (struct byte_source){.ops = &ahead_ops, .size = source->size};
    self->job.work = work;
    self->crew = crew;
    self->scan = scan;
    self->source = source;
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->changed, NULL);
    crew_post(crew, &self->job);
    return &self->base;
}
