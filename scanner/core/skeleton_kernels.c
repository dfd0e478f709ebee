/* Compiled once an instruction set; see core/block64/variant.h. */
#include "core/skeleton_kernels.h"

#include "core/block64/token_runs.h"
#include "core/block64/variant.h"

/* One block of a line. */
struct part {
    uint64_t inside; /* bytes of the line, its newline too */
    uint64_t digit;
    uint64_t keep; /* all but the digits that follow one */
    bool ends;
};

static inline struct part part_of(block64 v, uint64_t digit_before) {
    uint64_t newline = block64_eq(v, '\n');
    struct part part = {.inside = newline ^ (newline - 1), .ends = newline != 0};
    part.digit = block64_range(v, '0', 10) & part.inside;
    part.keep = part.inside & ~(part.digit & (part.digit << 1 | digit_before));
    return part;
}

static size_t make(const uint8_t *line, size_t left, uint8_t *out, size_t *length) {
    uint64_t digit_before = 0;
    size_t len = 0;
    for (size_t at = 0; at < SKELETON_LINE_MOST && at < left; at += 64) {
        block64 v = block64_load(line + at);
        struct part part = part_of(v, digit_before);
        len += block64_pack(v, part.digit, part.keep, out + len);
        digit_before = part.digit >> 63;
        if (part.ends) {
            size_t end = at + bits_in_word(part.inside);
            *length = len;
            return end <= left ? end : 0;
        }
    }
    return 0;
}

static inline bool is_solid(uint8_t c) {
    return (uint8_t)(c - '0') < 10 || c == '*' || c == '#' || (c | 0x20) == 'x';
}

_Static_assert((int)SKELETON_NUMBER == (int)TOKEN_RUN, "runs are numbers worth a look");

/* What goes on from block to block. */
struct carried {
    uint64_t solid, token; /* of the block before */
    uint64_t older_token;  /* last bit of the one before that */
};

/* As in match/lattice_sets.c: a separator counts only between two digits or marks. */
static inline void put_numbers(block64 v, const struct part *part, size_t b, bool solid_follows,
                               struct carried *carried, struct line_numbers *out) {
    uint64_t mark = block64_eq(v, '*') | block64_eq(v, '#') | block64_eq_or(v, 0x20, 'x');
    uint64_t separator = block64_eq(v, ' ') | block64_eq(v, '-');
    mark &= part->inside;
    uint64_t solid = part->digit | mark;
    uint64_t after = solid << 1 | carried->solid >> 63;
    uint64_t token = solid | (separator & after & (solid >> 1 | (uint64_t)solid_follows << 63));
    out->digit[b] = part->digit;
    out->mark[b] = mark;
    out->token[b] = token;
    if (b > 0) {
        out->starts[b - 1] = token_runs(carried->older_token, carried->token, token);
    }
    *carried = (struct carried){solid, token, carried->token >> 63};
}

static void end_numbers(const struct carried *carried, size_t blocks, struct line_numbers *out) {
    out->starts[blocks - 1] = token_runs(carried->older_token, carried->token, 0);
    out->digit[blocks] = out->mark[blocks] = out->token[blocks] = 0;
    out->blocks = blocks;
}

static size_t fits(const uint8_t *line, size_t left, const uint8_t *skeleton, size_t length,
                   struct line_numbers *out) {
    struct carried carried = {0};
    uint64_t digit_before = 0;
    size_t len = 0;
    for (size_t b = 0; b < SKELETON_BLOCKS && 64 * b < left; b++) {
        block64 v = block64_load(line + 64 * b);
        struct part part = part_of(v, digit_before);
        size_t kept = bits_in_word(part.keep);
        if (len + kept > length ||
            !block64_packed_as(v, part.digit, part.keep, skeleton + len, kept)) {
            return 0;
        }
        len += kept;
        digit_before = part.digit >> 63;
        bool solid_follows = !part.ends && is_solid(line[64 * b + 64]);
        put_numbers(v, &part, b, solid_follows, &carried, out);
        if (part.ends) {
            size_t end = 64 * b + bits_in_word(part.inside);
            end_numbers(&carried, b + 1, out);
            return len == length && end <= left ? end : 0;
        }
    }
    return 0;
}

const struct skeleton_ops VARIANT(skeleton_ops) = {.make = make, .fits = fits};
