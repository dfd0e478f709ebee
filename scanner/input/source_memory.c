/* source_memory.c - a view of memory as a source. */
#include <stdlib.h>

#include "input/input.h"

struct memory_source {
    struct byte_source base;
    struct bytes memory;
    size_t at;
};

static int64_t memory_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                              size_t capacity, struct error *err) {
    (void)err;
    const struct memory_source *self = (const struct memory_source *)source;
    if (offset >= self->memory.len) {
        return 0;
    }
    struct bytes part = bytes_first(bytes_from(self->memory, (size_t)offset), capacity);
    memcpy(buffer, part.ptr, part.len);
    return (int64_t)part.len;
}

static int64_t memory_read(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct memory_source *self = (struct memory_source *)source;
    int64_t got = memory_read_at(source, self->at, buffer, capacity, err);
    self->at += (size_t)got;
    return got;
}

static void memory_close(struct byte_source *source) {
    free(source);
}

static const struct byte_source_ops memory_ops = {
    .read = memory_read, .read_at = memory_read_at, .close = memory_close};

struct byte_source *input_open_memory(struct bytes memory) {
    struct memory_source *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    self->base = (struct byte_source){.ops = &memory_ops, .size = memory.len};
    self->memory = memory;
    return &self->base;
}
