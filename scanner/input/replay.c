#include "input/replay.h"

#include <stdlib.h>

struct replay {
    struct byte_source base;
    struct byte_source *source;
    bool *delivered;
    uint64_t position; /* of the next read through read_at */
};

static int64_t borrow_read(struct byte_source *self, void *buffer, size_t capacity,
                           struct error *err) {
    struct replay *replay = (struct replay *)self;
    int64_t got = byte_source_read(replay->source, buffer, capacity, err);
    if (got > 0) {
        *replay->delivered = true;
    }
    return got;
}

static int64_t replay_read(struct byte_source *self, void *buffer, size_t capacity,
                           struct error *err) {
    struct replay *replay = (struct replay *)self;
    int64_t got =
        replay->source->ops->read_at(replay->source, replay->position, buffer, capacity, err);
    replay->position += got > 0 ? (uint64_t)got : 0;
    return got;
}

static int64_t replay_read_at(struct byte_source *self, uint64_t offset, void *buffer,
                              size_t capacity, struct error *err) {
    struct replay *replay = (struct replay *)self;
    return replay->source->ops->read_at(replay->source, offset, buffer, capacity, err);
}

static struct byte_source *replay_again(struct byte_source *self, struct input_budget *budget) {
    struct replay *replay = (struct replay *)self;
    return byte_source_again(replay->source, budget);
}

static uint64_t replay_skip(struct byte_source *self, uint64_t bytes) {
    struct replay *replay = (struct replay *)self;
    const uint64_t size = replay->source->size;
    const uint64_t left = size > replay->position ? size - replay->position : 0;
    const uint64_t step = bytes < left ? bytes : left;
    replay->position += step;
    return step;
}

static void replay_close(struct byte_source *self) {
    free(self);
}

static const struct byte_source_ops borrow_ops = {
    .read = borrow_read, .again = replay_again, .close = replay_close};
static const struct byte_source_ops borrow_seekable_ops = {
    .read = borrow_read, .read_at = replay_read_at, .again = replay_again, .close = replay_close};
static const struct byte_source_ops replay_ops = {.read = replay_read,
                                                  .read_at = replay_read_at,
                                                  .skip = replay_skip,
                                                  .again = replay_again,
                                                  .close = replay_close};

static struct byte_source *new_replay(const struct byte_source_ops *ops, struct byte_source *source,
                                      bool *delivered) {
    struct replay *replay = calloc(1, sizeof *replay);
    if (replay == NULL) {
        return NULL;
    }
    replay->base.ops = ops;
    replay->base.size = source->size;
    replay->source = source;
    replay->delivered = delivered;
    return &replay->base;
}

struct byte_source *replay_borrow(struct byte_source *source, bool *delivered) {
    return new_replay(source->ops->read_at == NULL ? &borrow_ops : &borrow_seekable_ops, source,
                      delivered);
}

struct byte_source *replay_from_start(struct byte_source *source) {
    return source->ops->read_at == NULL ? NULL : new_replay(&replay_ops, source, NULL);
}
