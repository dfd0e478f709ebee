/* Compiled once an instruction set; see core/block64/variant.h. */
#include "match/lattice_sets.h"

#include "core/block64/digit_groups.h"
#include "core/block64/token_runs.h"
#include "core/block64/variant.h"

static inline uint64_t wide_bytes(block64 v) {
    return block64_set(
        block64_either3(block64_in(v, 0xE2, 2), block64_is(v, 0xEF), block64_is(v, 0xC2)));
}

/* A separator counts only between two digits or marks, so two in a row end a token. The block after
 * the current one is needed for its last byte: the loop runs one block behind. */
static void lattice_sets(const uint8_t *bytes, size_t blocks, const struct lattice_sets *out) {
    uint64_t solid = 0, separator = 0, before = 0;
    for (size_t b = 0; b <= blocks; b++) {
        uint64_t next_solid = 0, next_separator = 0;
        if (b < blocks) {
            block64 v = block64_load(bytes + 64 * b);
            uint64_t digit = block64_range(v, '0', 10);
            uint64_t mark = block64_set(block64_either3(block64_is(v, '*'), block64_is(v, '#'),
                                                        block64_is_or(v, 0x20, 'x')));
            block64_found blank = block64_is(v, ' ');
            out->digit[b] = digit;
            out->mark[b] = mark;
            uint64_t high = block64_high(v);
            out->high[b] = high;
            out->letter[b] = block64_range_or(v, 0x20, 'a', 26);
            out->part[b] =
                block64_set(block64_either3(blank, block64_is(v, ':'), block64_is(v, '=')));
            out->at[b] = block64_eq(v, '@');
            out->close[b] = block64_eq(v, ')');
            out->wide[b] = high != 0 ? wide_bytes(v) : 0;
            next_solid = digit | mark;
            next_separator = block64_set(block64_either(blank, block64_is(v, '-')));
        }
        if (b > 0) {
            uint64_t after_solid = solid << 1 | before >> 63;
            uint64_t before_solid = solid >> 1 | next_solid << 63;
            out->token[b - 1] = solid | (separator & after_solid & before_solid);
        }
        before = solid;
        solid = next_solid;
        separator = next_separator;
    }
}

static void lattice_outlines(const uint8_t *bytes, size_t blocks, const struct lattice_sets *out) {
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        uint64_t high = block64_high(v);
        out->high[b] = high;
        out->wide[b] = high != 0 ? wide_bytes(v) : 0;
        out->at[b] = block64_eq(v, '@');
    }
}

static void lattice_tellings(const uint8_t *bytes, size_t blocks, const struct lattice_sets *out) {
    uint64_t before = 0;
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        uint64_t high = block64_high(v), x = block64_eq_or(v, 0x20, 'x');
        uint64_t near = x << 1 | x << 2 | before >> 63 | before >> 62;
        out->telling[b] = high | (x & near) |
                          block64_set(block64_either3(block64_in(v, '0', 10), block64_is(v, '*'),
                                                      block64_is(v, '#')));
        out->high[b] = high;
        out->wide[b] = high != 0 ? wide_bytes(v) : 0;
        out->at[b] = block64_eq(v, '@');
        before = x;
    }
}

/* ---- where tokens begin ---- */

/* The loops have no branches and carry nothing from word to word: the compiler takes several words
 * at a time. */

/* Bits of SET[0] from bit BY on, those of the next word behind them. */
static inline uint64_t ahead(const uint64_t *set, unsigned by) {
    return set[0] >> by | set[1] << (64 - by);
}

_Static_assert((int)TOKEN_MIN == (int)TOKEN_RUN, "runs are tokens");

/* Bytes behind which a date may be a part of something longer. */
static inline uint64_t joining(const struct lattice_sets *sets, size_t b) {
    return sets->letter[b] | sets->part[b] | sets->close[b];
}

/* Where dates do not begin; BEFORE: joining() of the word before. */
static inline uint64_t others(const struct lattice_sets *sets, size_t b, uint64_t before) {
    const uint64_t *token = sets->token + b, *digit = sets->digit + b;
    uint64_t eight = ~ahead(token, 8);
    uint64_t date = ~ahead(digit, 4) & ~ahead(digit, 7) & ahead(token, 9) & ~ahead(token, 10);
    uint64_t marks = (sets->mark[b] | sets->mark[b + 1]) != 0 ? ~UINT64_C(0) : 0;
    return marks | joining(sets, b) << 1 | before >> 63 | ~(eight | date);
}

static void lattice_starts(const struct lattice_sets *from, size_t blocks, enum lattice_dates dates,
                           uint64_t *restrict starts) {
    const struct lattice_sets sets = *from; /* what is written does not change it */
    if (blocks == 0) {
        return;
    }
    starts[0] = token_runs(0, sets.token[0], sets.token[1]);
    for (size_t b = 1; b < blocks; b++) {
        starts[b] = token_runs(sets.token[b - 1] >> 63, sets.token[b], sets.token[b + 1]);
    }
    if (dates == LATTICE_DATES_CLEARED) {
        starts[0] &= others(&sets, 0, 0);
        for (size_t b = 1; b < blocks; b++) {
            starts[b] &= others(&sets, b, joining(&sets, b - 1));
        }
    }
}

static void lattice_parted(const uint64_t *restrict digit, size_t blocks,
                           uint64_t *restrict parted) {
    if (blocks != 0) {
        parted[0] = digit_groups_parted(0, digit[0], digit[1]);
    }
    for (size_t b = 1; b < blocks; b++) {
        parted[b] = digit_groups_parted(digit[b - 1] >> 63, digit[b], digit[b + 1]);
    }
}

const struct lattice_kernels VARIANT(lattice_kernels) = {.sets = lattice_sets,
                                                         .outlines = lattice_outlines,
                                                         .tellings = lattice_tellings,
                                                         .starts = lattice_starts,
                                                         .parted = lattice_parted};
