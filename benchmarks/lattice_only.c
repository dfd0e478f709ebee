/* lattice_only.c - the digit lattice and the checks of the five number shapes, over every byte,
 * without decoding, words or columns: what finding numbers costs by itself. */
#include "benchmarks/passes.h"
#include "core/bytes.h"
#include "match/lattice.h"

enum { BLOCKS = (PASS_BLOCK + 64) / 64, SET_COUNT = 8, DIGITS_MAX = 19 };

struct lattice_pass {
    lattice_sets_fn *make_sets;
    struct lattice_sets sets;
    uint64_t memory[SET_COUNT][BLOCKS + 2];
    uint64_t starts[BLOCKS + 2];
};

static bool is_id(const uint8_t *letter) {
    static const uint8_t codes[26] = {10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
                                      22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33};
    if ((uint8_t)(letter[0] - 'A') >= 26) {
        return false;
    }
    unsigned code = codes[letter[0] - 'A'], sum = code / 10 + code % 10 * 9;
    for (unsigned i = 1; i <= 8; i++) {
        sum += (unsigned)(letter[i] - '0') * (9 - i);
    }
    return (sum + (unsigned)(letter[9] - '0')) % 10 == 0;
}

static bool is_luhn(const uint8_t *digits, unsigned count) {
    unsigned sum = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned value = (unsigned)(digits[count - 1 - i] - '0') << (i & 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

/* Does the token at START hold one of the five shapes? */
static bool is_value(const uint8_t *bytes, size_t start, const uint64_t *token) {
    uint8_t digits[DIGITS_MAX + 1];
    unsigned count = 0;
    size_t at = start;
    while (((token[at / 64] >> (at % 64)) & 1) != 0 && count <= DIGITS_MAX) {
        if (byte_is_digit(bytes[at])) {
            digits[count++] = bytes[at];
        }
        at++;
    }
    switch (count) {
    case 9:
        if (at - start == 9 && start > 0 && strchr("1289", digits[0]) != NULL &&
            is_id(bytes + start - 1)) {
            return true;
        }
        return digits[0] == '0' && digits[1] >= '2' && digits[1] <= '8' && at - start > count;
    case 10:
        return digits[0] == '0' && (digits[1] == '9' || (at - start > count && digits[1] >= '2'));
    case 15:
    case 16:
        return digits[0] >= '3' && digits[0] <= '6' && is_luhn(digits, count);
    default:
        return false;
    }
}

static uint64_t look(void *context, const uint8_t *bytes, size_t len) {
    struct lattice_pass *pass = context;
    size_t blocks = (len + 63) / 64;
    uint64_t matches = 0;
    pass->make_sets(bytes, blocks, &pass->sets);
    pass->sets.token[blocks] = 0;
    lattice_starts(pass->sets.token, blocks, pass->starts);
    for (size_t block = 0; block < blocks; block++) {
        for (uint64_t left = pass->starts[block]; left != 0; left &= left - 1) {
            size_t start = 64 * block + (size_t)__builtin_ctzll(left);
            matches += is_value(bytes, start, pass->sets.token);
        }
    }
    return matches;
}

int main(int argc, char **argv) {
    static struct lattice_pass pass;
    pass.make_sets = lattice_sets_for(isa_best());
    uint64_t **const sets[] = {&pass.sets.digit, &pass.sets.mark,   &pass.sets.token,
                               &pass.sets.high,  &pass.sets.letter, &pass.sets.part,
                               &pass.sets.at,    &pass.sets.wide};
    _Static_assert(sizeof sets / sizeof sets[0] == SET_COUNT, "one array a set");
    for (size_t i = 0; i < SET_COUNT; i++) {
        *sets[i] = pass.memory[i];
    }
    return argc == 2 ? pass_over_file(argv[1], look, &pass) : 2;
}
