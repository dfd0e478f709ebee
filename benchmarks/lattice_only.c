/* lattice_only.c - the digit lattice and the checks of the five number shapes, over every byte,
 * without decoding, words or columns: what finding numbers costs by itself. */
#include "benchmarks/passes.h"
#include "core/block64/bits.h"
#include "match/lattice.h"
#include "patterns/luhn.h"

enum { BLOCKS = (PASS_BLOCK + 64) / 64, SET_COUNT = 9, DIGITS_MAX = 19 };

struct lattice_pass {
    const struct lattice_kernels *kernels;
    struct lattice_sets sets;
    uint64_t memory[SET_COUNT][BLOCKS + 2];
    uint64_t starts[BLOCKS + 2];
};

/* LETTER and nine digits. */
static bool is_id(const uint8_t *letter) {
    static const uint8_t values[26] = {1, 0, 9, 8, 7, 6, 5, 4, 9, 3, 2, 2, 1,
                                       0, 8, 9, 8, 7, 6, 5, 4, 3, 1, 3, 2, 0};
    uint8_t place = (uint8_t)(letter[0] - 'A');
    return place < 26 &&
           (values[place] + digits_weigh8(digits_load8(letter + 1)) + (unsigned)(letter[9] - '0')) %
                   10 ==
               0;
}

static bool is_card(const uint8_t *bytes, uint64_t digits, size_t length, unsigned count) {
    if (length == count) {
        return luhn_valid(bytes, count);
    }
    uint8_t joined[DIGITS_MAX] = {0};
    unsigned at = 0;
    for (; digits != 0; digits &= digits - 1) {
        joined[at++] = bytes[__builtin_ctzll(digits)];
    }
    return luhn_valid(joined, count);
}

/* Does the token at START hold one of the five shapes? */
static bool is_value(const uint8_t *bytes, size_t start, const struct lattice_sets *sets) {
    uint64_t after = ~bits_at(sets->token, start);
    size_t length = after != 0 ? (size_t)__builtin_ctzll(after) : 64;
    uint64_t digits = bits_at(sets->digit, start) & bits_low_mask(length);
    unsigned count = (unsigned)__builtin_popcountll(digits);
    const uint8_t *first = bytes + start;
    switch (count) {
    case 9:
        if (length == 9 && (*first == '1' || *first == '2' || *first == '8' || *first == '9')) {
            return start > 0 && is_id(first - 1);
        }
        return *first == '0' && length > count && first[1] >= '2' && first[1] <= '8';
    case 10:
        return *first == '0' && (first[1] == '9' || (length > count && first[1] >= '2'));
    case 15:
    case 16:
        return *first >= '3' && *first <= '6' && is_card(first, digits, length, count);
    default:
        return false;
    }
}

static uint64_t look(void *context, const uint8_t *bytes, size_t len) {
    struct lattice_pass *pass = context;
    size_t blocks = (len + 63) / 64;
    uint64_t matches = 0;
    pass->kernels->sets(bytes, blocks, &pass->sets);
    pass->sets.token[blocks] = 0;
    pass->kernels->starts(&pass->sets, blocks, LATTICE_DATES_KEPT, pass->starts);
    for (size_t block = 0; block < blocks; block++) {
        for (uint64_t left = pass->starts[block]; left != 0; left &= left - 1) {
            size_t start = 64 * block + (size_t)__builtin_ctzll(left);
            matches += is_value(bytes, start, &pass->sets);
        }
    }
    return matches;
}

int main(int argc, char **argv) {
    static struct lattice_pass pass;
    pass.kernels = lattice_kernels_for(isa_best());
    uint64_t **const sets[] = {&pass.sets.digit, &pass.sets.mark,   &pass.sets.token,
                               &pass.sets.high,  &pass.sets.letter, &pass.sets.part,
                               &pass.sets.at,    &pass.sets.close,  &pass.sets.wide};
    _Static_assert(sizeof sets / sizeof sets[0] == SET_COUNT, "one array a set");
    for (size_t i = 0; i < SET_COUNT; i++) {
        *sets[i] = pass.memory[i];
    }
    return argc == 2 ? pass_over_file(argv[1], look, &pass) : 2;
}
