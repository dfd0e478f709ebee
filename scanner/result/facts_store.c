#include "result/facts_store.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "core/hash64.h"

enum {
    ALIGNMENT = 8,
    FIRST_BYTES = 64 * 1024, /* blocks double, so that a few files take little … */
    NAMES_KEPT = 1024,
};
/* … and many take few. No large pages are asked for: a virtual machine gives free ones back to its
 * host, and each that comes again costs more than the faults of five hundred small ones. */
static const size_t largest_block = (size_t)32 << 20;

struct block {
    struct block *next;
    size_t size, used; /* this head included */
};

struct facts_store {
    struct block *blocks; /* newest first */
    struct bytes names[NAMES_KEPT];
};

struct facts_store *facts_store_new(void) {
    return calloc(1, sizeof(struct facts_store));
}

void facts_store_free(struct facts_store *store) {
    if (store == NULL) {
        return;
    }
    while (store->blocks != NULL) {
        struct block *next = store->blocks->next;
        munmap(store->blocks, store->blocks->size);
        store->blocks = next;
    }
    free(store);
}

static size_t next_size(const struct facts_store *store, size_t at_least) {
    size_t size = store->blocks == NULL ? FIRST_BYTES : 2 * store->blocks->size;
    size = size > largest_block ? largest_block : size;
    while (size < at_least) {
        size *= 2;
    }
    return size;
}

static bool add_block(struct facts_store *store, size_t len) {
    if (len > SIZE_MAX / 4) {
        return false;
    }
    size_t size = next_size(store, sizeof(struct block) + len);
    struct block *block =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) {
        return false;
    }
    (void)madvise(block, size, MADV_DONTDUMP);
    *block = (struct block){store->blocks, size, sizeof *block};
    store->blocks = block;
    return true;
}

void *facts_store_take(struct facts_store *store, size_t len) {
    size_t size = (len + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct block *block = store->blocks;
    size_t need = size + FACTS_STORE_TAIL;
    if (need < len ||
        ((block == NULL || need > block->size - block->used) && !add_block(store, need))) {
        return NULL;
    }
    block = store->blocks;
    void *memory = (uint8_t *)block + block->used;
    block->used += size;
    return memory;
}

void facts_store_end(struct facts_store *store, const void *end) {
    struct block *block = store->blocks;
    size_t used = (size_t)((const uint8_t *)end - (const uint8_t *)block);
    used = (used + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (used < block->used) { /* else it stands in a block before */
        memset((uint8_t *)block + used, 0, block->used - used);
        block->used = used;
    }
}

struct bytes facts_store_text(struct facts_store *store, struct bytes text) {
    if (text.len == 0) {
        return bytes_of(NULL, 0);
    }
    struct bytes *known = &store->names[hash64(text, 0) % NAMES_KEPT];
    if (bytes_equal(*known, text)) {
        return *known;
    }
    uint8_t *copy = facts_store_take(store, text.len);
    if (copy == NULL) {
        return bytes_of(NULL, 0);
    }
    memcpy(copy, text.ptr, text.len);
    *known = bytes_of(copy, text.len);
    return *known;
}

struct facts_store *facts_store_join(struct facts_store *into, struct facts_store *from) {
    if (into == NULL || from == NULL) {
        return into == NULL ? from : into;
    }
    struct block **tail = &into->blocks;
    while (*tail != NULL) {
        tail = &(*tail)->next;
    }
    *tail = from->blocks;
    from->blocks = NULL;
    facts_store_free(from);
    return into;
}
