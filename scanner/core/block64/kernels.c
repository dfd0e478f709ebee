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
        for (size_t k = 0; k < count; k++) {
            found |= block64_eq(v, wanted[k]);
        }
    }
    return found != 0;
}

static bool any(const uint8_t *bytes, size_t blocks, const uint8_t *wanted, size_t count) {
    switch (count) {
    case 1:
        return any_of(bytes, blocks, wanted, 1);
    case 3:
        return any_of(bytes, blocks, wanted, 3);
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

/* What the last bytes of a block demand of the first ones of the next: bit 0 … 2. */
struct utf8_carry {
    uint64_t second, third, fourth; /* continuations of leads */
    uint64_t e0, ed, f0, f4;        /* the byte before was this one … */
    uint64_t narrow;                /* … or any of them */
};

/* Leads after which fewer bytes may follow; what is wrong behind them. */
static uint64_t utf8_narrow(block64 v, uint64_t e0, uint64_t ed, struct utf8_carry *carry) {
    uint64_t f0 = block64_eq(v, 0xF0), f4 = block64_eq(v, 0xF4);
    uint64_t below_90 = block64_range(v, 0x80, 0x10), below_a0 = block64_range(v, 0x80, 0x20);
    uint64_t wrong = ((e0 << 1 | carry->e0) & below_a0) | ((ed << 1 | carry->ed) & ~below_a0) |
                     ((f0 << 1 | carry->f0) & below_90) | ((f4 << 1 | carry->f4) & ~below_90);
    carry->e0 = e0 >> 63;
    carry->ed = ed >> 63;
    carry->f0 = f0 >> 63;
    carry->f4 = f4 >> 63;
    carry->narrow = (e0 | ed | f0 | f4) >> 63;
    return wrong;
}

/* After the Unicode standard, table 3-7 "Well-Formed UTF-8 Byte Sequences". */
static bool utf8_block(block64 v, struct utf8_carry *carry) {
    uint64_t continued = block64_range(v, 0x80, 0x40);
    uint64_t two = block64_range(v, 0xC2, 0x1E), three = block64_range(v, 0xE0, 0x10),
             four = block64_range(v, 0xF0, 0x05);
    uint64_t leads = two | three | four, long_leads = three | four;
    uint64_t wanted = (leads << 1 | carry->second) | (long_leads << 2 | carry->third) |
                      (four << 3 | carry->fourth);
    uint64_t wrong = (wanted ^ continued) | (block64_high(v) ^ (continued | leads));
    uint64_t e0 = block64_eq(v, 0xE0), ed = block64_eq(v, 0xED);
    if ((e0 | ed | four | carry->narrow) != 0) { /* hardly any text has them */
        wrong |= utf8_narrow(v, e0, ed, carry);
    }
    carry->second = leads >> 63;
    carry->third = long_leads >> 62;
    carry->fourth = four >> 61;
    return wrong == 0;
}

static bool is_utf8(const uint8_t *bytes, size_t len) {
    struct utf8_carry carry = {0};
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        block64 v = block64_load(bytes + at);
        uint64_t open = carry.second | carry.third | carry.fourth;
        if ((block64_high(v) | open) != 0 && !utf8_block(v, &carry)) {
            return false;
        }
    }
    uint8_t rest[64] = {0}; /* the zeros behind it end every character */
    memcpy(rest, bytes + at, len - at);
    return utf8_block(block64_load(rest), &carry);
}

/* Leads and trails alternate in a run of bytes above 7F; a last lead has its trail behind the run.
 * *CARRY: the first byte of the block is a trail. */
static bool pairs_block(block64 v, uint8_t trail_first, uint64_t *carry) {
    const uint64_t even = UINT64_C(0x5555555555555555);
    uint64_t high = block64_high(v) & ~*carry, begins = high & ~(high << 1);
    /* The sum clears runs that begin at even places. */
    uint64_t of_even = high & ~(high + (begins & even)), of_odd = high & ~of_even;
    uint64_t leads = (of_even & even) | (of_odd & ~even), trails = leads << 1 | *carry;
    uint64_t allowed =
        block64_range(v, 0x40, 0x3F) | block64_range(v, trail_first, (uint8_t)(0xFF - trail_first));
    uint64_t no_lead = block64_eq(v, 0x80) | block64_eq(v, 0xFF);
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
                                                 .utf8 = is_utf8,
                                                 .pairs = is_pairs,
                                                 .positions = list_positions};
