#include "core/arena.h"

#include <stdlib.h>

/* Most items are small: blocks begin small and double. */
enum { FIRST_BYTES = 1024, BLOCK_BYTES = 16 * 1024, ALIGNMENT = 16 };

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t size;
    _Alignas(ALIGNMENT) uint8_t data[];
};

void arena_init(struct arena *arena, size_t limit_bytes) {
    *arena = (struct arena){.limit = limit_bytes};
}

void arena_release(struct arena *arena) {
    while (arena->blocks != NULL) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
    arena->used = 0;
}

static struct arena_block *add_block(struct arena *arena, size_t at_least) {
    size_t usual = arena->blocks == NULL ? FIRST_BYTES : 2 * arena->blocks->size;
    usual = usual < BLOCK_BYTES ? usual : BLOCK_BYTES;
    size_t size = at_least > usual ? at_least : usual;
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (block != NULL) {
        block->size = size;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

void *arena_alloc(struct arena *arena, size_t len) {
    if (len > SIZE_MAX / 2 ||
        (arena->limit != 0 && (arena->used > arena->limit || len > arena->limit - arena->used))) {
        return NULL;
    }
    size_t size = (len + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct arena_block *block = arena->blocks;
    if (block == NULL || size > block->size - block->used) {
        block = add_block(arena, size);
    }
    if (block == NULL) {
        return NULL;
    }
    void *memory = block->data + block->used;
    block->used += size;
    arena->used += size;
    return memory;
}

struct bytes arena_copy(struct arena *arena, struct bytes b) {
    uint8_t *copy = arena_alloc(arena, b.len == 0 ? 1 : b.len);
    if (copy == NULL) {
        return (struct bytes){NULL, 0};
    }
    if (b.len != 0) {
        memcpy(copy, b.ptr, b.len);
    }
    return (struct bytes){copy, b.len};
}
