/* channel.h - the way of frames from a worker to the pool: a ring in memory that both share, so
 * that small frames cost no system call, and what a worker has written is there when it is dead. A
 * socket beside it wakes the one who waits and tells that the other is gone. */
#ifndef YINMA_RUN_WORKERS_CHANNEL_H
#define YINMA_RUN_WORKERS_CHANNEL_H

#include "core/text_buffer.h"
#include "run/workers/frame.h"

struct channel;

/* NULL when memory is out. To be made before the fork. */
struct channel *channel_new(void);
void channel_free(struct channel *channel);
/* Forget what was sent: for the next worker. Nobody may use it now. */
void channel_reset(struct channel *channel);

/* How many processors besides its own are lent to the worker (crew.h). */
_Atomic unsigned *channel_held(struct channel *channel);

/* The worker: send what OUT holds and empty it; waits while the ring is full. FD: the worker's end
 * of the socket, blocking. False when the pool is gone or memory ran out. */
bool channel_send(struct channel *channel, int fd, struct text_buffer *out);

/* The pool: take what is there without waiting. FD: the pool's end. FRAME_CLOSED only when nothing
 * is left to take. */
enum frame_event channel_receive(struct channel *channel, int fd, struct frame_buffer *buffer);

#endif
