#include "run/frame.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum { RECEIVE_BYTES = 256 * 1024 };

struct frame_header {
    uint32_t type;
    uint32_t length;
};

static bool send_all(int fd, struct iovec *parts, size_t count) {
    while (count > 0) {
        if (parts->iov_len == 0) {
            parts++;
            count--;
            continue;
        }
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
        ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        size_t left = (size_t)sent;
        while (count > 0 && left >= parts->iov_len) {
            left -= parts->iov_len;
            parts++;
            count--;
        }
        if (count > 0) {
            parts->iov_base = (uint8_t *)parts->iov_base + left;
            parts->iov_len -= left;
        }
    }
    return true;
}

bool frame_send(int fd, enum frame_type type, struct bytes head, struct bytes body) {
    if (head.len + body.len > FRAME_PAYLOAD_MAX) {
        return false;
    }
    struct frame_header header = {(uint32_t)type, (uint32_t)(head.len + body.len)};
    /* iovec has no const; sendmsg only reads */
    struct iovec parts[] = {
        {&header, sizeof header},
        {(void *)(uintptr_t)head.ptr, head.len},
        {(void *)(uintptr_t)body.ptr, body.len},
    };
    return send_all(fd, parts, sizeof parts / sizeof *parts);
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
