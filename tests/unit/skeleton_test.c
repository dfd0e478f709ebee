/* Skeletons of lines and the numbers in these: every variant against what the words mean. Needs no
 * other library: it runs under QEMU, too. */
#include "core/bytes.h"
#include "core/segment.h"
#include "core/skeleton.h"
#include "tests/unit/check.h"

enum { TEXT_BYTES = 700, ROUNDS = 4000 };

static uint64_t random_state = 7;

static uint64_t random_next(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

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

/* As the scalar variant has them. */
static void check_tokens(const struct line_numbers *numbers, struct bytes text,
                         const uint8_t *skeleton, size_t length) {
    struct line_numbers plain;
    CHECK(skeleton_ops(ISA_SCALAR)->fits(text.ptr, text.len, skeleton, length, &plain) != 0);
    CHECK_INT(numbers->blocks, plain.blocks);
    CHECK(memcmp(numbers->token, plain.token, plain.blocks * sizeof *plain.token) == 0);
    CHECK(memcmp(numbers->starts, plain.starts, plain.blocks * sizeof *plain.starts) == 0);
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
    check_tokens(&numbers, text, wanted, wanted_len);
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

static const struct test_case cases[] = {
    {"skeletons are the same", skeletons_are_the_same},
    {"tokens are the same", tokens_are_the_same},
};
TEST_MAIN(cases)
