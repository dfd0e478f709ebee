#include "input/held.h"

#include <stdlib.h>

#include "input/limits.h"

struct held_source {
    struct byte_source base;
    const struct work_item *item;
    struct input_budget *budget;
    uint64_t at;
};

static int64_t held_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                            size_t capacity, struct error *err) {
    const struct held_source *self = (const struct held_source *)source;
    if (offset >= self->base.size) {
        return 0;
    }
    if (capacity > self->base.size - offset) {
        capacity = (size_t)(self->base.size - offset);
    }
    int rc =
        sealed_file_read(self->item->held, self->item->held_at + offset, buffer, capacity, err);
    return rc < 0 ? rc : (int64_t)capacity;
}

static int64_t held_read(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    struct held_source *self = (struct held_source *)source;
    int64_t got = held_read_at(source, self->at, buffer, capacity, err);
    if (got > 0) {
        self->at += (uint64_t)got;
        int rc = budget_read(self->budget, (uint64_t)got, err);
        got = rc < 0 ? rc : got;
    }
    return got;
}

static void held_close(struct byte_source *source) {
    free(source);
}

struct byte_source *held_open(const struct work_item *item, struct input_budget *budget) {
    static const struct byte_source_ops ops = {
        .read = held_read, .read_at = held_read_at, .close = held_close};
    struct held_source *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    *self = (struct held_source){
        .base = {.ops = &ops, .size = item->size}, .item = item, .budget = budget};
    return &self->base;
}
