/* The primitives of block64 with AVX2 and carry-less multiplication. */
#ifndef YINMA_CORE_BLOCK64_AVX2_H
#define YINMA_CORE_BLOCK64_AVX2_H

#include <immintrin.h>
#include <stdint.h>

#include "core/block64/pack_places.h"
#include "core/block64/positions.h"
#include "core/block64/utf8_pairs.h"

typedef struct {
    __m256i low, high;
} block64;

static inline block64 block64_load(const uint8_t *p) {
    return (block64){_mm256_loadu_si256((const __m256i *)(const void *)p),
                     _mm256_loadu_si256((const __m256i *)(const void *)(p + 32))};
}

typedef block64 block64_found; /* FF or 0 each */

/* The upper bits of all bytes. */
static inline uint64_t block64_set(block64_found found) {
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(found.low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(found.high) << 32;
}

static inline block64_found block64_either(block64_found a, block64_found b) {
    return (block64_found){_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)};
}

static inline block64 block64_or(block64 v, uint8_t bit) {
    __m256i o = _mm256_set1_epi8((char)bit);
    return block64_either(v, (block64){o, o});
}

static inline block64_found block64_is(block64 v, uint8_t wanted) {
    __m256i w = _mm256_set1_epi8((char)wanted);
    return (block64_found){_mm256_cmpeq_epi8(v.low, w), _mm256_cmpeq_epi8(v.high, w)};
}

static inline block64_found block64_in(block64 v, uint8_t low, uint8_t count) {
    /* x < count  <=>  x == min(x, count - 1), unsigned */
    __m256i base = _mm256_set1_epi8((char)low), top = _mm256_set1_epi8((char)(count - 1));
    __m256i a = _mm256_sub_epi8(v.low, base), b = _mm256_sub_epi8(v.high, base);
    return (block64_found){_mm256_cmpeq_epi8(a, _mm256_min_epu8(a, top)),
                           _mm256_cmpeq_epi8(b, _mm256_min_epu8(b, top))};
}

static inline uint64_t block64_high(block64 v) {
    return block64_set(v);
}

static inline __m256i block64_table(const uint8_t *sixteen) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)sixteen));
}

static inline __m256i block64_four_half(const uint8_t *p, const uint8_t low[4][16],
                                        const uint8_t high[4][16]) {
    const __m256i half = _mm256_set1_epi8(15);
    __m256i common = _mm256_set1_epi8((char)0xFF);
    for (unsigned k = 0; k < 4; k++) {
        __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + k));
        __m256i upper = _mm256_srli_epi16(v, 4);
        __m256i a = _mm256_shuffle_epi8(block64_table(low[k]), _mm256_and_si256(v, half));
        __m256i b = _mm256_shuffle_epi8(block64_table(high[k]), _mm256_and_si256(upper, half));
        common = _mm256_and_si256(common, _mm256_and_si256(a, b));
    }
    return _mm256_cmpeq_epi8(common, _mm256_setzero_si256());
}

static inline uint64_t block64_four(const uint8_t *p, const uint8_t low[4][16],
                                    const uint8_t high[4][16]) {
    return ~block64_set(
        (block64_found){block64_four_half(p, low, high), block64_four_half(p + 32, low, high)});
}

static inline __m256i block64_utf8_half(const uint8_t *p) {
    const __m256i half = _mm256_set1_epi8(15);
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)(p - 1));
    __m256i upper = _mm256_and_si256(_mm256_srli_epi16(first, 4), half);
    __m256i second = _mm256_and_si256(_mm256_srli_epi16(v, 4), half);
    __m256i lower = _mm256_and_si256(first, half);
    __m256i pair = _mm256_and_si256(_mm256_shuffle_epi8(block64_table(utf8_first_upper), upper),
                                    _mm256_shuffle_epi8(block64_table(utf8_first_lower), lower));
    pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(block64_table(utf8_second_upper), second));
    /* the upper bit: two bytes behind E0-FF, three behind F0-FF */
    __m256i third = _mm256_subs_epu8(_mm256_loadu_si256((const __m256i *)(const void *)(p - 2)),
                                     _mm256_set1_epi8(0x60));
    __m256i fourth = _mm256_subs_epu8(_mm256_loadu_si256((const __m256i *)(const void *)(p - 3)),
                                      _mm256_set1_epi8(0x70));
    __m256i longer = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
    return _mm256_cmpeq_epi8(pair, longer);
}

/* Where the 64 bytes at P are no UTF-8, together with the three before. */
static inline uint64_t block64_utf8_wrong(const uint8_t *p) {
    return ~block64_set((block64_found){block64_utf8_half(p), block64_utf8_half(p + 32)});
}

static inline uint64_t block64_prefix_xor(uint64_t set) {
    __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)set), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

/* FF for each of 32 bits that is set. */
static inline __m256i block64_spread(uint64_t bits) {
    const __m256i byte =
        _mm256_set_epi64x(0x0303030303030303, 0x0202020202020202, 0x0101010101010101, 0);
    const __m256i own = _mm256_set1_epi64x((long long)UINT64_C(0x8040201008040201));
    __m256i spread = _mm256_shuffle_epi8(_mm256_set1_epi32((int)(bits & 0xFFFFFFFF)), byte);
    return _mm256_cmpeq_epi8(_mm256_and_si256(spread, own), own);
}

static inline __m256i block64_pack_half(__m256i v, uint64_t digits, uint64_t keep) {
    const __m256i upper = _mm256_set_epi64x(0x0808080808080808, 0, 0x0808080808080808, 0);
    __m256i places = _mm256_set_epi64x(
        (long long)pack_places[keep >> 24 & 0xFF], (long long)pack_places[keep >> 16 & 0xFF],
        (long long)pack_places[keep >> 8 & 0xFF], (long long)pack_places[keep & 0xFF]);
    __m256i named = _mm256_blendv_epi8(v, _mm256_set1_epi8('0'), block64_spread(digits));
    return _mm256_shuffle_epi8(named, _mm256_or_si256(places, upper));
}

/* By look-ups: some processors take dozens of cycles for the instruction that gathers bits. */
static inline void block64_pack_words(block64 v, uint64_t digits, uint64_t keep,
                                      uint64_t words[8]) {
    __m256i low = block64_pack_half(v.low, digits, keep);
    __m256i high = block64_pack_half(v.high, digits >> 32, keep >> 32);
    _mm256_storeu_si256((__m256i *)(void *)words, low);
    _mm256_storeu_si256((__m256i *)(void *)(words + 4), high);
}

static inline uint64_t block64_differ(const uint8_t *a, const uint8_t *b) {
    block64 v = block64_load(a), w = block64_load(b);
    return ~block64_set(
        (block64_found){_mm256_cmpeq_epi8(v.low, w.low), _mm256_cmpeq_epi8(v.high, w.high)});
}

#include "core/block64/packed.h"

#endif
