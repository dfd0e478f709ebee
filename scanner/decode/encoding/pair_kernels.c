/* Compiled once an instruction set (core/block64/variant.h). */
#include "decode/encoding/pair_kernels.h"

#include "core/block64/variant.h"

#if BLOCK64_VARIANT == VARIANT_AVX512

enum { BLOCKS = PAIR_CHUNK_BYTES / 64, HALF = 32 };

/* All of a step is done for a chunk before the next one begins, so that nothing waits for what was
 * only just stored. */
struct chunk {
    uint64_t leads[BLOCKS];
    uint8_t pairs[PAIR_CHUNK_BYTES + 64];      /* one behind the other */
    uint32_t codes[PAIR_CHUNK_BYTES / 2 + 32]; /* … and what they become */
};

/* Bytes that are stored twice cost as much as those that stand in two lines of the cache. */
static inline void store_first(uint8_t *out, size_t count, __m512i bytes) {
    _mm512_mask_storeu_epi8(out, bits_low_mask(count), bytes);
}

/* Returns the number of pairs. A lead without its trail at the end of the last block is left:
 * *used tells. */
static size_t list_pairs(struct chunk *chunk, const uint8_t *in, size_t blocks, size_t *used) {
    uint8_t *end = chunk->pairs;
    uint64_t carry = 0;
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(in + 64 * b);
        uint64_t leads = bits_alternating(block64_high(v) & ~carry);
        if (b + 1 == blocks) {
            *used = 64 * blocks - (leads >> 63);
            leads &= ~(UINT64_C(1) << 63);
        }
        uint64_t both = leads | leads << 1 | carry;
        unsigned count = bits_in_word(both);
        chunk->leads[b] = leads;
        carry = leads >> 63;
        store_first(end, count, _mm512_maskz_compress_epi8(both, v));
        end += count;
    }
    return (size_t)(end - chunk->pairs) / 2;
}

/* False: not all of them are known with three bytes. */
static bool look_up(struct chunk *chunk, const uint32_t *utf8, size_t pairs) {
    const uint32_t three = UINT32_C(3) << 24;
    uint32_t all = three;
    size_t i = 0;
    for (; i + 4 <= pairs; i += 4) {
        uint64_t four;
        memcpy(&four, chunk->pairs + 2 * i, sizeof four);
        uint32_t *codes = chunk->codes + i;
        codes[0] = utf8[four & 0xFFFF];
        codes[1] = utf8[four >> 16 & 0xFFFF];
        codes[2] = utf8[four >> 32 & 0xFFFF];
        codes[3] = utf8[four >> 48];
        all &= codes[0] & codes[1] & codes[2] & codes[3];
    }
    for (; i < pairs; i++) {
        chunk->codes[i] = utf8[pair_place(chunk->pairs[2 * i], chunk->pairs[2 * i + 1])];
        all &= chunk->codes[i];
    }
    return all == three;
}

/* A byte of input becomes a word: a lead two bytes, all others one, and what is none is left out.
 * The codes are the words of their pairs. */
static uint8_t *put_chunk(const struct chunk *chunk, const uint8_t *in, size_t blocks,
                          uint8_t *out) {
    const uint64_t lower = UINT64_C(0x5555555555555555);
    const uint8_t *words = (const uint8_t *)chunk->codes;
    uint32_t carry = 0;
    for (size_t half = 0; half < 2 * blocks; half++) {
        uint32_t leads = (uint32_t)(chunk->leads[half / 2] >> HALF * (half % 2));
        uint32_t both = leads | leads << 1 | carry;
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(in + HALF * half));
        __m512i wide =
            _mm512_mask_expand_epi16(_mm512_cvtepu8_epi16(bytes), both, _mm512_loadu_si512(words));
        uint64_t kept = lower | _pdep_u64(leads, ~lower);
        size_t count = HALF + bits_in_word(leads);
        store_first(out, count, _mm512_maskz_compress_epi8(kept, wide));
        out += count;
        words += (size_t)2 * bits_in_word(both);
        carry = leads >> 31;
    }
    return out;
}

static size_t convert(const uint32_t *utf8, const uint8_t *in, size_t len, uint8_t **out) {
    struct chunk chunk;
    size_t at = 0;
    while (len - at >= 64) {
        size_t blocks = (len - at) / 64 < BLOCKS ? (len - at) / 64 : BLOCKS, used = 0;
        size_t pairs = list_pairs(&chunk, in + at, blocks, &used);
        if (!look_up(&chunk, utf8, pairs)) {
            break;
        }
        uint8_t *end = put_chunk(&chunk, in + at, blocks, *out);
        *out = end - (64 * blocks - used); /* without the lead that was left */
        at += used;
    }
    return at;
}

const struct pair_kernels VARIANT(pair_kernels) = {convert};

#else

const struct pair_kernels VARIANT(pair_kernels) = {NULL};

#endif
