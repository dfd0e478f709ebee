/* sse_compares.h - sixteen bytes by comparisons alone (SSE2); the twin of sse_tables.h. */
#ifndef YINMA_CORE_BLOCK64_SSE_COMPARES_H
#define YINMA_CORE_BLOCK64_SSE_COMPARES_H

/* What the four have in common, of sixteen bytes. Without a look-up the tables are asked byte by
 * byte. */
static inline __m128i block64_four_part(const uint8_t *p, const uint8_t low[4][16],
                                        const uint8_t high[4][16]) {
    uint8_t common[16];
    for (size_t i = 0; i < 16; i++) {
        common[i] = 0xFF;
        for (size_t k = 0; k < 4; k++) {
            common[i] &= low[k][p[i + k] & 15] & high[k][p[i + k] >> 4];
        }
    }
    return block64_part(common);
}

static inline __m128i block64_part_is(__m128i v, uint8_t wanted) {
    return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)wanted));
}

static inline __m128i block64_part_from(__m128i v, uint8_t low) {
    return _mm_cmpeq_epi8(v, _mm_max_epu8(v, _mm_set1_epi8((char)low)));
}

/* FF: UTF-8 as far as it goes; table 3-7 of the Unicode standard. */
static inline __m128i block64_utf8_part(const uint8_t *p) {
    __m128i c = block64_part(p), lead = block64_part(p - 1);
    __m128i continued = _mm_cmpgt_epi8(_mm_set1_epi8((char)0xC0), c);
    __m128i wanted = block64_part_from(lead, 0xC0);
    wanted = _mm_or_si128(wanted, block64_part_from(block64_part(p - 2), 0xE0));
    wanted = _mm_or_si128(wanted, block64_part_from(block64_part(p - 3), 0xF0));
    __m128i narrow = block64_part_is(_mm_and_si128(lead, _mm_set1_epi8((char)0xFE)), 0xC0);
    narrow = _mm_or_si128(narrow, block64_part_from(lead, 0xF5));
    __m128i from_90 = block64_part_from(c, 0x90), from_a0 = block64_part_from(c, 0xA0);
    narrow = _mm_or_si128(narrow, _mm_andnot_si128(from_a0, block64_part_is(lead, 0xE0)));
    narrow = _mm_or_si128(narrow, _mm_and_si128(from_a0, block64_part_is(lead, 0xED)));
    narrow = _mm_or_si128(narrow, _mm_andnot_si128(from_90, block64_part_is(lead, 0xF0)));
    narrow = _mm_or_si128(narrow, _mm_and_si128(from_90, block64_part_is(lead, 0xF4)));
    return _mm_andnot_si128(narrow, _mm_cmpeq_epi8(continued, wanted));
}

static inline void block64_store(block64 v, uint8_t *out) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        _mm_storeu_si128((__m128i *)(void *)(out + 16 * i), v.part[i]);
    }
}

#include "core/block64/word_pack.h"

#endif
