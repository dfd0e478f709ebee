/* The primitives of block64 with AVX-512 (BW) and carry-less multiplication. */
#ifndef YINMA_CORE_BLOCK64_AVX512_H
#define YINMA_CORE_BLOCK64_AVX512_H

#include <immintrin.h>
#include <stdint.h>

#include "core/block64/bits.h"
#include "core/block64/block64.h"
#include "core/block64/utf8_pairs.h"

typedef __m512i block64;

static inline block64 block64_load(const uint8_t *p) {
    return _mm512_loadu_si512(p);
}

typedef __mmask64 block64_found;

static inline uint64_t block64_set(block64_found found) {
    return found;
}

static inline block64_found block64_either(block64_found a, block64_found b) {
    return a | b;
}

static inline block64 block64_or(block64 v, uint8_t bit) {
    return _mm512_or_si512(v, _mm512_set1_epi8((char)bit));
}

static inline block64_found block64_is(block64 v, uint8_t wanted) {
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)wanted));
}

static inline block64_found block64_in(block64 v, uint8_t low, uint8_t count) {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8((char)low)),
                                  _mm512_set1_epi8((char)count));
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
    __m512i common = _mm512_set1_epi8((char)0xFF);
    for (unsigned k = 0; k < 4; k++) {
        __m512i v = _mm512_loadu_si512(p + k), upper = _mm512_srli_epi16(v, 4);
        __m512i a = _mm512_shuffle_epi8(block64_table(low[k]), _mm512_and_si512(v, half));
        __m512i b = _mm512_shuffle_epi8(block64_table(high[k]), _mm512_and_si512(upper, half));
        common = _mm512_and_si512(common, _mm512_and_si512(a, b));
    }
    return _mm512_test_epi8_mask(common, common);
}

/* Where the 64 bytes at P are no UTF-8, together with the three before. */
static inline uint64_t block64_utf8_wrong(const uint8_t *p) {
    const __m512i half = _mm512_set1_epi8(15);
    __m512i v = _mm512_loadu_si512(p), first = _mm512_loadu_si512(p - 1);
    __m512i upper = _mm512_and_si512(_mm512_srli_epi16(first, 4), half);
    __m512i second = _mm512_and_si512(_mm512_srli_epi16(v, 4), half);
    __m512i pair = _mm512_ternarylogic_epi64(
        _mm512_shuffle_epi8(block64_table(utf8_first_upper), upper),
        _mm512_shuffle_epi8(block64_table(utf8_first_lower), _mm512_and_si512(first, half)),
        _mm512_shuffle_epi8(block64_table(utf8_second_upper), second), 0x80);
    /* the upper bit: two bytes behind E0-FF, three behind F0-FF */
    __m512i third = _mm512_subs_epu8(_mm512_loadu_si512(p - 2), _mm512_set1_epi8(0x60));
    __m512i fourth = _mm512_subs_epu8(_mm512_loadu_si512(p - 3), _mm512_set1_epi8(0x70));
    __m512i longer = _mm512_and_si512(_mm512_or_si512(third, fourth), _mm512_set1_epi8((char)0x80));
    return _mm512_cmpneq_epi8_mask(pair, longer);
}

static inline uint64_t block64_prefix_xor(uint64_t set) {
    __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)set), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

/* The bytes 0 … 63 that SET chooses are moved together; those flagged are negative. */
static inline uint16_t *block64_positions(uint16_t *out, size_t base, uint64_t set,
                                          uint64_t flagged) {
    const __m512i all = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
        40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
        17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i negative = _mm512_set1_epi8((char)0x80);
    const __m512i kept = _mm512_set1_epi16((short)(BLOCK64_FLAGGED | 0x3F));
    __m512i chosen = _mm512_maskz_compress_epi8(
        set, _mm512_mask_blend_epi8(flagged, all, _mm512_or_si512(all, negative)));
    __m512i from = _mm512_set1_epi16((short)base);
    unsigned count = bits_in_word(set);
    __m512i first = _mm512_and_si512(_mm512_cvtepi8_epi16(_mm512_castsi512_si256(chosen)), kept);
    _mm512_storeu_si512(out, _mm512_add_epi16(first, from));
    if (__builtin_expect(count > 32, 0)) {
        __m512i second =
            _mm512_and_si512(_mm512_cvtepi8_epi16(_mm512_extracti64x4_epi64(chosen, 1)), kept);
        _mm512_storeu_si512(out + 32, _mm512_add_epi16(second, from));
    }
    return out + count;
}

/* The bytes of the block that KEEP chooses, moved together, those of DIGITS as '0'; returns how
 * many. 64 bytes of OUT may be written. */
static inline size_t block64_pack(block64 v, uint64_t digits, uint64_t keep, uint8_t *out) {
    __m512i named = _mm512_mask_blend_epi8(digits, v, _mm512_set1_epi8('0'));
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(keep, named));
    return bits_in_word(keep);
}

/* Where the 64 bytes at A and at B are not the same. */
static inline uint64_t block64_differ(const uint8_t *a, const uint8_t *b) {
    return _mm512_cmpneq_epi8_mask(_mm512_loadu_si512(a), _mm512_loadu_si512(b));
}

static inline void block64_flag_positions(uint16_t *listed, uint64_t set, uint64_t some,
                                          uint16_t flag) {
    uint64_t chosen = _pext_u64(some, set);
    __m512i flags = _mm512_set1_epi16((short)flag), first = _mm512_loadu_si512(listed);
    __m512i marked = _mm512_or_si512(first, flags);
    _mm512_storeu_si512(listed, _mm512_mask_blend_epi16((__mmask32)chosen, first, marked));
    if (__builtin_expect(chosen >> 32 != 0, 0)) {
        __m512i second = _mm512_loadu_si512(listed + 32);
        marked = _mm512_or_si512(second, flags);
        second = _mm512_mask_blend_epi16((__mmask32)(chosen >> 32), second, marked);
        _mm512_storeu_si512(listed + 32, second);
    }
}

#endif
