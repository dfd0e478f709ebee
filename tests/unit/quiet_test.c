/* Lines of which it is enough to see one: their skeletons, the same with every instruction set;
 * what numbers have a say in keys, values and words. */
#include "core/segment.h"
#include "core/skeleton.h"
#include "decode/keyed_values.h"
#include "match/match.h"
#include "tests/unit/check.h"

enum { TEXT_BYTES = 700, ROUNDS = 4000 };

static uint64_t random_state = 7;

static uint64_t random_next(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* ---- skeletons ---- */

/* Byte by byte; 0 when the line has no end or is too long. */
static size_t plain_skeleton(struct bytes text, uint8_t *out, size_t *length) {
    *length = 0;
    for (size_t i = 0; i < text.len && i < SKELETON_LINE_MOST; i++) {
        bool digit = byte_is_digit(text.ptr[i]);
        if (!digit || i == 0 || !byte_is_digit(text.ptr[i - 1])) {
            out[(*length)++] = digit ? '0' : text.ptr[i];
        }
        if (text.ptr[i] == '\n') {
            return i + 1;
        }
    }
    return 0;
}

static void check_numbers(const struct line_numbers *numbers, struct bytes line) {
    CHECK_INT(numbers->blocks, (line.len + 63) / 64);
    for (size_t i = 0; i < 64 * numbers->blocks; i++) {
        bool inside = i < line.len;
        uint8_t c = inside ? line.ptr[i] : 0;
        bool digit = inside && byte_is_digit(c);
        bool mark = inside && (c == '*' || c == '#' || (c | 0x20) == 'x');
        CHECK((numbers->digit[i / 64] >> (i % 64) & 1) == digit);
        CHECK((numbers->mark[i / 64] >> (i % 64) & 1) == mark);
    }
}

static void check_line(const struct skeleton_ops *ops, struct bytes text) {
    uint8_t wanted[SKELETON_ROOM] = {0}, got[SKELETON_ROOM];
    size_t wanted_len, len = 0;
    struct line_numbers numbers;
    size_t line = plain_skeleton(text, wanted, &wanted_len);
    CHECK_INT(ops->make(text.ptr, text.len, got, &len), line);
    if (line == 0) {
        return;
    }
    CHECK_INT(len, wanted_len);
    CHECK(memcmp(got, wanted, wanted_len) == 0);
    CHECK_INT(ops->fits(text.ptr, text.len, wanted, wanted_len, &numbers), line);
    check_numbers(&numbers, bytes_first(text, line));
    CHECK_INT(ops->fits(text.ptr, line - 1, wanted, wanted_len, &numbers), 0);
    CHECK_INT(ops->fits(text.ptr, text.len, wanted, wanted_len - 1, &numbers), 0);
    size_t other = random_next() % wanted_len;
    wanted[other] ^= 0x40;
    CHECK_INT(ops->fits(text.ptr, text.len, wanted, wanted_len, &numbers), 0);
}

static void skeletons_are_the_same(void) {
    static uint8_t data[TEXT_BYTES + SEGMENT_PADDING];
    static const char often[] = "0123456789 -x*#=:aZ";
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < sizeof data; i++) {
            data[i] = random_next() % 16 == 0 ? (uint8_t)random_next()
                                              : (uint8_t)often[random_next() % (sizeof often - 1)];
            data[i] = data[i] == '\n' ? ' ' : data[i];
        }
        size_t len = random_next() % TEXT_BYTES;
        data[random_next() % TEXT_BYTES] = '\n';
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                check_line(skeleton_ops(isa), bytes_of(data, len));
            }
        }
    }
}

/* Tokens as the lattice has them. */
static void tokens_are_the_same(void) {
    static const uint8_t line[] = "a 12-34 - 5 x*1 0912 345-678  9- -8 #\n";
    static const uint64_t wanted =
        UINT64_C(0x1F) << 2 | UINT64_C(0x1F) << 10 | UINT64_C(0xFFFFFFFFF) << 16;
    uint8_t skeleton[SKELETON_ROOM] = {0}, text[64 + SEGMENT_PADDING] = {0};
    memcpy(text, line, sizeof line);
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        struct line_numbers numbers;
        size_t len;
        if (isa_available(isa)) {
            CHECK(skeleton_ops(isa)->make(text, 64, skeleton, &len) != 0);
            CHECK(skeleton_ops(isa)->fits(text, 64, skeleton, len, &numbers) != 0);
            CHECK((numbers.token[0] & UINT64_C(0x7F)) == (wanted & 0x7F));
            CHECK_INT(numbers.token[0] >> 10 & 1, 1);
            CHECK_INT(numbers.token[0] >> 28 & 3, 0); /* two blanks end a token */
            CHECK_INT(numbers.starts[0], 1 << 10);
        }
    }
}

/* ---- keys and values ---- */

static void numbers_in_keys_and_values(void) {
    static const struct {
        const char *line;
        unsigned most; /* 0: not steady */
    } cases[] = {
        {"GET /item/55941?t=1711920481335 HTTP/1.1\n", 15},
        {"a=1&b=22;c=abc\n", 15},
        {"note=see 12.5, took 3 ms\n", 63},
        {"k=ab12cd34\n", 0},
        {"k=a1\n", 14},
        {"k=12.5.7\n", 15},
        {"tel2=5\n", 0},
        {"user[12]=5\n", 0},
        {"x12 = 5\n", 0},
        {"\"n1\": 5\n", 0},
        {"\"name\": \"x\", \"n\":5\n", 15},
        {"a%3D=5\n", 0},
        {"a=\\x41\n", 0},
        {"a=&#65;\n", 0},
        {"Authorization: BASIC QQ\n", 0},
        {"s: eyJh.eyJi.c\n", 0},
        {"電話=5\n", 0},
        {"nothing 5\n", 63},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned most = 0;
        bool steady = keyed_values_steady(bytes_of_string(cases[i].line), &most);
        CHECK_INT(steady ? most : 0, cases[i].most);
        if ((steady ? most : 0) != cases[i].most) {
            printf("%s", cases[i].line);
        }
    }
}

/* ---- words ---- */

static void numbers_in_words(void) {
    static const struct {
        const char *line;
        bool quiet;
    } cases[] = {
        {"GET /item/55941?t=1711920481335 HTTP/1.1\n", true},
        {"took 12 ms\n", true},
        {"hotel 5\n", true},
        {"tel 5\n", false},
        {"CVV7 5\n", false},
        {"birthday 5\n", false},
        {"m5@shop.example\n", false},
        {"完成 5\n", false},
    };
    struct lexicon *lexicon = lexicon_new();
    struct matcher *matcher;
    struct error err;
    CHECK_INT(matcher_new(isa_best(), lexicon, &matcher, &err), 0);
    struct match_state *state = match_state_new(matcher);
    CHECK(match_knows_quiet(state));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool quiet;
        CHECK_INT(match_quiet_words(state, bytes_of_string(cases[i].line), &quiet, &err), 0);
        CHECK_INT(quiet, cases[i].quiet);
        if (quiet != cases[i].quiet) {
            printf("%s", cases[i].line);
        }
    }
    match_state_free(state);
    matcher_free(matcher);
    lexicon_free(lexicon);
}

static const struct test_case cases[] = {
    {"skeletons are the same", skeletons_are_the_same},
    {"tokens are the same", tokens_are_the_same},
    {"numbers in keys and values", numbers_in_keys_and_values},
    {"numbers in words", numbers_in_words},
};

TEST_MAIN(cases)
