/* hash64.h - a fast keyed 64-bit hash for counting distinct values and for look-up tables. Not
 * cryptographic: what leaves the program is made by result/fingerprint.h. */
#ifndef YINMA_CORE_HASH64_H
#define YINMA_CORE_HASH64_H

#include "core/bytes.h"

static inline uint64_t hash64_load(const uint8_t *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline uint64_t hash64_mix(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* What every hash under KEY begins with: made once where many values are hashed. */
static inline uint64_t hash64_seed(uint64_t key) {
    return key ^ hash64_mix(key ^ UINT64_C(0xA0761D6478BD642F), UINT64_C(0xE7037ED1A0B428DB));
}

/* Folded multiplication over 16 bytes a step, in the manner of wyhash; about 2 ns for the length
 * of an ID or a card number. Little-endian machines only (all we build for). */
static inline uint64_t hash64_seeded(struct bytes b, uint64_t seed) {
    const uint64_t c1 = UINT64_C(0xA0761D6478BD642F), c2 = UINT64_C(0xE7037ED1A0B428DB);
    const uint8_t *p = b.ptr;
    size_t left = b.len;
    while (left > 16) {
        seed = hash64_mix(hash64_load(p) ^ c1, hash64_load(p + 8) ^ seed);
        p += 16;
        left -= 16;
    }
    uint64_t low = 0, high = 0;
    if (left >= 8) {
        low = hash64_load(p);
        high = hash64_load(p + left - 8);
    } else {
        for (size_t i = 0; i < left; i++) {
            low |= (uint64_t)p[i] << (8 * i);
        }
    }
    return hash64_mix(c2 ^ (uint64_t)b.len, hash64_mix(low ^ c1, high ^ seed));
}

/* The same where eight more bytes behind B may be read: lengths that differ from value to value are
 * no branches that are guessed wrong. */
static inline uint64_t hash64_readable(struct bytes b, uint64_t seed) {
    const uint64_t c1 = UINT64_C(0xA0761D6478BD642F), c2 = UINT64_C(0xE7037ED1A0B428DB);
    const uint8_t *p = b.ptr;
    size_t left = b.len;
    if (left > 32 && left <= 64) { /* two steps or three, as addresses take */
        bool third = left > 48;
        seed = hash64_mix(hash64_load(p) ^ c1, hash64_load(p + 8) ^ seed);
        seed = hash64_mix(hash64_load(p + 16) ^ c1, hash64_load(p + 24) ^ seed);
        const uint8_t *more = p + (third ? 32 : 16);
        uint64_t seeded = hash64_mix(hash64_load(more) ^ c1, hash64_load(more + 8) ^ seed);
        seed = third ? seeded : seed;
        p += third ? 48 : 32;
        left -= third ? 48 : 32;
    }
    while (left > 16) {
        seed = hash64_mix(hash64_load(p) ^ c1, hash64_load(p + 8) ^ seed);
        p += 16;
        left -= 16;
    }
    uint64_t all = left >= 8 ? ~UINT64_C(0) : 0;
    uint64_t low = hash64_load(p) & (all | ((UINT64_C(1) << (8 * (left & 7))) - 1));
    uint64_t high = hash64_load(p + ((left - 8) & all)) & all;
    return hash64_mix(c2 ^ (uint64_t)b.len, hash64_mix(low ^ c1, high ^ seed));
}

static inline uint64_t hash64(struct bytes b, uint64_t key) {
    return hash64_seeded(b, hash64_seed(key));
}

#endif
