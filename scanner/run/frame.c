#include "run/frame.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { RECEIVE_BYTES = 256 * 1024 };

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

bool frame_flush(int fd, struct text_buffer *out) {
    struct bytes left = text_buffer_view(out);
    bool ok = !out->failed;
    while (ok && left.len > 0) {
        ssize_t sent = send(fd, left.ptr, left.len, MSG_NOSIGNAL);
        if (sent > 0) {
            left = bytes_from(left, (size_t)sent);
        } else {
            ok = sent < 0 && errno == EINTR;
        }
    }
    text_buffer_clear(out);
    return ok;
}

enum frame_event frame_receive(int fd, struct frame_buffer *buffer) {
    if (buffer->capacity - buffer->have < RECEIVE_BYTES) {
        size_t capacity = buffer->capacity * 2 + RECEIVE_BYTES;
        uint8_t *data = realloc(buffer->data, capacity);
        if (data == NULL) {
            return FRAME_NO_MEMORY;
        }
        buffer->data = data;
        buffer->capacity = capacity;
    }
    ssize_t got;
    do {
        got = recv(fd, buffer->data + buffer->have, buffer->capacity - buffer->have, MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        buffer->have += (size_t)got;
        return FRAME_MORE;
    }
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        return FRAME_NOTHING;
    }
    return FRAME_CLOSED;
}

int frame_next(const struct frame_buffer *buffer, size_t *at, uint32_t *type_out,
               struct bytes *payload_out) {
    struct frame_header header;
    size_t left = buffer->have - *at;
    if (left < sizeof header) {
        return 0;
    }
    memcpy(&header, buffer->data + *at, sizeof header);
    if (header.length > FRAME_PAYLOAD_MAX || header.type < FRAME_BEGIN ||
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
