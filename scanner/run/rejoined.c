#include "run/rejoined.h"

#include <stdlib.h>

struct rejoined {
    struct byte_source base;
    struct byte_source *rest;
    size_t at;
    struct bytes read;
    uint8_t copy[];
};

static int64_t rejoined_read(struct byte_source *source, void *buffer, size_t capacity,
                             struct error *err) {
    struct rejoined *self = (struct rejoined *)source;
    if (self->at == self->read.len) {
        return self->rest == NULL ? 0 : byte_source_read(self->rest, buffer, capacity, err);
    }
    struct bytes part = bytes_first(bytes_from(self->read, self->at), capacity);
    memcpy(buffer, part.ptr, part.len);
    self->at += part.len;
    return (int64_t)part.len;
}

static void rejoined_close(struct byte_source *source) {
    struct rejoined *self = (struct rejoined *)source;
    byte_source_close(self->rest);
    free(self);
}

static const struct byte_source_ops rejoined_ops = {.read = rejoined_read, .close = rejoined_close};

static struct rejoined *make(struct bytes read, struct byte_source *rest, size_t copied) {
    struct rejoined *self = malloc(sizeof *self + copied);
    if (self != NULL) {
        *self = (struct rejoined){
            .base = {.ops = &rejoined_ops, .size = UINT64_MAX}, .rest = rest, .read = read};
    }
    return self;
}

struct byte_source *rejoined_open(struct bytes read, struct byte_source *rest) {
    struct rejoined *self = make(read, rest, read.len);
    if (self == NULL) {
        return NULL;
    }
    memcpy(self->copy, read.ptr, read.len);
    self->read.ptr = self->copy;
    return &self->base;
}

struct byte_source *rejoined_view(struct bytes read) {
    struct rejoined *self = make(read, NULL, 0);
    return self == NULL ? NULL : &self->base;
}
