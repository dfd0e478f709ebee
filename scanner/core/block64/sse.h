/* The primitives of block64 with sixteen bytes at a time: SSE2, which every x86-64 has, and SSE4,
 * which adds look-ups in tables of sixteen (SSSE3) and the count of bits. */
#ifndef YINMA_CORE_BLOCK64_SSE_H
#define YINMA_CORE_BLOCK64_SSE_H

#include <stdint.h>

#ifdef __SSSE3__
#include <tmmintrin.h>
#else
#include <emmintrin.h>
#endif

#include "core/block64/positions.h"

enum { BLOCK64_PARTS = 4 };

typedef struct {
    __m128i part[BLOCK64_PARTS];
} block64;

static inline __m128i block64_part(const uint8_t *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline block64 block64_load(const uint8_t *p) {
    return (block64){
        {block64_part(p), block64_part(p + 16), block64_part(p + 32), block64_part(p + 48)}};
}

typedef block64 block64_found; /* FF or 0 each */

/* The upper bits of all bytes. */
static inline uint64_t block64_set(block64_found found) {
    uint64_t set = 0;
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        set |= (uint64_t)(uint32_t)_mm_movemask_epi8(found.part[i]) << 16 * i;
    }
    return set;
}

static inline block64_found block64_either(block64_found a, block64_found b) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        a.part[i] = _mm_or_si128(a.part[i], b.part[i]);
    }
    return a;
}

static inline block64 block64_or(block64 v, uint8_t bit) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.part[i] = _mm_or_si128(v.part[i], _mm_set1_epi8((char)bit));
    }
    return v;
}

static inline block64_found block64_is(block64 v, uint8_t wanted) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.part[i] = _mm_cmpeq_epi8(v.part[i], _mm_set1_epi8((char)wanted));
    }
    return v;
}

static inline block64_found block64_in(block64 v, uint8_t low, uint8_t count) {
    /* x < count  <=>  x == min(x, count - 1), unsigned */
    const __m128i base = _mm_set1_epi8((char)low), top = _mm_set1_epi8((char)(count - 1));
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        __m128i x = _mm_sub_epi8(v.part[i], base);
        v.part[i] = _mm_cmpeq_epi8(x, _mm_min_epu8(x, top));
    }
    return v;
}

static inline uint64_t block64_high(block64 v) {
    return block64_set(v);
}

#ifdef __SSSE3__
#include "core/block64/sse_tables.h"
#else
#include "core/block64/sse_compares.h"
#endif

/* Where four bytes in a row have a bit in common: byte K has those of low[K][its lower half] &
 * high[K][its upper half]. Reads three bytes behind the block. */
static inline uint64_t block64_four(const uint8_t *p, const uint8_t low[4][16],
                                    const uint8_t high[4][16]) {
    block64 v;
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.part[i] = _mm_cmpeq_epi8(block64_four_part(p + 16 * i, low, high), _mm_setzero_si128());
    }
    return ~block64_set(v);
}

/* Where the 64 bytes at P are no UTF-8, together with the three before. */
static inline uint64_t block64_utf8_wrong(const uint8_t *p) {
    block64 v;
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.part[i] = block64_utf8_part(p + 16 * i);
    }
    return ~block64_set(v);
}

/* Where the 64 bytes at A and at B are not the same. */
static inline uint64_t block64_differ(const uint8_t *a, const uint8_t *b) {
    block64 v;
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.part[i] = _mm_cmpeq_epi8(block64_part(a + 16 * i), block64_part(b + 16 * i));
    }
    return ~block64_set(v);
}

#include "core/block64/packed.h"
#include "core/block64/prefix_xor.h"

#endif
