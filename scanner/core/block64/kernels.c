/* Compiled once an instruction set; see variant.h. */
#include "core/block64/kernels.h"

#include <string.h>

#include "core/block64/variant.h"

static void find(const uint8_t *bytes, size_t blocks, const uint8_t *wanted, size_t count,
                 uint64_t *const *out) {
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        for (size_t k = 0; k < count; k++) {
            out[k][b] = block64_eq(v, wanted[k]);
        }
    }
}

/* COUNT is known where it is called: the bytes stay in registers. */
static inline bool any_of(const uint8_t *bytes, size_t blocks, const uint8_t *wanted,
                          size_t count) {
    uint64_t found = 0;
    for (size_t b = 0; b < blocks && found == 0; b++) {
        block64 v = block64_load(bytes + 64 * b);
        block64_found here = block64_is(v, wanted[0]);
        for (size_t k = 1; k < count; k++) {
            here = block64_either(here, block64_is(v, wanted[k]));
        }
        found = block64_set(here);
    }
    return found != 0;
}

static bool any(const uint8_t *bytes, size_t blocks, const uint8_t *wanted, size_t count) {
    switch (count) {
    case 1:
        return any_of(bytes, blocks, wanted, 1);
    case 2:
        return any_of(bytes, blocks, wanted, 2);
    case 3:
        return any_of(bytes, blocks, wanted, 3);
    case 4:
        return any_of(bytes, blocks, wanted, 4);
    default:
        return any_of(bytes, blocks, wanted, count);
    }
}

static size_t three(const uint8_t *bytes, size_t blocks, const uint8_t wanted[3]) {
    for (size_t b = 0; b < blocks; b++) {
        const uint8_t *p = bytes + 64 * b;
        uint64_t found =
            block64_eq(block64_load(p + 2), wanted[2]) & block64_eq(block64_load(p + 1), wanted[1]);
        if (found != 0 && (found &= block64_eq(block64_load(p), wanted[0])) != 0) {
            return 64 * b + (size_t)__builtin_ctzll(found);
        }
    }
    return 64 * blocks;
}

static void prefix_xor(const uint64_t *in, size_t words, uint64_t *carry, uint64_t *out) {
    uint64_t state = *carry;
    for (size_t i = 0; i < words; i++) {
        out[i] = block64_prefix_xor(in[i]) ^ state;
        state = 0 - (out[i] >> 63); /* all bits as the last one */
    }
    *carry = state;
}

static uint64_t count_byte(const uint8_t *bytes, size_t len, uint8_t wanted) {
    uint64_t total = 0;
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        total += (uint64_t)__builtin_popcountll(block64_eq(block64_load(bytes + at), wanted));
    }
    for (; at < len; at++) {
        total += bytes[at] == wanted;
    }
    return total;
}

static bool is_ascii(const uint8_t *bytes, size_t len) {
    uint64_t high = 0;
    size_t at = 0;
    for (; at + 64 <= len && high == 0; at += 64) {
        high = block64_high(block64_load(bytes + at));
    }
    for (; at < len && high == 0; at++) {
        high = bytes[at] >> 7;
    }
    return high == 0;
}

static inline uint64_t controls_of(block64 v) {
    block64_found blank = block64_either3(block64_in(v, '\t', 2), block64_is(v, '\r'),
                                          block64_in(v, ' ', 0x7F - ' '));
    return ~(block64_set(blank) | block64_high(v));
}

static bool is_plain(const uint8_t *bytes, size_t len) {
    uint64_t controls = 0;
    size_t at = 0;
    for (; at + 64 <= len && controls == 0; at += 64) {
        controls = controls_of(block64_load(bytes + at));
    }
    if (controls != 0 || at >= len) {
        return controls == 0;
    }
    uint8_t rest[64];
    memset(rest, ' ', sizeof rest);
    memcpy(rest, bytes + at, len - at);
    return controls_of(block64_load(rest)) == 0;
}

static inline void add_byte(uint64_t set[4], uint8_t byte) {
    set[byte >> 6] |= UINT64_C(1) << (byte & 63);
}

static void line_starts(const uint8_t *bytes, size_t len, uint64_t set[4]) {
    size_t at = 0;
    memset(set, 0, 4 * sizeof *set);
    if (len == 0) {
        return;
    }
    add_byte(set, bytes[0]);
    for (; at + 65 <= len; at += 64) {
        uint64_t ends = block64_eq(block64_load(bytes + at), '\n');
        for (; ends != 0; ends &= ends - 1) {
            add_byte(set, bytes[at + (size_t)__builtin_ctzll(ends) + 1]);
        }
    }
    for (; at + 1 < len; at++) {
        if (bytes[at] == '\n') {
            add_byte(set, bytes[at + 1]);
        }
    }
}

/* The three bytes before P end no character. */
static bool utf8_is_open(const uint8_t *p) {
    return p[-1] >= 0xC0 || p[-2] >= 0xE0 || p[-3] >= 0xF0;
}

static bool is_utf8(const uint8_t *bytes, size_t len) {
    enum { BEFORE = 3, STEP = 4 * 64 };
    uint8_t edge[BEFORE + 64] = {0}; /* the zeros before and behind end every character */
    size_t at = len < 64 ? len : 64;
    memcpy(edge + BEFORE, bytes, at);
    uint64_t wrong = block64_utf8_wrong(edge + BEFORE);
    for (; at + STEP <= len && wrong == 0; at += STEP) {
        uint64_t high = 0;
        for (size_t i = 0; i < STEP; i += 64) {
            high |= block64_high(block64_load(bytes + at + i));
        }
        for (size_t i = 0; i < STEP && (high != 0 || utf8_is_open(bytes + at)); i += 64) {
            wrong |= block64_utf8_wrong(bytes + at + i);
        }
    }
    for (; at + 64 <= len && wrong == 0; at += 64) {
        wrong = block64_utf8_wrong(bytes + at);
    }
    if (len < 64 || wrong != 0) {
        return wrong == 0;
    }
    memset(edge, 0, sizeof edge);
    memcpy(edge, bytes + at - BEFORE, BEFORE + len - at);
    return block64_utf8_wrong(edge + BEFORE) == 0;
}

/* A last lead has its trail behind its run. *CARRY: the first byte of the block is a trail. */
static bool pairs_block(block64 v, uint8_t trail_first, uint64_t *carry) {
    uint64_t leads = bits_alternating(block64_high(v) & ~*carry), trails = leads << 1 | *carry;
    uint64_t allowed = block64_set(block64_either(
        block64_in(v, 0x40, 0x3F), block64_in(v, trail_first, (uint8_t)(0xFF - trail_first))));
    uint64_t no_lead = block64_set(block64_either(block64_is(v, 0x80), block64_is(v, 0xFF)));
    *carry = leads >> 63;
    return ((leads & no_lead) | (trails & ~allowed)) == 0;
}

static bool is_pairs(const uint8_t *bytes, size_t len, uint8_t trail_first) {
    uint64_t carry = 0;
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        if (!pairs_block(block64_load(bytes + at), trail_first, &carry)) {
            return false;
        }
    }
    uint8_t rest[64] = {0}; /* zeros are no trails */
    memcpy(rest, bytes + at, len - at);
    return pairs_block(block64_load(rest), trail_first, &carry);
}

/* In pieces short enough for counters of one byte: a loop that compilers turn into vector code.
 * Numbers with a sign are compared by one instruction, others by two: ASCII is 0 and more, what
 * begins a character -64 and more. */
static struct block64_leads count_leads_of(const uint8_t *bytes, size_t len) {
    enum { PIECE_BYTES = 240 };
    struct block64_leads total = {0};
    uint8_t most = 0;
    for (size_t at = 0; at < len; at += PIECE_BYTES) {
        size_t piece = len - at < PIECE_BYTES ? len - at : PIECE_BYTES;
        const uint8_t *p = bytes + at;
        const int8_t *with_sign = (const int8_t *)p;
        uint8_t ascii = 0, begins = 0, largest = 0;
        for (size_t i = 0; i < piece; i++) {
            ascii = (uint8_t)(ascii + (with_sign[i] >= 0));
            begins = (uint8_t)(begins + (with_sign[i] >= -64));
            largest = p[i] > largest ? p[i] : largest;
        }
        total.ascii += ascii;
        total.begins += begins;
        most = largest > most ? largest : most;
    }
    total.four = most >= 0xF0;
    return total;
}

#if BLOCK64_VARIANT == VARIANT_AVX512

static struct block64_leads count_leads(const uint8_t *bytes, size_t len) {
    struct block64_leads total = {0};
    uint64_t high = 0, four = 0;
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        block64 v = block64_load(bytes + at);
        high += bits_in_word(block64_high(v));
        total.begins += bits_in_word(_mm512_cmpge_epi8_mask(v, _mm512_set1_epi8(-64)));
        four |= block64_in(v, 0xF0, 0x10);
    }
    struct block64_leads rest = count_leads_of(bytes + at, len - at);
    total.ascii = at - high + rest.ascii;
    total.begins += rest.begins;
    total.four = four != 0 || rest.four;
    return total;
}

#else

static struct block64_leads count_leads(const uint8_t *bytes, size_t len) {
    return count_leads_of(bytes, len);
}

#endif

static size_t list_positions(const uint64_t *sets, size_t words, uint16_t *out) {
    uint16_t *end = out;
    for (size_t b = 0; b < words; b++) {
        end = block64_positions(end, 64 * b, sets[b], 0);
    }
    return (size_t)(end - out);
}

const struct block64_ops VARIANT(block64_ops) = {.isa = BLOCK64_ISA,
                                                 .find = find,
                                                 .any = any,
                                                 .three = three,
                                                 .prefix_xor = prefix_xor,
                                                 .count = count_byte,
                                                 .ascii = is_ascii,
                                                 .plain = is_plain,
                                                 .line_starts = line_starts,
                                                 .utf8 = is_utf8,
                                                 .pairs = is_pairs,
                                                 .leads = count_leads,
                                                 .positions = list_positions};
