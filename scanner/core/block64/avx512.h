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

static inline uint64_t block64_prefix_xor(uint64_t set) {
    __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)set), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

#endif
