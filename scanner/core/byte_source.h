/* byte_source.h - where bytes come from, as decoders and containers see it: a file, a pipe, a
 * member of an archive, decompressed data, memory. One user at a time. Whoever opened a source
 * closes it; a source that wraps another does not own the inner one unless its opener says so. */
#ifndef YINMA_CORE_BYTE_SOURCE_H
#define YINMA_CORE_BYTE_SOURCE_H

#include "core/bytes.h"
#include "core/error.h"

struct byte_source;
struct input_budget; /* input/input.h */

struct byte_source_ops {
    /* Read up to CAPACITY bytes to BUFFER. Returns the number of bytes (> 0), 0 at the end, or a
     * negative YINMA_E… with *err set. May return fewer bytes than asked for. After an error the
     * bytes delivered before it stand; further reads return the same error. */
    int64_t (*read)(struct byte_source *self, void *buffer, size_t capacity, struct error *err);
    /* Random access without moving the read position: bytes read (short only at the end) or a
     * negative code. NULL where the source is a stream. */
    int64_t (*read_at)(struct byte_source *self, uint64_t offset, void *buffer, size_t capacity,
                       struct error *err);
    /* Pass up to BYTES bytes by without reading them: how many there were. NULL where reading is
     * the only way. */
    uint64_t (*skip)(struct byte_source *self, uint64_t bytes);
    /* Another source standing beside this one (a table's .sql beside its .txt), opened for the
     * caller; NULL when there is none. The op itself is NULL where nothing stands beside. */
    struct byte_source *(*sibling)(struct byte_source *self, const char *name, struct error *err);
    /* Does surely nothing stand beside this one whose name ends in one of ENDINGS, each a dot and
     * what follows the last one in either case? NULL-terminated. The op is NULL where that is not
     * known. */
    bool (*lacks)(struct byte_source *self, const char *const *endings);
    /* The same content from its start, for another thread: it shares nothing with this source but
     * what that was opened from, and counts into BUDGET. A source that is decompressed takes what
     * was read for it so far out of its own budget, since it is not to be read on. NULL, and
     * nothing has changed, when there is no such way or memory is out; so the op may be NULL. */
    struct byte_source *(*again)(struct byte_source *self, struct input_budget *budget);
    void (*close)(struct byte_source *self);
};

struct byte_source {
    const struct byte_source_ops *ops;
    uint64_t size; /* bytes in all, UINT64_MAX when unknown */
};

static inline int64_t byte_source_read(struct byte_source *s, void *buffer, size_t capacity,
                                       struct error *err) {
    return s->ops->read(s, buffer, capacity, err);
}

/* Fill BUFFER until it is full or the data ends. Same results as read. */
int64_t byte_source_read_full(struct byte_source *s, void *buffer, size_t capacity,
                              struct error *err);

/* See the op. */
static inline bool byte_source_lacks(struct byte_source *s, const char *const *endings) {
    return s->ops->sibling == NULL || (s->ops->lacks != NULL && s->ops->lacks(s, endings));
}

/* See the op. */
static inline struct byte_source *byte_source_again(struct byte_source *s,
                                                    struct input_budget *budget) {
    return s->ops->again == NULL ? NULL : s->ops->again(s, budget);
}

/* NULL is fine. */
void byte_source_close(struct byte_source *s);

#endif
