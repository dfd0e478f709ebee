/* The primitives of block64 with AVX-512 (BW) and carry-less multiplication. */
#ifndef YINMA_CORE_BLOCK64_AVX512_H
#define YINMA_CORE_BLOCK64_AVX512_H

#include <immintrin.h>
#include <stdint.h>

typedef __m512i block64;

static inline block64 block64_load(const uint8_t *p) {
    return _mm512_loadu_si512(p);
}

static inline uint64_t block64_eq(block64 v, uint8_t wanted) {
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)wanted));
}

static inline uint64_t block64_range(block64 v, uint8_t low, uint8_t count) {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8((char)low)),
                                  _mm512_set1_epi8((char)count));
}

static inline uint64_t block64_eq_or(block64 v, uint8_t bit, uint8_t wanted) {
    return _mm512_cmpeq_epi8_mask(_mm512_or_si512(v, _mm512_set1_epi8((char)bit)),
                                  _mm512_set1_epi8((char)wanted));
}

static inline uint64_t block64_high(block64 v) {
    return _mm512_movepi8_mask(v);
}

static inline __m512i block64_table(const uint8_t *sixteen) {
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)sixteen));
}

static inline uint64_t block64_four(const uint8_t *p, const uint8_t low[4][16],
                                    const uint8_t high[4][16]) {
    const __m512i half = _mm512_set1_epi8(15);
    __m512i common = _mm512_set1_epi8(-1);
    for (unsigned k = 0; k < 4; k++) {
        __m512i v = _mm512_loadu_si512(p + k), upper = _mm512_srli_epi16(v, 4);
        __m512i a = _mm512_shuffle_epi8(block64_table(low[k]), _mm512_and_si512(v, half));
        __m512i b = _mm512_shuffle_epi8(block64_table(high[k]), _mm512_and_si512(upper, half));
        common = _mm512_and_si512(common, _mm512_and_si512(a, b));
    }
    return _mm512_test_epi8_mask(common, common);
}

static inline uint64_t block64_prefix_xor(uint64_t set) {
    __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)set), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

#endif
