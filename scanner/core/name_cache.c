#include "core/name_cache.h"

#include <stdalign.h>
#include <stdlib.h>

#include "core/hash64.h"

/* Names with one hash share NEIGHBOURS places: when those are taken, one of them makes room. */
enum { PLACES = 512, NEIGHBOURS = 4 };

struct kept_name {
    bool known;
    uint8_t name_len, more_len;
    uint8_t text[NAME_CACHE_MOST]; /* one part, then the other */
};

struct name_cache {
    unsigned turn;      /* whose it is to make room */
    size_t value_bytes; /* of a place in values */
    struct kept_name names[PLACES];
    alignas(max_align_t) uint8_t values[]; /* beside names */
};

struct name_cache *name_cache_new(size_t value_bytes) {
    const size_t place = (value_bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct name_cache *cache = calloc(1, sizeof *cache + PLACES * place);
    if (cache != NULL) {
        cache->value_bytes = place;
    }
    return cache;
}

void name_cache_free(struct name_cache *cache) {
    free(cache);
}

static size_t first_place(struct bytes name, struct bytes more) {
    return (size_t)(hash64(more, hash64(name, 0)) % (PLACES / NEIGHBOURS)) * NEIGHBOURS;
}

static bool is_of(const struct kept_name *kept, struct bytes name, struct bytes more) {
    return kept->known && bytes_equal(bytes_of(kept->text, kept->name_len), name) &&
           bytes_equal(bytes_of(kept->text + kept->name_len, kept->more_len), more);
}

const void *name_cache_find(const struct name_cache *cache, struct bytes name, struct bytes more) {
    size_t at = first_place(name, more);
    for (unsigned i = 0; i < NEIGHBOURS; i++, at++) {
        if (is_of(&cache->names[at], name, more)) {
            return cache->values + at * cache->value_bytes;
        }
    }
    return NULL;
}

void *name_cache_keep(struct name_cache *cache, struct bytes name, struct bytes more) {
    if (name.len > NAME_CACHE_MOST || more.len > NAME_CACHE_MOST - name.len) {
        return NULL;
    }
    size_t at = first_place(name, more);
    unsigned taken = 0;
    while (taken < NEIGHBOURS && cache->names[at + taken].known) {
        taken++;
    }
    at += taken < NEIGHBOURS ? taken : cache->turn++ % NEIGHBOURS;
    struct kept_name *kept = &cache->names[at];
    *kept = (struct kept_name){true, (uint8_t)name.len, (uint8_t)more.len, {0}};
    if (name.len > 0) {
        memcpy(kept->text, name.ptr, name.len);
    }
    if (more.len > 0) {
        memcpy(kept->text + name.len, more.ptr, more.len);
    }
    return cache->values + at * cache->value_bytes;
}
