/* peek.c - sources that wrap another one: its first bytes looked at, or its bytes counted as one
 * unit. */
#include <stdlib.h>

#include "input/limits.h"

/* ---- the first bytes ---- */

struct peek_source {
    struct byte_source base;
    struct byte_source *inner;
    size_t at, have; /* in head */
    struct error failure;
    uint8_t head[INPUT_HEAD_BYTES];
};

static int64_t peek_read(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    struct peek_source *self = (struct peek_source *)source;
    if (self->at < self->have) {
        size_t len = self->have - self->at < capacity ? self->have - self->at : capacity;
        memcpy(buffer, self->head + self->at, len);
        self->at += len;
        return (int64_t)len;
    }
    if (self->failure.code != 0) {
        if (err != NULL) {
            *err = self->failure;
        }
        return self->failure.code;
    }
    return byte_source_read(self->inner, buffer, capacity, err);
}

static int64_t peek_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                            size_t capacity, struct error *err) {
    struct peek_source *self = (struct peek_source *)source;
    return self->inner->ops->read_at(self->inner, offset, buffer, capacity, err);
}

static struct byte_source *peek_sibling(struct byte_source *source, const char *name,
                                        struct error *err) {
    struct peek_source *self = (struct peek_source *)source;
    return self->inner->ops->sibling(self->inner, name, err);
}

static bool peek_lacks(struct byte_source *source, const char *const *endings) {
    return byte_source_lacks(((struct peek_source *)source)->inner, endings);
}

static struct byte_source *peek_again(struct byte_source *source, struct input_budget *budget) {
    struct peek_source *self = (struct peek_source *)source;
    return byte_source_again(self->inner, budget);
}

static void peek_close(struct byte_source *source) {
    struct peek_source *self = (struct peek_source *)source;
    byte_source_close(self->inner);
    free(self);
}

/* An operation that is NULL says what a source cannot do, so there is a table for each case:
 * [has read_at][has sibling]. */
static const struct byte_source_ops peek_ops[2][2] = {
    {{.read = peek_read, .again = peek_again, .close = peek_close},
     {.read = peek_read,
      .sibling = peek_sibling,
      .lacks = peek_lacks,
      .again = peek_again,
      .close = peek_close}},
    {{.read = peek_read, .read_at = peek_read_at, .again = peek_again, .close = peek_close},
     {.read = peek_read,
      .read_at = peek_read_at,
      .sibling = peek_sibling,
      .lacks = peek_lacks,
      .again = peek_again,
      .close = peek_close}},
};

/* Fill the head; true when the data ended within it. */
static bool fill_head(struct peek_source *self) {
    while (self->have < sizeof self->head) {
        int64_t got = byte_source_read(self->inner, self->head + self->have,
                                       sizeof self->head - self->have, &self->failure);
        if (got < 0) {
            self->failure.code = (int)got;
            return false;
        }
        if (got == 0) {
            return true;
        }
        self->have += (size_t)got;
    }
    return false; /* perhaps it does, exactly here: nobody knows yet */
}

struct byte_source *input_peek(struct byte_source *source, struct bytes *head_out, bool *whole_out,
                               struct error *err) {
    struct peek_source *self = malloc(sizeof *self);
    if (self == NULL) {
        byte_source_close(source);
        error_set(err, YINMA_E_MEMORY, "out of memory");
        return NULL;
    }
    self->base.ops = &peek_ops[source->ops->read_at != NULL][source->ops->sibling != NULL];
    self->base.size = source->size;
    self->inner = source;
    self->at = self->have = 0;
    self->failure.code = 0;
    *whole_out = fill_head(self);
    *head_out = (struct bytes){self->head, self->have};
    return &self->base;
}

/* ---- one unit ---- */

struct unit_source {
    struct byte_source base;
    struct byte_source *inner;
    struct input_budget *budget;
    uint64_t at;
    struct error failure;
};

static int64_t unit_read(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    struct unit_source *self = (struct unit_source *)source;
    if (self->failure.code != 0) {
        if (err != NULL) {
            *err = self->failure;
        }
        return self->failure.code;
    }
    int64_t got = byte_source_read(self->inner, buffer, capacity, err);
    if (got <= 0) {
        return got;
    }
    const uint64_t before = self->at, limit = self->budget->limits->max_unit_bytes;
    self->at += (uint64_t)got;
    if (budget_unit(self->budget, self->at, &self->failure) == YINMA_E_LIMIT) {
        got = (int64_t)(limit - before); /* up to the limit exactly, however the data came */
        self->at = limit;
    }
    return got > 0 ? got : unit_read(source, buffer, capacity, err);
}

static int64_t unit_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                            size_t capacity, struct error *err) {
    struct unit_source *self = (struct unit_source *)source;
    int code = budget_unit(self->budget, self->base.size, err);
    if (code < 0) {
        return code;
    }
    return self->inner->ops->read_at(self->inner, offset, buffer, capacity, err);
}

static struct byte_source *unit_sibling(struct byte_source *source, const char *name,
                                        struct error *err) {
    struct unit_source *self = (struct unit_source *)source;
    return self->inner->ops->sibling(self->inner, name, err);
}

static bool unit_lacks(struct byte_source *source, const char *const *endings) {
    return byte_source_lacks(((struct unit_source *)source)->inner, endings);
}

static void unit_close(struct byte_source *source) {
    struct unit_source *self = (struct unit_source *)source;
    byte_source_close(self->inner);
    free(self);
}

static const struct byte_source_ops unit_ops[2][2] = {
    {{.read = unit_read, .close = unit_close},
     {.read = unit_read, .sibling = unit_sibling, .lacks = unit_lacks, .close = unit_close}},
    {{.read = unit_read, .read_at = unit_read_at, .close = unit_close},
     {.read = unit_read,
      .read_at = unit_read_at,
      .sibling = unit_sibling,
      .lacks = unit_lacks,
      .close = unit_close}},
};

struct byte_source *input_unit(struct byte_source *source, struct input_budget *budget,
                               struct error *err) {
    struct unit_source *self = calloc(1, sizeof *self);
    if (self == NULL) {
        byte_source_close(source);
        error_set(err, YINMA_E_MEMORY, "out of memory");
        return NULL;
    }
    self->base.ops = &unit_ops[source->ops->read_at != NULL][source->ops->sibling != NULL];
    self->base.size = source->size;
    self->inner = source;
    self->budget = budget;
    return &self->base;
}
