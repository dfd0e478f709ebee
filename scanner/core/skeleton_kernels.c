/* Compiled once an instruction set; see core/block64/variant.h. */
#include "core/skeleton_kernels.h"

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

/* As in match/lattice_sets.c: a separator counts only between two digits or marks. */
static void find_tokens(struct line_numbers *out, const uint64_t *separators) {
    uint64_t before = 0, solid = out->digit[0] | out->mark[0];
    size_t blocks = out->blocks;
    out->digit[blocks] = out->mark[blocks] = out->token[blocks] = 0;
    for (size_t b = 0; b < blocks; b++) {
        uint64_t next = out->digit[b + 1] | out->mark[b + 1];
        uint64_t between = (solid << 1 | before >> 63) & (solid >> 1 | next << 63);
        out->token[b] = solid | (separators[b] & between);
        before = solid;
        solid = next;
    }
    before = 0;
    for (size_t b = 0; b < blocks; b++) {
        unsigned __int128 run = (unsigned __int128)out->token[b + 1] << 64 | out->token[b];
        run &= run >> 1;
        run &= run >> 2;
        run &= run >> 4; /* eight in a row */
        out->starts[b] = (uint64_t)run & ~(out->token[b] << 1 | before >> 63);
        before = out->token[b];
    }
}

static size_t fits(const uint8_t *line, size_t left, const uint8_t *skeleton, size_t length,
                   struct line_numbers *out) {
    uint64_t digit_before = 0, separators[SKELETON_BLOCKS];
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
        out->digit[b] = part.digit;
        out->mark[b] =
            (block64_eq(v, '*') | block64_eq(v, '#') | block64_eq_or(v, 0x20, 'x')) & part.inside;
        separators[b] = block64_eq(v, ' ') | block64_eq(v, '-');
        if (part.ends) {
            size_t end = 64 * b + bits_in_word(part.inside);
            out->blocks = b + 1;
            find_tokens(out, separators);
            return len == length && end <= left ? end : 0;
        }
    }
    return 0;
}

const struct skeleton_ops VARIANT(skeleton_ops) = {.make = make, .fits = fits};
