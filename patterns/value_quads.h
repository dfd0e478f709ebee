/* value_quads.h - the first sixteen bytes of sixteen values in four registers, for kernels that
 * read columns with AVX-512. Included behind core/block64/variant.h. */
#ifndef YINMA_PATTERNS_VALUE_QUADS_H
#define YINMA_PATTERNS_VALUE_QUADS_H

enum { QUADS = 4, QUAD_VALUES = 16 };

static inline __m512i quad_of_table(const void *sixteen) {
    return _mm512_broadcast_i32x4(_mm_loadu_si128(sixteen));
}

/* Values I, I + 4, I + 8 and I + 12: words of the four quads that are interleaved twice stand in
 * the order of the values. */
static inline __m512i quad_of_values(const uint8_t *const *at, unsigned i) {
    const uint8_t *const *from = at + i;
    __m512i v = _mm512_castsi128_si512(_mm_loadu_si128((const void *)from[0]));
    v = _mm512_mask_broadcast_i32x4(v, 0x00F0, _mm_loadu_si128((const void *)from[4]));
    v = _mm512_mask_broadcast_i32x4(v, 0x0F00, _mm_loadu_si128((const void *)from[8]));
    return _mm512_mask_broadcast_i32x4(v, 0xF000, _mm_loadu_si128((const void *)from[12]));
}

/* Say of sixteen values which FIT; how many do. */
static inline size_t quads_tell(__mmask16 fit, bool *fits) {
    _mm_storeu_si128((void *)fits, _mm_maskz_set1_epi8(fit, 1));
    return (size_t)__builtin_popcount(fit);
}

#endif
