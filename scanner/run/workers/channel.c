#include "run/workers/channel.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/socket.h>

enum { RING_BYTES = 256 * 1024, CALL_AT = RING_BYTES / 2 };

struct channel {
    _Atomic uint64_t written; /* bytes ever; set by the worker */
    _Atomic uint64_t taken;   /* … by the pool */
    _Atomic uint32_t waiting; /* the worker waits for room */
    _Atomic uint32_t called;  /* the pool has been woken and has not come yet */
    _Atomic unsigned held;
    uint8_t ring[RING_BYTES];
};

_Atomic unsigned *channel_held(struct channel *channel) {
    return &channel->held;
}

struct channel *channel_new(void) {
    void *memory = mmap(NULL, sizeof(struct channel), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void channel_free(struct channel *channel) {
    if (channel != NULL) {
        munmap(channel, sizeof *channel);
    }
}

void channel_reset(struct channel *channel) {
    atomic_store(&channel->written, 0);
    atomic_store(&channel->taken, 0);
    atomic_store(&channel->waiting, 0);
    atomic_store(&channel->called, 0);
    atomic_store(&channel->held, 0);
}

static bool wake(int fd) {
    ssize_t sent;
    do {
        sent = send(fd, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent == 1 || errno == EAGAIN ||
           errno == EWOULDBLOCK; /* then it has many calls to read */
}

static size_t room(struct channel *channel) {
    return RING_BYTES - (size_t)(atomic_load(&channel->written) - atomic_load(&channel->taken));
}

/* False when the pool is gone. A byte of an earlier call may end the wait too soon. */
static bool wait_for_room(struct channel *channel, int fd) {
    char byte;
    ssize_t got = 1;
    atomic_store(&channel->waiting, 1);
    if (room(channel) == 0) {
        if (!wake(fd)) {
            return false;
        }
        do {
            got = recv(fd, &byte, 1, 0);
        } while (got < 0 && errno == EINTR);
    }
    atomic_store(&channel->waiting, 0);
    return got == 1;
}

static void put(struct channel *channel, struct bytes part) {
    uint64_t written = atomic_load(&channel->written);
    size_t at = (size_t)(written % RING_BYTES), first = RING_BYTES - at;
    first = first < part.len ? first : part.len;
    memcpy(channel->ring + at, part.ptr, first);
    memcpy(channel->ring, part.ptr + first, part.len - first);
    atomic_store(&channel->written, written + part.len);
}

bool channel_send(struct channel *channel, int fd, struct text_buffer *out) {
    struct bytes left = text_buffer_view(out);
    bool ok = !out->failed;
    while (ok && left.len > 0) {
        size_t fits = room(channel);
        fits = fits < left.len ? fits : left.len;
        put(channel, bytes_first(left, fits));
        left = bytes_from(left, fits);
        if (left.len > 0) {
            ok = wait_for_room(channel, fd);
        } else if (room(channel) < RING_BYTES - CALL_AT &&
                   atomic_exchange(&channel->called, 1) == 0) {
            ok = wake(fd);
        }
    }
    text_buffer_clear(out);
    return ok;
}

/* Read the calls. True when the worker is gone. */
static bool is_closed(int fd) {
    char calls[64];
    ssize_t got;
    do {
        got = recv(fd, calls, sizeof calls, MSG_DONTWAIT);
    } while (got > 0 || (got < 0 && errno == EINTR));
    return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

enum frame_event channel_receive(struct channel *channel, int fd, struct frame_buffer *buffer) {
    bool closed = is_closed(fd); /* before the ring is looked at: nothing comes behind it then */
    atomic_store(&channel->called, 0);
    uint64_t taken = atomic_load(&channel->taken), have = atomic_load(&channel->written) - taken;
    if (have == 0 || have > RING_BYTES) { /* more than fits: a mad worker */
        return closed || have != 0 ? FRAME_CLOSED : FRAME_NOTHING;
    }
    uint8_t *room_for = frame_buffer_room(buffer, (size_t)have);
    if (room_for == NULL) {
        return FRAME_NO_MEMORY;
    }
    size_t at = (size_t)(taken % RING_BYTES), first = RING_BYTES - at;
    first = first < have ? first : (size_t)have;
    memcpy(room_for, channel->ring + at, first);
    memcpy(room_for + first, channel->ring, (size_t)have - first);
    buffer->have += (size_t)have;
    atomic_store(&channel->taken, taken + have);
    if (atomic_load(&channel->waiting) != 0) {
        wake(fd);
    }
    return FRAME_MORE;
}
