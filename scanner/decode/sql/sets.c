/* Compiled once an instruction set; see core/block64/variant.h. */
#include "decode/sql/sets.h"

#include "core/block64/bits.h"
#include "core/block64/variant.h"
#include "decode/sql/rows.h"

/* The bytes behind an odd run of back-slashes, as JSON parsers find them (Langdale and Lemire,
 * "Parsing gigabytes of JSON per second", 3.1.1): adding the odd starts of runs to the runs carries
 * a bit to the end of each run; its parity tells the length's. */
static inline uint64_t escaped_bytes(uint64_t backslash, uint64_t *carry) {
    if (__builtin_expect(backslash == 0, 1)) {
        uint64_t escaped = *carry;
        *carry = 0;
        return escaped;
    }
    const uint64_t even = UINT64_C(0x5555555555555555);
    backslash &= ~*carry;
    uint64_t follows = backslash << 1 | *carry;
    uint64_t odd_starts = backslash & ~even & ~follows;
    unsigned long long ends;
    *carry = __builtin_uaddll_overflow(odd_starts, backslash, &ends);
    return (even ^ (uint64_t)ends << 1) & follows;
}

/* Bits behind the data belong to bytes that mean nothing. */
static inline uint64_t valid_bits(size_t length, size_t block) {
    return bits_low_mask(length - 64 * block);
}

/* Block B of the chunk; VALID: its bytes that mean something. Bytes of numbers and of NULL are told
 * by as few comparisons as there can be. */
static inline uint16_t *values_block(const uint8_t *bytes, size_t b, uint64_t valid,
                                     struct sql_string_form form, struct sql_carry *state,
                                     uint16_t *marks, struct sql_sets *out) {
    block64 v = block64_load(bytes + 64 * b);
    uint64_t backslash = block64_eq(v, '\\');
    uint64_t quote =
        block64_eq(v, form.quote) & ~escaped_bytes(backslash & form.backslash, &state->escaped);
    uint64_t in_string = block64_prefix_xor(quote) ^ state->in_string;
    uint64_t open = block64_eq(v, '(') & ~in_string;
    uint64_t mark =
        block64_set(block64_either(block64_in(v, '(', 2), block64_is(v, ','))) & ~in_string;
    uint64_t behind_mark = mark << 1 | (~state->inside & 1);
    uint64_t blank = block64_eq(v, ' ') & behind_mark;
    uint64_t odd = (blank | block64_set(block64_either3(block64_in(v, '-', 2),
                                                        block64_is_or(v, 'N' ^ 'L', 'N'),
                                                        block64_is(v, 'U')))) &
                   ~in_string;
    uint64_t opening = ((quote & in_string) | open) & ~(behind_mark | blank << 1);
    uint64_t other = ~(in_string | quote | mark | odd | block64_range(v, '0', 10));
    out->events[b] = (backslash | opening | other) & valid;
    out->any_event |= out->events[b];
    out->any_odd |= odd & valid;
    marks = block64_positions(marks, 64 * b, mark & valid, quote << 1 | state->quoted);
    state->in_string = 0 - (in_string >> 63);
    state->inside = ~(mark | blank) >> 63;
    state->quoted = quote >> 63;
    return marks;
}

static void values_sets(const uint8_t *bytes, size_t length, struct sql_string_form form,
                        struct sql_carry *carry, struct sql_sets *out) {
    struct sql_carry state = *carry;
    uint16_t *marks = out->marks;
    size_t whole = length / 64;
    out->any_event = out->any_odd = 0;
    for (size_t b = 0; b < whole; b++) {
        marks = values_block(bytes, b, ~UINT64_C(0), form, &state, marks, out);
    }
    if (length % 64 != 0) { /* bits behind the data belong to bytes that mean nothing */
        marks = values_block(bytes, whole, bits_low_mask(length % 64), form, &state, marks, out);
    }
    out->mark_count = (uint32_t)(marks - out->marks);
    *carry = state;
}

/* The same of a block in which nothing may stand outside strings but marks and digits. Returns not
 * 0 where more does. */
static inline uint64_t even_block(const uint8_t *bytes, size_t b, uint64_t valid,
                                  uint8_t quote_byte, struct sql_carry *state, uint16_t **marks) {
    block64 v = block64_load(bytes + 64 * b);
    uint64_t quote = block64_eq(v, quote_byte);
    uint64_t in_string = block64_prefix_xor(quote) ^ state->in_string;
    uint64_t mark =
        block64_set(block64_either(block64_in(v, '(', 2), block64_is(v, ','))) & ~in_string;
    uint64_t behind_mark = mark << 1 | (~state->inside & 1);
    uint64_t opening = ((quote & in_string) | (block64_eq(v, '(') & mark)) & ~behind_mark;
    uint64_t other = ~(in_string | quote | mark | block64_range(v, '0', 10));
    *marks = block64_positions(*marks, 64 * b, mark & valid, quote << 1 | state->quoted);
    state->in_string = 0 - (in_string >> 63);
    state->inside = ~mark >> 63;
    state->quoted = quote >> 63;
    return (block64_eq(v, '\\') | opening | other) & valid;
}

static bool even_sets(const uint8_t *bytes, size_t length, uint8_t quote, struct sql_carry *carry,
                      struct sql_sets *out) {
    struct sql_carry state = *carry;
    uint16_t *marks = out->marks;
    size_t whole = length / 64;
    uint64_t uneven = state.escaped;
    for (size_t b = 0; b < whole; b++) {
        uneven |= even_block(bytes, b, ~UINT64_C(0), quote, &state, &marks);
    }
    if (length % 64 != 0) {
        uneven |= even_block(bytes, whole, bits_low_mask(length % 64), quote, &state, &marks);
    }
    if (uneven != 0) {
        return false;
    }
    out->any_event = out->any_odd = 0;
    out->mark_count = (uint32_t)(marks - out->marks);
    *carry = state;
    return true;
}

static void copy_sets(const uint8_t *bytes, size_t length, struct sql_carry *carry,
                      struct sql_sets *out) {
    uint16_t *marks = out->marks;
    out->any_event = 0;
    for (size_t b = 0; 64 * b < length; b++) {
        block64 v = block64_load(bytes + 64 * b);
        uint64_t backslash = block64_eq(v, '\\');
        uint64_t mark = block64_set(block64_either(block64_is(v, '\t'), block64_is(v, '\n')));
        uint64_t valid = valid_bits(length, b);
        marks = block64_positions(marks, 64 * b,
                                  mark & ~escaped_bytes(backslash, &carry->escaped) & valid, 0);
        out->events[b] = backslash & valid;
        out->any_event |= out->events[b];
    }
    out->mark_count = (uint32_t)(marks - out->marks);
}

const struct sql_kernels VARIANT(sql_kernels) = {
    .values = values_sets, .even = even_sets, .copy = copy_sets, .rows = VARIANT(sql_rows)};
