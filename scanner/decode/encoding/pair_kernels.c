/* Compiled once an instruction set (core/block64/variant.h). */
#include "decode/encoding/pair_kernels.h"

#include "core/block64/variant.h"

#if BLOCK64_VARIANT == VARIANT_AVX512

enum { BLOCKS = PAIR_CHUNK_BYTES / 64, HALF = 32, IN_A_WORD = 4, AT_ONCE = 8 };

/* Of a code: three bytes. */
#define THREE (UINT32_C(3) << 24)

/* All of a step is done for a chunk before the next one begins, so that nothing waits for what was
 * only just stored. */
struct chunk {
    uint64_t both[BLOCKS];                          /* leads and trails */
    uint8_t pairs[PAIR_CHUNK_BYTES + 64];           /* one behind the other */
    uint32_t codes[PAIR_CHUNK_BYTES / 2 + AT_ONCE]; /* … and what they become */
};

/* Returns the number of pairs. A lead without its trail at the end of the last block is left:
 * *used tells. */
static size_t list_pairs(struct chunk *chunk, const uint8_t *in, size_t blocks, size_t *used) {
    uint8_t *end = chunk->pairs;
    uint64_t carry = 0, both = 0;
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(in + 64 * b);
        uint64_t leads = bits_alternating(block64_high(v) & ~carry);
        both = leads | leads << 1 | carry;
        carry = leads >> 63;
        chunk->both[b] = both;
        _mm512_storeu_si512(end, _mm512_maskz_compress_epi8(both, v));
        end += bits_in_word(both);
    }
    chunk->both[blocks - 1] = both & ~(carry << 63);
    end -= carry;
    *used = 64 * blocks - carry;
    return (size_t)(end - chunk->pairs) / 2;
}

/* The compiler would put codes together in a wide register, which takes longer than storing each.
 */
static inline void put_code(uint32_t *out, uint32_t code) {
    __asm__("" : "+r"(code));
    *out = code;
}

static void look_up(struct chunk *chunk, const uint32_t *utf8, size_t pairs) {
    if (pairs == 0) {
        return;
    }
    uint16_t last;
    memcpy(&last, chunk->pairs + 2 * (pairs - 1), sizeof last);
    _mm_storeu_si128((__m128i *)(void *)(chunk->pairs + 2 * pairs), _mm_set1_epi16((short)last));
    for (size_t i = 0; i < pairs; i += AT_ONCE) {
        for (size_t k = i; k < i + AT_ONCE; k += IN_A_WORD) {
            uint64_t four;
            memcpy(&four, chunk->pairs + 2 * k, sizeof four);
            put_code(chunk->codes + k, utf8[four & 0xFFFF]);
            put_code(chunk->codes + k + 1, utf8[four >> 16 & 0xFFFF]);
            put_code(chunk->codes + k + 2, utf8[four >> 32 & 0xFFFF]);
            put_code(chunk->codes + k + 3, utf8[four >> 48]);
        }
    }
}

/* A byte of input becomes a word, of which all but the lower byte is left out. The codes are the
 * words of their pairs: what they have in bit 15 is the second byte that leads become, and stays.
 * Returns the end of what was written; NULL when not all codes in the chunk, those of earlier ones
 * among them, have three bytes. */
static uint8_t *put_chunk(const struct chunk *chunk, const uint8_t *in, size_t blocks,
                          uint8_t *out) {
    const __mmask64 lower = UINT64_C(0x5555555555555555);
    const __m512i three = _mm512_set1_epi32((int)THREE);
    const uint16_t *words = (const uint16_t *)(const void *)chunk->codes;
    __m512i all = three;
    size_t used = 0; /* of the words */
    for (size_t half = 0; half < 2 * blocks; half++) {
        uint32_t both = (uint32_t)(chunk->both[half / 2] >> HALF * (half % 2));
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(in + HALF * half));
        __m512i wide = _mm512_mask_expand_epi16(_mm512_cvtepu8_epi16(bytes), both,
                                                _mm512_loadu_si512(words + used));
        __mmask64 kept = _kor_mask64(lower, _mm512_movepi8_mask(wide));
        _mm512_storeu_si512(out + HALF * half + (used + 1) / 2,
                            _mm512_maskz_compress_epi8(kept, wide));
        used += bits_in_word(both);
        all = _mm512_and_si512(all, _mm512_loadu_si512(chunk->codes + HALF / 2 * half));
    }
    bool known = _mm512_cmpneq_epi32_mask(all, three) == 0;
    return known ? out + 64 * blocks + used / 2 : NULL;
}

static size_t convert(const uint32_t *utf8, const uint8_t *in, size_t len, uint8_t **out) {
    struct chunk chunk;
    size_t at = 0;
    for (size_t i = 0; i < sizeof chunk.codes / sizeof *chunk.codes; i++) {
        chunk.codes[i] = THREE;
    }
    while (len - at >= 64) {
        size_t blocks = (len - at) / 64 < BLOCKS ? (len - at) / 64 : BLOCKS, used = 0;
        look_up(&chunk, utf8, list_pairs(&chunk, in + at, blocks, &used));
        uint8_t *end = put_chunk(&chunk, in + at, blocks, *out);
        if (end == NULL) {
            break;
        }
        *out = end - (64 * blocks - used); /* without the lead that was left */
        at += used;
    }
    return at;
}

const struct pair_kernels VARIANT(pair_kernels) = {convert};

#else

const struct pair_kernels VARIANT(pair_kernels) = {NULL};

#endif
