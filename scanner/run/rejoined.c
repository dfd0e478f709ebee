#include "run/rejoined.h"

#include <stdlib.h>

struct rejoined {
    struct byte_source base;
    struct byte_source *rest;
    size_t at, len;
    uint8_t bytes[];
};

static int64_t rejoined_read(struct byte_source *source, void *buffer, size_t capacity,
                             struct error *err) {
    struct rejoined *self = (struct rejoined *)source;
    if (self->at == self->len) {
        return self->rest == NULL ? 0 : byte_source_read(self->rest, buffer, capacity, err);
    }
    size_t len = self->len - self->at < capacity ? self->len - self->at : capacity;
    memcpy(buffer, self->bytes + self->at, len);
    self->at += len;
    return (int64_t)len;
}

static void rejoined_close(struct byte_source *source) {
    struct rejoined *self = (struct rejoined *)source;
    byte_source_close(self->rest);
    free(self);
}

static const struct byte_source_ops rejoined_ops = {.read = rejoined_read, .close = rejoined_close};

struct byte_source *rejoined_open(struct bytes read, struct byte_source *rest) {
    struct rejoined *self = malloc(sizeof *self + read.len);
    if (self == NULL) {
        return NULL;
    }
    self->base = (struct byte_source){.ops = &rejoined_ops, .size = UINT64_MAX};
    self->rest = rest;
    self->at = 0;
    self->len = read.len;
    memcpy(self->bytes, read.ptr, read.len);
    return &self->base;
}
