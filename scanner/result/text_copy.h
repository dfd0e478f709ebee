/* text_copy.h - owned byte strings of the result room: copies made with malloc, freed by whoever
 * holds the facts. */
#ifndef YINMA_RESULT_TEXT_COPY_H
#define YINMA_RESULT_TEXT_COPY_H

#include <stdlib.h>

#include "core/bytes.h"

/* A copy of FROM; {NULL, 0} for an empty one. False when memory is out. */
static inline bool text_copy(struct bytes from, struct bytes *out) {
    *out = (struct bytes){0};
    if (from.len == 0) {
        return true;
    }
    uint8_t *copy = malloc(from.len);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, from.ptr, from.len);
    out->ptr = copy;
    out->len = from.len;
    return true;
}

static inline void text_copy_free(struct bytes *text) {
    free((void *)text->ptr);
    *text = (struct bytes){0};
}

#endif
