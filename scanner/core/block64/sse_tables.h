/* sse_tables.h - sixteen bytes by look-ups in tables of sixteen (SSSE3); the twin of
 * sse_compares.h. */
#ifndef YINMA_CORE_BLOCK64_SSE_TABLES_H
#define YINMA_CORE_BLOCK64_SSE_TABLES_H

#include "core/block64/utf8_pairs.h"

static inline __m128i block64_look_up(const uint8_t *sixteen, __m128i half) {
    return _mm_shuffle_epi8(block64_part(sixteen), half);
}

static inline __m128i block64_upper_half(__m128i v) {
    return _mm_and_si128(_mm_srli_epi16(v, 4), _mm_set1_epi8(15));
}

static inline __m128i block64_lower_half(__m128i v) {
    return _mm_and_si128(v, _mm_set1_epi8(15));
}

/* What the four have in common, of sixteen bytes. */
static inline __m128i block64_four_part(const uint8_t *p, const uint8_t low[4][16],
                                        const uint8_t high[4][16]) {
    __m128i common = _mm_set1_epi8((char)0xFF);
    for (unsigned k = 0; k < 4; k++) {
        __m128i v = block64_part(p + k);
        __m128i a = block64_look_up(low[k], block64_lower_half(v));
        __m128i b = block64_look_up(high[k], block64_upper_half(v));
        common = _mm_and_si128(common, _mm_and_si128(a, b));
    }
    return common;
}

/* FF: UTF-8 as far as it goes. */
static inline __m128i block64_utf8_part(const uint8_t *p) {
    __m128i first = block64_part(p - 1);
    __m128i pair = _mm_and_si128(block64_look_up(utf8_first_upper, block64_upper_half(first)),
                                 block64_look_up(utf8_first_lower, block64_lower_half(first)));
    pair = _mm_and_si128(pair,
                         block64_look_up(utf8_second_upper, block64_upper_half(block64_part(p))));
    /* the upper bit: two bytes behind E0-FF, three behind F0-FF */
    __m128i third = _mm_subs_epu8(block64_part(p - 2), _mm_set1_epi8(0x60));
    __m128i fourth = _mm_subs_epu8(block64_part(p - 3), _mm_set1_epi8(0x70));
    __m128i longer = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)0x80));
    return _mm_cmpeq_epi8(pair, longer);
}

#endif
