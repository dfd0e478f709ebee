/* Compiled once an instruction set (core/block64/variant.h). */
#include "result/one_way_kernels.h"

#include "core/block64/variant.h"

#if BLOCK64_VARIANT == VARIANT_AVX512

#include <string.h>

/* FIPS 180-4, section 4.2.2: the constants of the rounds; section 5.3.3: the first state. */
static const uint32_t round_constants[64] = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2};
static const uint32_t first_state[8] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                        0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};

enum { LANES = 16, WORDS = 16, ROUNDS = 64, XOR_OF_THREE = 0x96, CHOOSE = 0xCA, MAJORITY = 0xE8 };

#define XOR3(a, b, c) _mm512_ternarylogic_epi32(a, b, c, XOR_OF_THREE)

static inline __m512i add3(__m512i a, __m512i b, __m512i c) {
    return _mm512_add_epi32(_mm512_add_epi32(a, b), c);
}

/* The word of the schedule that comes after the sixteen before it (section 6.2.2, step 1). */
static inline __m512i next_word(const __m512i *word, unsigned i) {
    __m512i old = word[(i + 1) % WORDS], young = word[(i + 14) % WORDS];
    __m512i s0 =
        XOR3(_mm512_ror_epi32(old, 7), _mm512_ror_epi32(old, 18), _mm512_srli_epi32(old, 3));
    __m512i s1 = XOR3(_mm512_ror_epi32(young, 17), _mm512_ror_epi32(young, 19),
                      _mm512_srli_epi32(young, 10));
    return _mm512_add_epi32(add3(word[i % WORDS], s0, s1), word[(i + 9) % WORDS]);
}

/* Step 3. What a round calls a, b … stands one place further on in the next, so nothing is moved.
 */
static inline void turn(__m512i *state, unsigned i, __m512i word) {
#define AT(n) state[((n) + ROUNDS - i) % 8]
    __m512i a = AT(0), e = AT(4);
    __m512i s1 = XOR3(_mm512_ror_epi32(e, 6), _mm512_ror_epi32(e, 11), _mm512_ror_epi32(e, 25));
    __m512i s0 = XOR3(_mm512_ror_epi32(a, 2), _mm512_ror_epi32(a, 13), _mm512_ror_epi32(a, 22));
    __m512i choice = _mm512_ternarylogic_epi32(e, AT(5), AT(6), CHOOSE);
    __m512i majority = _mm512_ternarylogic_epi32(a, AT(1), AT(2), MAJORITY);
    __m512i constant = _mm512_set1_epi32((int)round_constants[i]);
    __m512i sum = _mm512_add_epi32(add3(AT(7), word, constant), _mm512_add_epi32(s1, choice));
    AT(3) = _mm512_add_epi32(AT(3), sum);
    AT(7) = add3(sum, s0, majority);
#undef AT
}

static inline __m512i high_byte_first(__m512i words) {
    return _mm512_shuffle_epi8(words, _mm512_broadcast_i32x4(_mm_setr_epi8(
                                          3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)));
}

static void sixteen(const uint64_t *hashes, uint64_t *digests) {
    __m512i word[WORDS], state[8];
    __m512i first = _mm512_loadu_si512(hashes), second = _mm512_loadu_si512(hashes + 8);
    __m512i low = _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi64_epi32(first)),
                                     _mm512_cvtepi64_epi32(second), 1);
    first = _mm512_srli_epi64(first, 32);
    second = _mm512_srli_epi64(second, 32);
    __m512i high = _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi64_epi32(first)),
                                      _mm512_cvtepi64_epi32(second), 1);
    word[0] = high_byte_first(low);
    word[1] = high_byte_first(high);
    word[2] = _mm512_set1_epi32(INT32_MIN); /* the bit behind the message */
    for (unsigned i = 3; i < WORDS; i++) {
        word[i] = _mm512_setzero_si512();
    }
    word[WORDS - 1] = _mm512_set1_epi32(64); /* its length in bits */
    for (unsigned i = 0; i < 8; i++) {
        state[i] = _mm512_set1_epi32((int)first_state[i]);
    }
#pragma GCC unroll 64
    for (unsigned i = 0; i < ROUNDS; i++) {
        if (i >= WORDS) {
            word[i % WORDS] = next_word(word, i);
        }
        turn(state, i, word[i % WORDS]);
    }
    __m512i a = _mm512_add_epi32(state[0], _mm512_set1_epi32((int)first_state[0]));
    __m512i b = _mm512_add_epi32(state[1], _mm512_set1_epi32((int)first_state[1]));
    for (unsigned half = 0; half < 2; half++) {
        __m512i above = _mm512_cvtepu32_epi64(half == 0 ? _mm512_castsi512_si256(a)
                                                        : _mm512_extracti64x4_epi64(a, 1));
        __m512i below = _mm512_cvtepu32_epi64(half == 0 ? _mm512_castsi512_si256(b)
                                                        : _mm512_extracti64x4_epi64(b, 1));
        _mm512_storeu_si512(digests + (size_t)8 * half,
                            _mm512_or_si512(_mm512_slli_epi64(above, 32), below));
    }
}

void VARIANT(one_way)(const uint64_t *hashes, size_t count, uint64_t *digests) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        sixteen(hashes + i, digests + i);
    }
    if (i < count) {
        uint64_t in[LANES] = {0}, out[LANES];
        memcpy(in, hashes + i, (count - i) * sizeof *in);
        sixteen(in, out);
        memcpy(digests + i, out, (count - i) * sizeof *out);
    }
}

#else

#include <nettle/sha2.h>

void VARIANT(one_way)(const uint64_t *hashes, size_t count, uint64_t *digests) {
    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[8], digest[8];
        struct sha256_ctx context;
        uint64_t first = 0;
        for (unsigned k = 0; k < 8; k++) {
            bytes[k] = (uint8_t)(hashes[i] >> (8 * k));
        }
        sha256_init(&context);
        sha256_update(&context, sizeof bytes, bytes);
        sha256_digest(&context, sizeof digest, digest);
        for (unsigned k = 0; k < 8; k++) {
            first = first << 8 | digest[k];
        }
        digests[i] = first;
    }
}

#endif
