/* sketch.h - how many different values: exact up to SKETCH_EXACT (a wide one: SKETCH_WIDE, where
 * people are counted one by one), then HyperLogLog with p = 10 (1 KB, standard error 3.3 %).
 * Merging is order-free: any grouping of the same hashes gives the same sketch. Hashes are hash64
 * under the run's key. */
#ifndef YINMA_RESULT_SKETCH_H
#define YINMA_RESULT_SKETCH_H

#include "core/block64/block64.h"
#include "core/text_buffer.h"

enum { SKETCH_EXACT = 128, SKETCH_WIDE = 1000000, SKETCH_REGISTERS = 1024 };

struct sketch {
    uint32_t count;     /* hashes held while exact */
    uint32_t capacity;  /* of `hashes` */
    bool wide;          /* exact to SKETCH_WIDE: then `hashes` is a table of 2^n places, 0 = free */
    bool overflowed;    /* registers are in use */
    bool failed;        /* memory ran out: the count is a lower bound */
    bool one_way;       /* came from sketch_parse: the hashes are as printed */
    bool counted;       /* the hashes were left behind: nothing but `count` is known */
    uint64_t last;      /* the hash added last: runs of equal values cost nothing */
    uint64_t *hashes;   /* sorted set while exact and not wide; NULL when empty */
    uint8_t *registers; /* SKETCH_REGISTERS bytes; NULL while exact */
};

void sketch_init(struct sketch *s);
/* Count exactly up to SKETCH_WIDE from here on. S is empty. */
void sketch_widen(struct sketch *s);
void sketch_release(struct sketch *s);
/* Keep the count and leave the hashes of a sketch behind that is exact and not wide; others stay as
 * they are. Then it cannot be merged, and nothing is printed of it. */
void sketch_leave_hashes(struct sketch *s);
/* How many `hashes` S needs to hold COUNT of them without growing. */
uint32_t sketch_capacity(const struct sketch *s, uint32_t count);
void sketch_add_slow(struct sketch *s, uint64_t hash);
/* Add up to SKETCH_BATCH hashes: less work than one by one where most are new. */
enum { SKETCH_BATCH = 128 };
void sketch_add_batch(struct sketch *s, const uint64_t *hashes, size_t count);
void sketch_merge(struct sketch *into, const struct sketch *from);
uint64_t sketch_estimate(const struct sketch *s);
static inline bool sketch_is_exact(const struct sketch *s) {
    return !s->overflowed && !s->failed;
}

static inline void sketch_add(struct sketch *s, uint64_t hash) {
    if (s->overflowed) {
        unsigned at = (unsigned)(hash >> 54);
        unsigned rank = (unsigned)__builtin_clzll(hash << 10 | 1U << 9) + 1;
        if (s->registers[at] < rank) {
            s->registers[at] = (uint8_t)rank;
        }
    } else if (hash != s->last || s->count == 0) {
        s->last = hash;
        sketch_add_slow(s, hash);
    }
}

/* Of an overflowed sketch: a hash whose rank_bits are above this changes nothing, now and later. */
uint64_t sketch_rank_limit(const struct sketch *s);
static inline uint64_t sketch_rank_bits(uint64_t hash) {
    return hash << 10; /* the more zeros they begin with, the higher the rank */
}

/* "exact:" or "hll10:" and base64 of the content; the form of the NDJSON record. exact: 8 bytes a
 * hash, little-endian, ascending; hll10: one base64 digit a register.
 *
 * hash64 is fast, not cryptographic: its bits together with one known value could give the key
 * away. So a printed hash keeps only what a register would tell (the index and the run of zeros);
 * the bits behind are replaced by those of its SHA-256. Printed sketches merge with each other as
 * before, never with sketches of a running scan. */
void sketch_print(const struct sketch *s, enum isa isa, struct text_buffer *out);
/* 0, YINMA_E_DAMAGED or YINMA_E_MEMORY. OUT is initialised in any case. */
int sketch_parse(struct bytes text, struct sketch *out);

#endif
