/* arena.h - memory with the lifetime of one item (one unit being scanned): many small allocations,
 * one release. Not for hot loops over values; those use scratch of the worker. */
#ifndef YINMA_CORE_ARENA_H
#define YINMA_CORE_ARENA_H

#include "core/bytes.h"

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out since the last reset */
    size_t limit;               /* allocations beyond it fail; 0 = none */
};

void arena_init(struct arena *arena, size_t limit_bytes);
void arena_release(struct arena *arena);

/* 16-byte aligned, zeroed memory that lives until arena_release; NULL when memory or the limit is
 * exhausted. */
void *arena_alloc(struct arena *arena, size_t len);

/* A copy of B in the arena; {NULL, 0} when memory is out and B is not empty. */
struct bytes arena_copy(struct arena *arena, struct bytes b);

#endif
