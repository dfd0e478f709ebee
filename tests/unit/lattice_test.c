/* The position sets that numbers and words are found by: every variant against the scalar one, and
 * that one against what the words mean. Needs no other library: it runs under QEMU, too. */
#include "core/block64/bits.h"
#include "core/bytes.h"
#include "core/segment.h"
#include "match/lattice.h"
#include "match/word_sets.h"
#include "tests/random.h"
#include "tests/unit/check.h"

enum { BLOCKS = 12, SETS = 9 };

struct all_sets {
    uint64_t words[SETS][BLOCKS + 1];
};

static struct lattice_sets fill(enum isa isa, const uint8_t *data, struct all_sets *out) {
    memset(out, 0, sizeof *out);
    struct lattice_sets sets = {out->words[0], out->words[1], out->words[2], out->words[3],
                                out->words[4], out->words[5], out->words[6], out->words[7],
                                out->words[8], NULL,          NULL};
    lattice_kernels_for(isa)->sets(data, BLOCKS, &sets);
    return sets;
}

/* The outlines are the same as in all sets. */
static void outlines_agree(enum isa isa, const uint8_t *data, const struct lattice_sets *whole) {
    struct all_sets room;
    memset(&room, 0, sizeof room);
    struct lattice_sets sets = {.high = room.words[0], .at = room.words[1], .wide = room.words[2]};
    lattice_kernels_for(isa)->outlines(data, BLOCKS, &sets);
    CHECK(memcmp(sets.high, whole->high, BLOCKS * sizeof *sets.high) == 0);
    CHECK(memcmp(sets.at, whole->at, BLOCKS * sizeof *sets.at) == 0);
    CHECK(memcmp(sets.wide, whole->wide, BLOCKS * sizeof *sets.wide) == 0);
}

/* The same with `telling`, which is what its words say, byte by byte. */
static void tellings_agree(enum isa isa, const uint8_t *data, const struct lattice_sets *whole) {
    struct all_sets room;
    memset(&room, 0, sizeof room);
    struct lattice_sets sets = {.high = room.words[0],
                                .at = room.words[1],
                                .wide = room.words[2],
                                .telling = room.words[3]};
    lattice_kernels_for(isa)->tellings(data, BLOCKS, &sets);
    CHECK(memcmp(sets.high, whole->high, BLOCKS * sizeof *sets.high) == 0);
    CHECK(memcmp(sets.at, whole->at, BLOCKS * sizeof *sets.at) == 0);
    CHECK(memcmp(sets.wide, whole->wide, BLOCKS * sizeof *sets.wide) == 0);
    for (size_t i = 0; i < BLOCKS * (size_t)64; i++) {
        bool x = (data[i] | 0x20) == 'x' && ((i >= 1 && (data[i - 1] | 0x20) == 'x') ||
                                             (i >= 2 && (data[i - 2] | 0x20) == 'x'));
        bool tells =
            byte_is_digit(data[i]) || data[i] == '*' || data[i] == '#' || data[i] >= 0x80 || x;
        CHECK_INT(sets.telling[i / 64] >> (i % 64) & 1, tells);
    }
}

static void starts_agree(enum isa isa, const struct lattice_sets *sets) {
    for (enum lattice_dates dates = LATTICE_DATES_KEPT; dates <= LATTICE_DATES_CLEARED; dates++) {
        for (size_t blocks = 0; blocks <= BLOCKS; blocks++) {
            uint64_t want[BLOCKS] = {0}, have[BLOCKS] = {0};
            lattice_kernels_for(ISA_SCALAR)->starts(sets, blocks, dates, want);
            lattice_kernels_for(isa)->starts(sets, blocks, dates, have);
            CHECK(memcmp(want, have, sizeof want) == 0);
        }
    }
}

static void fill_random(uint8_t *data, size_t len, const char *alphabet) {
    size_t count = strlen(alphabet);
    for (size_t i = 0; i < len; i++) {
        data[i] = (uint8_t)alphabet[random_next() % count];
    }
}

static void lattices_agree(void) {
    static const char *const alphabets[] = {"0123456789", "09- ", "0*-xX# A",
                                            "1-\xE7\x8E\x8B\xEF\xBC\x91@:=z"};
    uint8_t data[BLOCKS * 64];
    struct all_sets want, have;
    for (int round = 0; round < 1000; round++) {
        fill_random(data, sizeof data, alphabets[round % 4]);
        for (size_t i = 0; round % 3 == 0 && i + 11 < sizeof data; i += random_next() % 20) {
            memcpy(data + i, "'2025-01-31'", 12);
        }
        struct lattice_sets sets = fill(ISA_SCALAR, data, &want);
        outlines_agree(ISA_SCALAR, data, &sets);
        tellings_agree(ISA_SCALAR, data, &sets);
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                fill(isa, data, &have);
                CHECK(memcmp(&want, &have, sizeof want) == 0);
                outlines_agree(isa, data, &sets);
                tellings_agree(isa, data, &sets);
                starts_agree(isa, &sets);
            }
        }
    }
}

static bool is_solid(uint8_t c) {
    return byte_is_digit(c) || c == '*' || c == '#' || (c | 0x20) == 'x';
}

/* What a token is, said byte by byte. */
static bool is_token(const uint8_t *data, size_t len, size_t i) {
    bool separator = data[i] == '-' || data[i] == ' ';
    return is_solid(data[i]) ||
           (separator && i > 0 && i + 1 < len && is_solid(data[i - 1]) && is_solid(data[i + 1]));
}

static void starts_are_runs_of_eight(void) {
    uint8_t data[BLOCKS * 64];
    struct all_sets sets;
    uint64_t starts[BLOCKS];
    for (int round = 0; round < 500; round++) {
        fill_random(data, sizeof data, "0123- a");
        struct lattice_sets lattice = fill(ISA_SCALAR, data, &sets);
        lattice_kernels_for(ISA_SCALAR)->starts(&lattice, BLOCKS, LATTICE_DATES_KEPT, starts);
        for (size_t i = 0; i + 64 < sizeof data; i++) {
            size_t end = i;
            while (end < sizeof data && is_token(data, sizeof data, end)) {
                end++;
            }
            bool edge = i == 0 || !is_token(data, sizeof data, i - 1);
            CHECK_INT(starts[i / 64] >> (i % 64) & 1, edge && end - i >= TOKEN_MIN);
        }
    }
}

/* 20250131 or 2025-01-31 alone, said byte by byte. */
static bool is_date(const uint8_t *data, size_t len, size_t i) {
    static const char *const parts = " :=)";
    size_t end = i, digits = 0;
    for (; end < len && is_token(data, len, end); end++) {
        digits += byte_is_digit(data[end]);
    }
    bool long_form =
        end - i == 10 && digits <= 8 && !byte_is_digit(data[i + 4]) && !byte_is_digit(data[i + 7]);
    bool behind = i > 0 && (byte_is_letter(data[i - 1]) || strchr(parts, data[i - 1]) != NULL);
    return (end - i == 8 || long_form) && !behind;
}

static void dates_are_no_starts(void) {
    uint8_t data[BLOCKS * 64];
    struct all_sets sets;
    uint64_t starts[BLOCKS], left[BLOCKS];
    for (int round = 0; round < 3000; round++) {
        fill_random(data, sizeof data, round % 2 == 0 ? "0123-" : "0123-),a");
        for (size_t i = 0; round % 3 != 0 && i + 11 < sizeof data; i += random_next() % 20) {
            memcpy(data + i, "'2025-01-31'", round % 3 == 1 ? 12 : 11);
        }
        struct lattice_sets lattice = fill(ISA_SCALAR, data, &sets);
        const struct lattice_kernels *kernels = lattice_kernels_for(ISA_SCALAR);
        kernels->starts(&lattice, BLOCKS, LATTICE_DATES_KEPT, starts);
        kernels->starts(&lattice, BLOCKS, LATTICE_DATES_CLEARED, left);
        for (size_t i = 0; i + 64 < sizeof data; i++) {
            bool start = (starts[i / 64] >> (i % 64) & 1) != 0;
            CHECK_INT(left[i / 64] >> (i % 64) & 1, start && !is_date(data, sizeof data, i));
        }
    }
}

/* Three groups of digits as in telephone and card numbers, said byte by byte. */
static bool is_parted(const uint8_t *data, size_t len, size_t i) {
    static const size_t forms[][3] = {{4, 3, 3}, {2, 4, 4}, {2, 3, 4}, {4, 4, 4}, {3, 3, 3}};
    bool found = false;
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        size_t at = i, group = 0;
        for (bool fits = true; group < 3 && fits; group += fits) {
            size_t end = at;
            while (end < len && byte_is_digit(data[end])) {
                end++;
            }
            fits = end - at == forms[f][group];
            at = end + 1;
        }
        found |= group == 3;
    }
    return found && (i == 0 || !byte_is_digit(data[i - 1]));
}

static void parted_numbers_agree(void) {
    uint8_t data[BLOCKS * 64];
    uint64_t digit[BLOCKS + 1], parted[BLOCKS];
    for (int round = 0; round < 3000; round++) {
        fill_random(data, sizeof data, "0123456789./-");
        for (size_t i = 0; i + 13 < sizeof data; i += 12 + random_next() % 12) {
            static const char *const forms[] = {".0912.345.678.", ".02/2345/6789.",
                                                ".03.345 6789."};
            memcpy(data + i, forms[random_next() % 3], 13);
        }
        memset(digit, 0, sizeof digit);
        for (size_t i = 0; i < sizeof data; i++) {
            digit[i / 64] |= (uint64_t)byte_is_digit(data[i]) << i % 64;
        }
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                lattice_kernels_for(isa)->parted(digit, BLOCKS, parted);
                for (size_t i = 0; i < sizeof data; i++) {
                    CHECK_INT(parted[i / 64] >> (i % 64) & 1, is_parted(data, sizeof data, i));
                }
            }
        }
    }
}

/* ---- words ---- */

static struct word_wanted some_wanted(void) {
    struct word_wanted wanted = {.single = random_next() % 2 == 0};
    uint8_t *bytes = (uint8_t *)&wanted.quads;
    for (size_t i = 0; i < sizeof wanted.quads; i++) {
        uint64_t often = random_next(), seldom = random_next();
        bytes[i] = (uint8_t)(often & seldom);
    }
    return wanted;
}

static void word_sets_agree(void) {
    static const char alphabet[] = "aZ z09:=<>\"'(\\\t*,./-\xE7\x8E\x8B";
    uint8_t data[BLOCKS * 64 + SEGMENT_PADDING];
    uint64_t letter[BLOCKS], digit[BLOCKS], high[BLOCKS], out[2][2][BLOCKS];
    for (int round = 0; round < 500; round++) {
        struct word_wanted wanted = some_wanted();
        for (size_t i = 0; i < sizeof data; i++) {
            data[i] = (uint8_t)alphabet[random_next() % (sizeof alphabet - 1)];
        }
        for (size_t b = 0; b < BLOCKS; b++) {
            letter[b] = digit[b] = high[b] = 0;
            for (unsigned i = 0; i < 64; i++) {
                uint8_t c = data[64 * b + i];
                letter[b] |= (uint64_t)byte_is_letter(c) << i;
                digit[b] |= (uint64_t)byte_is_digit(c) << i;
                high[b] |= (uint64_t)(c >> 7) << i;
            }
        }
        struct lattice_sets sets = {.letter = letter, .digit = digit, .high = high};
        VARIANT_FOR(ISA_SCALAR, word_sets)(data, BLOCKS, &sets, &wanted, out[0][0], out[0][1]);
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                VARIANT_FOR(isa, word_sets)(data, BLOCKS, &sets, &wanted, out[1][0], out[1][1]);
                CHECK(memcmp(out[0], out[1], sizeof out[0]) == 0);
            }
        }
    }
}

static const struct test_case cases[] = {
    {"lattices_agree", lattices_agree},
    {"starts_are_runs_of_eight", starts_are_runs_of_eight},
    {"dates_are_no_starts", dates_are_no_starts},
    {"parted_numbers_agree", parted_numbers_agree},
    {"word_sets_agree", word_sets_agree},
};
TEST_MAIN(cases)
