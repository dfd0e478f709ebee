/* spool.c - a copy of a stream that can be read at any place: in memory, and what does not fit
 * there in an encrypted file. */
#include <stdlib.h>

#include "input/limits.h"
#include "input/sealed_file.h"

enum {
    MEMORY_BYTES = 16 * 1024 * 1024, /* beyond that it goes to the file */
    CHUNK_BYTES = SEALED_CHUNK,
    PAGE_BYTES = 4096,
};

struct spool {
    struct byte_source base;
    struct input_budget *budget;
    uint64_t at;               /* read position */
    uint64_t counted;          /* in the budget */
    struct error failure;      /* why the source ended early; comes behind its bytes */
    struct byte_source *inner; /* where something stands beside it; else NULL, it is closed */
    size_t memory_bytes;
    uint8_t *memory; /* memory_bytes, while everything fits */
    struct sealed_file *file;
    uint8_t *scratch; /* CHUNK_BYTES, with a file */
};

static void release_memory(struct spool *self) {
    if (self->memory != NULL) {
        self->budget->spooled_memory -= self->memory_bytes;
        private_memory_release(&self->memory, self->memory_bytes);
    }
}

/* From memory to the file. */
static int move_to_file(struct spool *self, struct error *err) {
    int code = sealed_file_open(&self->file, err);
    if (code < 0) {
        return code;
    }
    self->scratch = private_memory(CHUNK_BYTES);
    if (self->scratch == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    for (size_t at = 0; at < self->memory_bytes && code == 0; at += CHUNK_BYTES) {
        const size_t left = self->memory_bytes - at;
        code = sealed_file_write(self->file, at, self->memory + at,
                                 left < CHUNK_BYTES ? left : CHUNK_BYTES, err);
    }
    release_memory(self);
    return code;
}

/* Read up to CAPACITY bytes to BUFFER; short when the source ends. Its error is kept: what came
 * before it is worth reading. */
static size_t fill(struct spool *self, struct byte_source *source, uint8_t *buffer,
                   size_t capacity) {
    size_t have = 0;
    while (have < capacity && self->failure.code == 0) {
        int64_t got = byte_source_read(source, buffer + have, capacity - have, &self->failure);
        if (got == 0) {
            break;
        }
        if (got < 0) {
            self->failure.code = (int)got;
        } else if (budget_spool(self->budget, (uint64_t)got, &self->failure) == 0) {
            have += (size_t)got;
            self->counted += (uint64_t)got;
        }
    }
    return have;
}

/* A full chunk is written at a time, so every write starts on a cipher block. */
static int fill_file(struct spool *self, struct byte_source *source, struct error *err) {
    size_t have = CHUNK_BYTES;
    int code = 0;
    while (have == CHUNK_BYTES && code == 0) {
        have = fill(self, source, self->scratch, CHUNK_BYTES);
        code = sealed_file_write(self->file, self->base.size, self->scratch, have, err);
        self->base.size += have;
    }
    private_memory_release(&self->scratch, CHUNK_BYTES);
    return code;
}

static int64_t spool_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                             size_t capacity, struct error *err) {
    struct spool *self = (struct spool *)source;
    if (offset >= self->base.size) {
        if (self->failure.code != 0 && err != NULL) {
            *err = self->failure;
        }
        return self->failure.code;
    }
    if (capacity > self->base.size - offset) {
        capacity = (size_t)(self->base.size - offset);
    }
    if (self->memory != NULL) {
        memcpy(buffer, self->memory + offset, capacity);
        return (int64_t)capacity;
    }
    int code = sealed_file_read(self->file, offset, buffer, capacity, err);
    return code < 0 ? code : (int64_t)capacity;
}

static int64_t spool_read(struct byte_source *source, void *buffer, size_t capacity,
                          struct error *err) {
    struct spool *self = (struct spool *)source;
    int64_t got = spool_read_at(source, self->at, buffer, capacity, err);
    self->at += got > 0 ? (uint64_t)got : 0;
    return got;
}

static void spool_close(struct byte_source *source) {
    struct spool *self = (struct spool *)source;
    budget_unspool(self->budget, self->counted);
    release_memory(self);
    private_memory_release(&self->scratch, CHUNK_BYTES);
    sealed_file_close(self->file);
    byte_source_close(self->inner);
    free(self);
}

static struct byte_source *spool_sibling(struct byte_source *source, const char *name,
                                         struct error *err) {
    struct spool *self = (struct spool *)source;
    return self->inner->ops->sibling(self->inner, name, err);
}

static const struct byte_source_ops spool_ops[2] = {
    {.read = spool_read, .read_at = spool_read_at, .close = spool_close},
    {.read = spool_read, .read_at = spool_read_at, .sibling = spool_sibling, .close = spool_close}};

/* Whole pages; more than what a small source says that it holds, as far as there is room. */
static size_t memory_for(const struct byte_source *source, const struct input_budget *budget) {
    const uint64_t wanted = source->size < MEMORY_BYTES - PAGE_BYTES
                                ? (source->size / PAGE_BYTES + 1) * PAGE_BYTES
                                : MEMORY_BYTES;
    const uint64_t room = budget_spool_room(budget) / PAGE_BYTES * PAGE_BYTES;
    return (size_t)(wanted < room ? wanted : room > 0 ? room : PAGE_BYTES);
}

int input_seekable(struct byte_source *source, struct input_budget *budget,
                   struct byte_source **out, struct error *err) {
    *out = NULL;
    if (source->ops->read_at != NULL) {
        *out = source;
        return 0;
    }
    int code = 0;
    struct spool *self = calloc(1, sizeof *self);
    if (self == NULL) {
        code = error_set(err, YINMA_E_MEMORY, "out of memory");
        goto cleanup;
    }
    self->base.ops = &spool_ops[source->ops->sibling != NULL];
    self->budget = budget;
    self->memory_bytes = memory_for(source, budget);
    self->memory = private_memory(self->memory_bytes);
    if (self->memory == NULL) {
        code = error_set(err, YINMA_E_MEMORY, "out of memory");
        goto cleanup;
    }
    budget->spooled_memory += self->memory_bytes;
    self->base.size = fill(self, source, self->memory, self->memory_bytes);
    if (self->base.size == self->memory_bytes) {
        code = move_to_file(self, err);
        code = code < 0 ? code : fill_file(self, source, err);
    }
    if (code == 0 && self->base.size == 0 && self->failure.code != 0) {
        code = self->failure.code; /* nothing to read before the error */
        if (err != NULL) {
            *err = self->failure;
        }
    }
cleanup:
    if (code < 0 && self != NULL) {
        spool_close(&self->base);
    } else if (self != NULL) {
        *out = &self->base;
        if (source->ops->sibling != NULL) {
            self->inner = source;
            return 0;
        }
    }
    byte_source_close(source);
    return code;
}
