/* Compiled once an instruction set (core/block64/variant.h). */
#include "result/sketch_kernels.h"

#include "core/block64/variant.h"
#include "core/hash64.h"
#include "result/sketch.h"

static inline size_t pick_one(const struct sketch_values *values, size_t i, uint64_t seed,
                              uint64_t limit, uint64_t *hashes, size_t count) {
    if (values->wanted[i]) {
        uint64_t hash = hash64_readable((struct bytes){values->at[i], values->len[i]}, seed);
        hashes[count] = hash;
        count += sketch_rank_bits(hash) <= limit;
    }
    return count;
}

#if BLOCK64_VARIANT == VARIANT_AVX512

enum { LANES = 8, STEP = 16 };

/* The first sixteen bytes at AT + OFFSET of eight values, as two words each. */
struct words {
    __m512i low, high;
};

static inline __m512i every_second(const uint8_t *const *at, size_t offset) {
    __m512i four = _mm512_castsi128_si512(_mm_loadu_si128((const void *)(at[0] + offset)));
    four =
        _mm512_mask_broadcast_i32x4(four, 0x00F0, _mm_loadu_si128((const void *)(at[2] + offset)));
    four =
        _mm512_mask_broadcast_i32x4(four, 0x0F00, _mm_loadu_si128((const void *)(at[4] + offset)));
    return _mm512_mask_broadcast_i32x4(four, 0xF000,
                                       _mm_loadu_si128((const void *)(at[6] + offset)));
}

static inline struct words words_at(const uint8_t *const *at, size_t offset) {
    __m512i even = every_second(at, offset), odd = every_second(at + 1, offset);
    return (struct words){_mm512_unpacklo_epi64(even, odd), _mm512_unpackhi_epi64(even, odd)};
}

/* hash64_mix() of eight pairs: the product of 128 bits from four of 64. */
static inline __m512i mix(__m512i a, __m512i b) {
    const __m512i half = _mm512_set1_epi64(UINT32_MAX);
    __m512i a_high = _mm512_srli_epi64(a, 32), b_high = _mm512_srli_epi64(b, 32);
    __m512i low = _mm512_mul_epu32(a, b), high = _mm512_mul_epu32(a_high, b_high);
    __m512i middle = _mm512_add_epi64(_mm512_mul_epu32(a_high, b), _mm512_srli_epi64(low, 32));
    __m512i other = _mm512_add_epi64(_mm512_mul_epu32(a, b_high), _mm512_and_si512(middle, half));
    high = _mm512_add_epi64(high, _mm512_srli_epi64(middle, 32));
    high = _mm512_add_epi64(high, _mm512_srli_epi64(other, 32));
    return _mm512_xor_si512(high, _mm512_mask_mov_epi32(_mm512_slli_epi64(other, 32), 0x5555, low));
}

/* hash64_seeded() of eight values, none of them longer than LONGEST, which is at most
 * SKETCH_READABLE. */
static inline __m512i hash_eight(const uint8_t *const *at, __m256i len, size_t longest,
                                 uint64_t seed) {
    const __m512i c1 = _mm512_set1_epi64((long long)UINT64_C(0xA0761D6478BD642F));
    const __m512i c2 = _mm512_set1_epi64((long long)UINT64_C(0xE7037ED1A0B428DB));
    const __m512i word = _mm512_set1_epi64(64);
    __m512i mixed = _mm512_set1_epi64((long long)seed);
    struct words now = words_at(at, 0), last = now;
    for (size_t step = STEP; step < longest; step += STEP) {
        __mmask8 longer = _mm256_cmpgt_epu32_mask(len, _mm256_set1_epi32((int)step));
        mixed = _mm512_mask_mov_epi64(
            mixed, longer, mix(_mm512_xor_si512(now.low, c1), _mm512_xor_si512(now.high, mixed)));
        now = words_at(at, step);
        last.low = _mm512_mask_mov_epi64(last.low, longer, now.low);
        last.high = _mm512_mask_mov_epi64(last.high, longer, now.high);
    }
    /* what is left of each, as bits: none (of an empty value) to 128 */
    __m256i one = _mm256_set1_epi32(1);
    __m256i before = _mm256_andnot_si256(_mm256_set1_epi32(STEP - 1),
                                         _mm256_sub_epi32(_mm256_max_epu32(len, one), one));
    __m512i left = _mm512_cvtepu32_epi64(_mm256_slli_epi32(_mm256_sub_epi32(len, before), 3));
    __m512i first = _mm512_set1_epi64(1);
    __m512i low =
        _mm512_and_si512(last.low, _mm512_sub_epi64(_mm512_sllv_epi64(first, left), first));
    /* shifts by what is negative give nothing: so they do where there are less than eight bytes */
    __m512i over = _mm512_sub_epi64(left, word);
    __m512i high = _mm512_or_si512(_mm512_srlv_epi64(last.low, over),
                                   _mm512_sllv_epi64(last.high, _mm512_sub_epi64(word, over)));
    return mix(_mm512_xor_si512(c2, _mm512_cvtepu32_epi64(len)),
               mix(_mm512_xor_si512(low, c1), _mm512_xor_si512(high, mixed)));
}

size_t VARIANT(sketch_pick)(const struct sketch_values *values, uint64_t seed, uint64_t limit,
                            uint64_t *hashes) {
    const __m512i most = _mm512_set1_epi64((long long)limit);
    size_t count = 0, i = 0;
    for (; i + LANES <= values->count; i += LANES) {
        __m256i len = _mm256_loadu_si256((const void *)(values->len + i));
        __m128i wanted = _mm_loadl_epi64((const void *)(values->wanted + i));
        __mmask8 lanes = (__mmask8)_mm_test_epi8_mask(wanted, wanted);
        size_t longest = STEP;
        while (longest < SKETCH_READABLE &&
               _mm256_cmpgt_epu32_mask(len, _mm256_set1_epi32((int)longest)) != 0) {
            longest += STEP;
        }
        if (_mm256_cmpgt_epu32_mask(len, _mm256_set1_epi32(SKETCH_READABLE)) != 0) {
            for (size_t k = i; k < i + LANES; k++) {
                count = pick_one(values, k, seed, limit, hashes, count);
            }
            continue;
        }
        __m512i hash = hash_eight(values->at + i, len, longest, seed);
        __mmask8 kept = _mm512_mask_cmple_epu64_mask(lanes, _mm512_slli_epi64(hash, 10), most);
        if (__builtin_expect(kept != 0, 0)) {
            _mm512_mask_compressstoreu_epi64(hashes + count, kept, hash);
            count += (size_t)__builtin_popcount(kept);
        }
    }
    for (; i < values->count; i++) {
        count = pick_one(values, i, seed, limit, hashes, count);
    }
    return count;
}

#else

size_t VARIANT(sketch_pick)(const struct sketch_values *values, uint64_t seed, uint64_t limit,
                            uint64_t *hashes) {
    size_t count = 0;
    for (size_t i = 0; i < values->count; i++) {
        count = pick_one(values, i, seed, limit, hashes, count);
    }
    return count;
}

#endif
