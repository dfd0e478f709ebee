/* Compiled once an instruction set; see core/block64/variant.h. */
#include "core/skeleton_kernels.h"

#include "core/block64/token_runs.h"
#include "core/block64/variant.h"

/* As in match/lattice_sets.c: a separator counts only between two digits or marks. In: the
 * separators, where tokens come to stand. The loops have no branches and carry nothing from word to
 * word: the compiler takes several words at a time. */
static void make_tokens(const uint64_t *restrict digit, const uint64_t *restrict mark,
                        size_t blocks, uint64_t *restrict token) {
    uint64_t next = digit[1] | mark[1], solid = digit[0] | mark[0];
    token[0] = solid | (token[0] & solid << 1 & (solid >> 1 | next << 63));
    for (size_t b = 1; b < blocks; b++) {
        uint64_t here = digit[b] | mark[b];
        uint64_t after = here << 1 | (digit[b - 1] | mark[b - 1]) >> 63;
        uint64_t until = here >> 1 | (digit[b + 1] | mark[b + 1]) << 63;
        token[b] = here | (token[b] & after & until);
    }
}

static void make_starts(const uint64_t *restrict token, size_t blocks, uint64_t *restrict starts) {
    starts[0] = token_runs(0, token[0], token[1]);
    for (size_t b = 1; b < blocks; b++) {
        starts[b] = token_runs(token[b - 1] >> 63, token[b], token[b + 1]);
    }
}

_Static_assert((int)SKELETON_NUMBER == (int)TOKEN_RUN, "runs are numbers worth a look");

static void make(const uint8_t *text, size_t blocks, struct skeletons *out) {
    uint64_t digit_before = 0;
    size_t len = 0;
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(text + 64 * b);
        uint64_t digit = block64_range(v, '0', 10);
        uint64_t keep = ~(digit & (digit << 1 | digit_before));
        digit_before = digit >> 63;
        out->digit[b] = digit;
        out->mark[b] = block64_set(
            block64_either3(block64_is(v, '*'), block64_is(v, '#'), block64_is_or(v, 0x20, 'x')));
        out->token[b] = block64_set(block64_either(block64_is(v, ' '), block64_is(v, '-')));
        out->keep[b] = keep;
        out->before[b] = (uint16_t)len;
        len += block64_pack(v, digit, keep, out->bytes + len);
    }
    for (size_t b = blocks; b <= SKELETON_BLOCKS; b++) {
        out->before[b] = (uint16_t)len;
    }
    out->digit[blocks] = out->mark[blocks] = out->token[blocks] = 0;
    make_tokens(out->digit, out->mark, blocks, out->token);
    make_starts(out->token, blocks, out->starts);
}

static inline bool is_same(const uint8_t *a, const uint8_t *b, size_t length) {
    uint64_t differ = 0;
    size_t at = 0;
    for (; at + 64 <= length; at += 64) {
        differ |= block64_differ(a + at, b + at);
    }
    uint64_t rest = (UINT64_C(1) << (length - at)) - 1;
    return (differ | (block64_differ(a + at, b + at) & rest)) == 0;
}

static size_t repeats(const uint8_t *bytes, size_t left, const uint8_t *skeleton, size_t length) {
    size_t count = 0;
    while (length <= left && is_same(bytes, skeleton, length)) {
        bytes += length;
        left -= length;
        count++;
    }
    return count;
}

const struct skeleton_ops VARIANT(skeleton_ops) = {.make = make, .repeats = repeats};
