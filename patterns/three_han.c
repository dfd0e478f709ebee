/* Compiled once an instruction set; see core/block64/variant.h. */
#include "patterns/three_han.h"

#include "core/block64/variant.h"
#include "patterns/han.h"

enum { LAST = 2 * HAN_BYTES, THREE = 3 * HAN_BYTES };

static inline bool is_in(const struct han_set *set, const uint8_t *p) {
    uint32_t code = han_code(p);
    return set->codes[HAN_SLOT(code, set->multiplier, set->bits)] == code;
}

static inline bool is_pair_in(const struct han_pair_set *set, const uint8_t *p) {
    uint32_t pair = HAN_PAIR(han_code(p), han_code(p + HAN_BYTES));
    return set->pairs[HAN_SLOT(pair, set->multiplier, set->bits)] == pair;
}

static inline size_t one_by_one(const struct three_han *form, const uint8_t *const *at,
                                const uint32_t *len, size_t from, size_t count, bool *fits) {
    size_t all = 0;
    for (size_t i = from; i < count; i++) {
        const uint8_t *p = at[i];
        fits[i] = len[i] == THREE && han_is_at(p) && han_is_at(p + HAN_BYTES) &&
                  han_is_at(p + LAST) && is_in(&form->first, p) &&
                  !is_in(&form->not_last, p + LAST) && !is_pair_in(&form->not_first_two, p);
        all += fits[i];
    }
    return all;
}

#if BLOCK64_VARIANT == VARIANT_AVX512

#include "patterns/value_quads.h"

/* Code points of three bytes each, the fourth one 0. */
static inline __m512i codes_of(__m512i bytes) {
    const __m512i kept = _mm512_set1_epi32(0x3F3F0F);
    const __m512i pairs = _mm512_set1_epi32(1 << 16 | 1 << 8 | 64);
    bytes = _mm512_maddubs_epi16(_mm512_and_si512(bytes, kept), pairs);
    return _mm512_madd_epi16(bytes, _mm512_set1_epi32(1 << 16 | 64));
}

static inline __m512i slots_of(__m512i keys, uint32_t multiplier, unsigned bits) {
    __m512i products = _mm512_mullo_epi32(keys, _mm512_set1_epi32((int)multiplier));
    return _mm512_srl_epi32(products, _mm_cvtsi32_si128((int)(32 - bits)));
}

/* Two codes are loaded at a time: there is nothing behind the last one. */
static inline __mmask16 are_in(const struct han_set *set, __m512i codes) {
    __m512i slots = slots_of(codes, set->multiplier, set->bits);
    __m512i both = _mm512_i32gather_epi32(_mm512_srli_epi32(slots, 1), set->codes, 4);
    __m512i odd = _mm512_and_si512(slots, _mm512_set1_epi32(1));
    both = _mm512_srlv_epi32(both, _mm512_slli_epi32(odd, 4));
    return _mm512_cmpeq_epi32_mask(_mm512_and_si512(both, _mm512_set1_epi32(UINT16_MAX)), codes);
}

static inline __mmask16 are_pairs_in(const struct han_pair_set *set, __m512i first,
                                     __m512i second) {
    __m512i pairs = _mm512_or_si512(_mm512_slli_epi32(first, 16), second);
    __m512i slots = slots_of(pairs, set->multiplier, set->bits);
    return _mm512_cmpeq_epi32_mask(_mm512_i32gather_epi32(slots, set->pairs, 4), pairs);
}

/* Whether one of the first nine bytes of four texts is none of three Han characters: by words of 32
 * bits. */
static inline uint32_t wrong_in(__m512i texts) {
    static const uint8_t lowest[16] = {0xE4, 0x80, 0x80, 0xE4, 0x80, 0x80, 0xE4, 0x80, 0x80};
    static const uint8_t spans[16] = {5,    0x3F, 0x3F, 5,   0x3F, 0x3F, 5,   0x3F,
                                      0x3F, 255,  255,  255, 255,  255,  255, 255};
    __m512i above = _mm512_sub_epi8(texts, quad_of_table(lowest));
    __m512i over = _mm512_subs_epu8(above, quad_of_table(spans));
    return _mm512_test_epi32_mask(over, over);
}

static inline __mmask16 sixteen_fit(const struct three_han *form, const uint8_t *const *at,
                                    const uint32_t *len) {
    static const uint8_t characters[16] = {0, 1, 2, 0x80, 6,    7,    8,    0x80,
                                           3, 4, 5, 0x80, 0x80, 0x80, 0x80, 0x80};
    __m512i texts[QUADS]; /* first, last and second characters as words of 32 bits */
    uint32_t wrong = 0;
    for (unsigned i = 0; i < QUADS; i++) {
        __m512i four = quad_of_values(at, i);
        texts[i] = _mm512_shuffle_epi8(four, quad_of_table(characters));
        uint32_t lanes = wrong_in(four);
        wrong |= ((lanes | lanes >> 1 | lanes >> 2) & 0x1111) << i;
    }
    __m512i even = _mm512_unpacklo_epi32(texts[0], texts[1]);
    __m512i odd = _mm512_unpacklo_epi32(texts[2], texts[3]);
    __m512i first = codes_of(_mm512_unpacklo_epi64(even, odd));
    __m512i last = codes_of(_mm512_unpackhi_epi64(even, odd));
    even = _mm512_unpackhi_epi32(texts[0], texts[1]);
    odd = _mm512_unpackhi_epi32(texts[2], texts[3]);
    __m512i second = codes_of(_mm512_unpacklo_epi64(even, odd));
    uint32_t fit = are_in(&form->first, first);
    fit &= ~(wrong | are_in(&form->not_last, last));
    fit &= ~(uint32_t)are_pairs_in(&form->not_first_two, first, second);
    return (__mmask16)fit &
           _mm512_cmpeq_epi32_mask(_mm512_loadu_si512(len), _mm512_set1_epi32(THREE));
}

size_t VARIANT(three_han_fits)(const struct three_han *form, const uint8_t *const *at,
                               const uint32_t *len, size_t count, bool *fits) {
    size_t all = 0, i = 0;
    for (; i + QUAD_VALUES <= count; i += QUAD_VALUES) {
        all += quads_tell(sixteen_fit(form, at + i, len + i), fits + i);
    }
    return all + one_by_one(form, at, len, i, count, fits);
}

#else

size_t VARIANT(three_han_fits)(const struct three_han *form, const uint8_t *const *at,
                               const uint32_t *len, size_t count, bool *fits) {
    return one_by_one(form, at, len, 0, count, fits);
}

#endif
