/* Tokens that no kind takes, told from their sets alone, and numbers in lines that are known to say
 * nothing. */
#include "match/matcher.h"

/* The token that begins at `start` of `text`, and the sets from there on. */
struct token_sets {
    struct bytes text;
    size_t start;
    uint64_t token, digit, mark;
};

/* 200 15114 0: does no kind take any run of the groups of digits of a token without marks? ALL: its
 * bits; LETTER: one stands before the first group. */
static bool groups_are_hopeless(const struct matcher *matcher, const struct token_sets *at,
                                uint64_t all, bool letter) {
    const uint8_t *bytes = at->text.ptr + at->start;
    const uint64_t digits = at->digit & all;
    for (uint64_t left = digits; left != 0;) {
        unsigned begin = (unsigned)__builtin_ctzll(left), count = 0, place = begin;
        const bool(*taken)[DIGITS_MAX + 1] =
            letter && begin == 0 ? matcher->taken : matcher->taken_bare;
        while (place < 64 && (digits >> place & 1) != 0) { /* one group after the other */
            unsigned length = (unsigned)__builtin_ctzll(~(digits >> place));
            count += length;
            if (count > DIGITS_MAX) {
                break;
            }
            if (taken[bytes[begin] - '0'][count]) {
                return false;
            }
            place += length + 1;
        }
        left &= ~bits_low_mask(begin + (size_t)__builtin_ctzll(~(left >> begin)));
    }
    return true;
}

/* What keeps a token out of reach of every kind, from its sets alone; false: match_token() has to
 * look at it. Nearly all tokens of logs and tables are dates, counts and numbers of things. */
static inline bool is_hopeless(const struct matcher *matcher, const struct token_sets *at) {
    const uint8_t *bytes = at->text.ptr;
    const size_t start = at->start;
    uint8_t before = start > 0 ? bytes[start - 1] : 0;
    uint64_t outside = ~at->token;
    uint8_t bracket = before == ' ' && start > 1 ? bytes[start - 2] : before;
    if (bracket == ')' || bracket == WIDE_CLOSING || outside == 0) {
        return false; /* an area code may belong to it; very long */
    }
    unsigned length = (unsigned)__builtin_ctzll(outside);
    uint64_t all = bits_low_mask(length), digits = at->digit & all;
    if ((at->mark & all) != 0) {
        return false;
    }
    bool followed = start + length < at->text.len && matcher->follows[bytes[start + length]];
    if (digits == all) {
        return !followed && (length > DIGITS_MAX || !matcher->taken[bytes[start] - '0'][length]);
    }
    uint64_t separators = all & ~digits;
    unsigned most = length; /* digits */
    while (separators != 0 && most >= matcher->least_digits) {
        separators &= separators - 1;
        most--;
    }
    bool letter = byte_is_letter(before) || match_letter_apart(at->text, start);
    return (most < matcher->least_digits && !letter) ||
           (!followed && groups_are_hopeless(matcher, at, all, letter));
}

void match_clear_starts(struct passage *p) {
    const struct lattice_sets *sets = &p->state->sets;
    const struct bytes text = bytes_of(p->segment->bytes, p->limit);
    uint64_t *starts = p->state->starts;
    size_t words = (p->limit - p->base + 63) / 64;
    for (size_t word = 0; word < words; word++) {
        for (uint64_t left = starts[word]; left != 0; left &= left - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(left);
            const struct token_sets at = {.text = text,
                                          .start = p->base + 64 * word + bit,
                                          .token = bits_at(sets->token, 64 * word + bit),
                                          .digit = bits_at(sets->digit, 64 * word + bit),
                                          .mark = bits_at(sets->mark, 64 * word + bit)};
            if (is_hopeless(p->state->matcher, &at)) {
                starts[word] &= ~(UINT64_C(1) << bit);
            }
        }
    }
}

/* PARTED: numbers of three groups with other signs between them; NULL: none are asked for. */
static inline __attribute__((always_inline)) size_t
suspects_among(const struct matcher *matcher, struct bytes text, const struct skeletons *skeletons,
               unsigned most, const uint64_t *parted, struct number_suspect *out) {
    _Static_assert((int)SKELETON_NUMBER == (int)TOKEN_MIN, "the same runs are tokens");
    size_t count = 0;
    for (size_t word = 0; 64 * word < text.len; word++) {
        uint64_t others = parted == NULL ? 0 : parted[word];
        for (uint64_t left = skeletons->starts[word] | others; left != 0; left &= left - 1) {
            size_t bit = 64 * word + (size_t)__builtin_ctzll(left);
            if ((others & left & -left) != 0) {
                out[count++] =
                    (struct number_suspect){.at = (uint32_t)bit, .length = SUSPECT_ALWAYS};
                continue;
            }
            const struct token_sets at = {.text = text,
                                          .start = bit,
                                          .token = bits_at(skeletons->token, bit),
                                          .digit = bits_at(skeletons->digit, bit),
                                          .mark = bits_at(skeletons->mark, bit)};
            bool longer = (~at.token & bits_low_mask((size_t)most + 1)) == 0;
            bool hopeless = is_hopeless(matcher, &at);
            if (longer || !hopeless) {
                unsigned length = hopeless ? (unsigned)__builtin_ctzll(~at.token) : SUSPECT_ALWAYS;
                out[count++] = (struct number_suspect){.at = (uint32_t)bit, .length = length};
            }
        }
    }
    return count;
}

size_t match_suspects(const struct matcher *matcher, struct bytes text,
                      const struct skeletons *skeletons, const struct suspects_wanted *wanted,
                      struct number_suspect *out) {
    uint64_t parted[SKELETON_BLOCKS];
    size_t words = (text.len + 63) / 64;
    if (!wanted->parted) {
        return suspects_among(matcher, text, skeletons, wanted->most, NULL, out);
    }
    matcher->lattice->parted(skeletons->digit, words, parted);
    for (size_t word = 0; word < words; word++) {
        for (uint64_t left = parted[word]; left != 0; left &= left - 1) {
            size_t bit = 64 * word + (size_t)__builtin_ctzll(left);
            bool number = match_parted_end(text, bit) > bit;
            parted[word] &= number ? ~UINT64_C(0) : ~(left & -left);
        }
    }
    return suspects_among(matcher, text, skeletons, wanted->most, parted, out);
}
