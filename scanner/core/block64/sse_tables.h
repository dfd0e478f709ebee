/* sse_tables.h - sixteen bytes by look-ups in tables of sixteen (SSSE3); the twin of
 * sse_compares.h. */
#ifndef YINMA_CORE_BLOCK64_SSE_TABLES_H
#define YINMA_CORE_BLOCK64_SSE_TABLES_H

#include "core/block64/pack_places.h"
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
    for (size_t k = 0; k < 4; k++) {
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

/* FF for each of the sixteen lowest bits that is set. */
static inline __m128i block64_spread(uint64_t bits) {
    const __m128i byte = _mm_set_epi64x(UINT64_C(0x0101010101010101), 0);
    const __m128i own = _mm_set1_epi64x((long long)UINT64_C(0x8040201008040201));
    __m128i spread = _mm_shuffle_epi8(_mm_cvtsi32_si128((int)(bits & 0xFFFF)), byte);
    return _mm_cmpeq_epi8(_mm_and_si128(spread, own), own);
}

static inline void block64_pack_words(block64 v, uint64_t digits, uint64_t keep,
                                      uint64_t words[8]) {
    const __m128i upper = _mm_set_epi64x(UINT64_C(0x0808080808080808), 0);
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        uint64_t low = pack_places[keep >> 16 * i & 0xFF];
        uint64_t high = pack_places[keep >> (16 * i + 8) & 0xFF];
        __m128i places = _mm_or_si128(_mm_set_epi64x((long long)high, (long long)low), upper);
        __m128i digit = block64_spread(digits >> 16 * i);
        __m128i named = _mm_or_si128(_mm_andnot_si128(digit, v.part[i]),
                                     _mm_and_si128(digit, _mm_set1_epi8('0')));
        _mm_storeu_si128((__m128i *)(void *)(words + 2 * i), _mm_shuffle_epi8(named, places));
    }
}

#endif
