#include "core/block_codec.h"

#include <stdlib.h>

#include "core/segment.h"

void block_buffer_release(struct block_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct block_buffer){0};
}

bool block_buffer_reach(struct block_buffer *buffer, size_t capacity) {
    if (buffer->bytes != NULL && capacity <= buffer->capacity) {
        return true;
    }
    if (capacity > SIZE_MAX - SEGMENT_PADDING) {
        return false;
    }
    uint8_t *bigger = realloc(buffer->bytes, capacity + SEGMENT_PADDING);
    if (bigger == NULL) {
        return false;
    }
    buffer->bytes = bigger;
    buffer->capacity = capacity;
    return true;
}
