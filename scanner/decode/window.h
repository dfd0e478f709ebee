/* window.h - the sliding buffer under every decoder: a contiguous view of the stream with the
 * context segments need on both sides. The source reads straight into it; the only copy is the
 * unfinished tail that moves to the front at a refill. */
#ifndef YINMA_DECODE_WINDOW_H
#define YINMA_DECODE_WINDOW_H

#include "core/block64/block64.h"
#include "core/byte_source.h"
#include "core/width_map.h"

enum {
    WINDOW_READ_BYTES = 128 * 1024, /* what one refill asks for */
};

struct window {
    uint8_t *bytes; /* the buffer; SEGMENT_PADDING readable bytes behind capacity */
    size_t capacity;
    size_t begin;             /* first byte not yet consumed */
    size_t end;               /* end of the data in the buffer */
    uint64_t offset;          /* of bytes[0] in the unit, before transcoding */
    struct widths width_rule; /* anchored at bytes[0] */
    uint64_t line;            /* line number of bytes[0] */
    bool uncounted;           /* the decoder counts by itself: offset and line mean nothing */
    bool at_end;              /* the source has no more: `end` is the end of the unit */
    int status;               /* 0, or the negative code of the error that ended the data */
    struct error *err;        /* holds its message */
    struct byte_source *source;
    const struct block64_ops *ops;
};

/* A window over SOURCE (not owned). 0 or YINMA_E_MEMORY. */
int window_init(struct window *w, struct byte_source *source, const struct block64_ops *ops,
                struct widths width_rule, struct error *err);
void window_release(struct window *w);

/* Drop what is consumed (but for SEGMENT_CONTEXT bytes before `begin`), then read until the buffer
 * is full or the source ends. When nothing could be dropped the buffer is doubled, up to
 * WINDOW_MAX_BYTES; beyond that nothing happens and false is returned: the decoder must consume.
 * A read error is the end of the data: it sets at_end and status. All indices into the buffer
 * taken before the call are void: *moved_out (may be NULL) is what to subtract from them. */
enum { WINDOW_MAX_BYTES = 4 * 1024 * 1024 };
bool window_fill(struct window *w, size_t *moved_out);

/* Is the first byte not yet consumed the first of a line? Asked behind the first one of all it may
 * be false for want of what was before. */
static inline bool window_at_line(const struct window *w) {
    return w->begin > 0 && w->bytes[w->begin - 1] == '\n';
}

/* Everything before INDEX (into bytes) is done with. */
static inline void window_consume(struct window *w, size_t index) {
    w->begin = index;
}

#endif
