/* frame.h - the messages from a worker to the pool: a header, then the payload. They go through
 * channel.h. Both ends are the same program, so integers travel as they lie in memory; the pool
 * still checks every length, because a worker that reads hostile data may have gone mad. */
#ifndef YINMA_RUN_WORKERS_FRAME_H
#define YINMA_RUN_WORKERS_FRAME_H

#include "core/text_buffer.h"

enum frame_type {
    FRAME_CLAIM = 1,   /* the worker begins with an item: uint64_t, its number */
    FRAME_BEGIN,       /* a unit begins: struct frame_begin, its name in clear */
    FRAME_DONE,        /* it is finished: struct frame_unit, its facts (wire.h) */
    FRAME_OCCURRENCES, /* of the unit begun last: wire.h */
    FRAME_PROGRESS,    /* uint64_t: bytes read since the last one */
    FRAME_ITEM_DONE,   /* the item is finished: nothing */
    FRAME_SHARED,      /* from here on, units of the item are scanned side by side: nothing */
    FRAME_AGAIN,       /* forget the item and run it again, its streams in one piece: nothing */
    FRAME_END,         /* no item is left, the worker ends: nothing */
    FRAME_FATAL,       /* yinma itself failed: struct error */
};

/* Units of an item are numbered as they begin; `end` is the number of units that had begun when
 * this one was finished, so [seq, end) are the unit and what was found inside it. */
struct frame_unit {
    uint64_t seq;
    uint64_t end;
};

/* `depth` is the number of open units that this one stands in. A container of which there is
 * nothing to tell ends without a frame: what is deeper than that is over. */
struct frame_begin {
    uint64_t seq;
    uint64_t depth;
};

enum { FRAME_PAYLOAD_MAX = 1 << 30 };

/* Put HEAD and BODY as one frame into OUT. */
void frame_put(struct text_buffer *out, enum frame_type type, struct bytes head, struct bytes body);

/* The frames that arrived and were not looked at yet. */
struct frame_buffer {
    uint8_t *data;
    size_t have, capacity;
};

enum frame_event {
    FRAME_MORE,    /* something was read */
    FRAME_NOTHING, /* nothing to read now */
    FRAME_CLOSED,  /* the other end is gone */
    FRAME_NO_MEMORY,
};

/* Where LEN bytes more can be put, behind `have`; NULL when memory is out. */
uint8_t *frame_buffer_room(struct frame_buffer *buffer, size_t len);

/* Take the next whole frame from BUFFER at *at. 1, 0 when it is not complete yet, -1 when it is no
 * frame. The payload is a view of the buffer, valid until frame_discard. */
int frame_next(const struct frame_buffer *buffer, size_t *at, uint32_t *type_out,
               struct bytes *payload_out);

/* Forget the first LEN bytes. */
void frame_discard(struct frame_buffer *buffer, size_t len);
void frame_buffer_release(struct frame_buffer *buffer);

#endif
