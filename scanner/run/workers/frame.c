#include "run/workers/frame.h"

#include <stdlib.h>

struct frame_header {
    uint32_t type;
    uint32_t length;
};

void frame_put(struct text_buffer *out, enum frame_type type, struct bytes head,
               struct bytes body) {
    struct frame_header header = {(uint32_t)type, (uint32_t)(head.len + body.len)};
    if (head.len + body.len > FRAME_PAYLOAD_MAX) {
        out->failed = true;
    }
    text_buffer_put(out, bytes_of(&header, sizeof header));
    text_buffer_put(out, head);
    text_buffer_put(out, body);
}

uint8_t *frame_buffer_room(struct frame_buffer *buffer, size_t len) {
    if (buffer->capacity - buffer->have < len) {
        size_t capacity = buffer->capacity * 2 + len;
        uint8_t *data = realloc(buffer->data, capacity);
        if (data == NULL) {
            return NULL;
        }
        buffer->data = data;
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->have;
}

int frame_next(const struct frame_buffer *buffer, size_t *at, uint32_t *type_out,
               struct bytes *payload_out) {
    struct frame_header header;
    size_t left = buffer->have - *at;
    if (left < sizeof header) {
        return 0;
    }
    memcpy(&header, buffer->data + *at, sizeof header);
    if (header.length > FRAME_PAYLOAD_MAX || header.type < FRAME_CLAIM ||
        header.type > FRAME_FATAL) {
        return -1;
    }
    if (left - sizeof header < header.length) {
        return 0;
    }
    *type_out = header.type;
    *payload_out = bytes_of(buffer->data + *at + sizeof header, header.length);
    *at += sizeof header + header.length;
    return 1;
}

void frame_discard(struct frame_buffer *buffer, size_t len) {
    if (len > 0) {
        memmove(buffer->data, buffer->data + len, buffer->have - len);
        buffer->have -= len;
    }
}

void frame_buffer_release(struct frame_buffer *buffer) {
    free(buffer->data);
    *buffer = (struct frame_buffer){0};
}
