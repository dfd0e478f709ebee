/* stepped.h - a source over memory that gives so many bytes at a time. */
#ifndef YINMA_TESTS_STEPPED_H
#define YINMA_TESTS_STEPPED_H

#include "check.h"
#include "core/byte_source.h"

struct stepped {
    struct byte_source base;
    struct bytes data;
    size_t at, step;
    int fails; /* the code of the error behind the data, or 0 */
};

static int64_t stepped_read(struct byte_source *self, void *buffer, size_t capacity,
                            struct error *err) {
    struct stepped *s = (struct stepped *)self;
    size_t len = s->data.len - s->at;
    len = len < s->step ? len : s->step;
    len = len < capacity ? len : capacity;
    if (len == 0 && s->fails != 0) {
        return error_set(err, s->fails, "the cable was pulled");
    }
    memcpy(buffer, s->data.ptr + s->at, len);
    s->at += len;
    return (int64_t)len;
}

static void stepped_close(struct byte_source *self) {
    (void)self;
}

static const struct byte_source_ops stepped_ops = {.read = stepped_read, .close = stepped_close};

static struct stepped stepped_open(struct bytes data, size_t step) {
    return (struct stepped){
        .base = {.ops = &stepped_ops, .size = data.len}, .data = data, .step = step};
}

static const size_t steps[] = {1, 2, 7, 64, SIZE_MAX};
enum { STEPS = sizeof steps / sizeof *steps };

#endif
