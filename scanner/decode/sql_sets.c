/* Compiled once an instruction set; see core/block64/variant.h. */
#include "decode/sql_sets.h"

#include "core/block64/variant.h"

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

static void values_sets(const uint8_t *bytes, size_t blocks, struct sql_string_form form,
                        struct sql_carry *carry, struct sql_sets *out) {
    struct sql_carry state = *carry;
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        uint64_t backslash = block64_eq(v, '\\');
        uint64_t quote =
            block64_eq(v, form.quote) & ~escaped_bytes(backslash & form.backslash, &state.escaped);
        uint64_t in_string = block64_prefix_xor(quote) ^ state.in_string;
        uint64_t mark = block64_eq(v, ',') | block64_eq(v, '(') | block64_eq(v, ')');
        uint64_t close = quote & ~in_string;
        out->marks[b] = mark & ~in_string;
        out->events[b] = backslash | ((close << 1 | state.after_close) & ~mark);
        state.in_string = 0 - (in_string >> 63);
        state.after_close = close >> 63;
    }
    *carry = state;
}

static void copy_sets(const uint8_t *bytes, size_t blocks, struct sql_carry *carry,
                      struct sql_sets *out) {
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        uint64_t backslash = block64_eq(v, '\\');
        uint64_t mark = block64_eq(v, '\t') | block64_eq(v, '\n');
        out->marks[b] = mark & ~escaped_bytes(backslash, &carry->escaped);
        out->events[b] = backslash;
    }
}

const struct sql_kernels VARIANT(sql_kernels) = {.values = values_sets, .copy = copy_sets};
