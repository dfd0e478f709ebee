#include "decode/window.h"

#include <stdlib.h>

#include "core/segment.h"

int window_init(struct window *w, struct byte_source *source, const struct block64_ops *ops,
                struct widths width_rule, struct error *err) {
    *w = (struct window){
        .source = source, .ops = ops, .err = err, .line = 1, .width_rule = width_rule};
    w->capacity = WINDOW_READ_BYTES + 2 * SEGMENT_CONTEXT;
    w->bytes = malloc(w->capacity + SEGMENT_PADDING); /* a small unit touches little of it */
    if (w->bytes == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a read buffer");
    }
    memset(w->bytes, 0, SEGMENT_PADDING);
    w->width_rule.anchor = w->bytes;
    w->width_rule.ops = ops;
    return 0;
}

void window_release(struct window *w) {
    free(w->bytes);
    w->bytes = NULL;
}

static bool enlarge(struct window *w) {
    if (w->capacity >= WINDOW_MAX_BYTES) {
        return false;
    }
    uint8_t *bigger = realloc(w->bytes, w->capacity * 2 + SEGMENT_PADDING);
    if (bigger == NULL) {
        return false;
    }
    w->bytes = bigger;
    w->width_rule.anchor = bigger;
    w->capacity *= 2;
    return true;
}

/* Move the tail to the front; returns by how much. */
static size_t drop_consumed(struct window *w) {
    size_t drop = w->begin > SEGMENT_CONTEXT ? w->begin - SEGMENT_CONTEXT : 0;
    if (drop != 0) {
        if (!w->uncounted) {
            w->line += w->ops->count(w->bytes, drop, '\n');
            w->offset += width_before(w->width_rule, bytes_of(w->bytes, drop));
        }
        w->width_rule.position += drop;
        memmove(w->bytes, w->bytes + drop, w->end - drop);
        w->begin -= drop;
        w->end -= drop;
    }
    return drop;
}

bool window_fill(struct window *w, size_t *moved_out) {
    size_t moved = 0;
    if (!w->at_end) {
        moved = drop_consumed(w);
    }
    if (moved_out != NULL) {
        *moved_out = moved;
    }
    if (w->at_end || (w->end == w->capacity && !enlarge(w))) {
        return false;
    }
    while (w->end < w->capacity) {
        int64_t got = byte_source_read(w->source, w->bytes + w->end, w->capacity - w->end, w->err);
        if (got <= 0) {
            w->at_end = true;
            w->status = (int)got;
            break;
        }
        w->end += (size_t)got;
    }
    memset(w->bytes + w->end, 0, SEGMENT_PADDING);
    return true;
}
