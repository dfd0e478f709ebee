/* Skeletons of lines and the numbers in these: every variant against what the words mean. Needs no
 * other library: it runs under QEMU, too. */
#include "core/bytes.h"
#include "core/segment.h"
#include "core/skeleton.h"
#include "tests/random.h"
#include "tests/unit/check.h"

enum { ROUNDS = 1000 };

/* Byte by byte. */
static size_t plain_skeleton(struct bytes text, uint8_t *out) {
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = byte_is_digit(text.ptr[i]);
        if (!digit || i == 0 || !byte_is_digit(text.ptr[i - 1])) {
            out[length++] = digit ? '0' : text.ptr[i];
        }
    }
    return length;
}

static bool bit_of(const uint64_t *set, size_t at) {
    return (set[at / 64] >> (at % 64) & 1) != 0;
}

static bool is_mark(uint8_t c) {
    return c == '*' || c == '#' || (c | 0x20) == 'x';
}

static bool is_solid(const uint8_t *text, size_t len, size_t at) {
    return at < len && (byte_is_digit(text[at]) || is_mark(text[at]));
}

static void check_sets(const struct skeletons *made, const uint8_t *text, size_t len) {
    unsigned run = 0;
    for (size_t i = len; i-- > 0;) {
        bool joins = (text[i] == ' ' || text[i] == '-') && i > 0 && is_solid(text, len, i - 1) &&
                     is_solid(text, len, i + 1);
        bool token = is_solid(text, len, i) || joins;
        CHECK(bit_of(made->digit, i) == byte_is_digit(text[i]));
        CHECK(bit_of(made->mark, i) == is_mark(text[i]));
        CHECK(bit_of(made->token, i) == token);
        if (!token && run > 0) {
            CHECK(bit_of(made->starts, i + 1) == (run >= SKELETON_NUMBER));
        }
        run = token ? run + 1 : 0;
    }
}

static void check_part(const struct skeleton_ops *ops, const uint8_t *text, size_t blocks) {
    static struct skeletons made;
    static uint8_t wanted[SKELETON_PART];
    size_t wanted_len = plain_skeleton(bytes_of(text, 64 * blocks), wanted), kept = 0;
    ops->make(text, blocks, &made);
    CHECK(memcmp(made.bytes, wanted, wanted_len) == 0);
    CHECK_INT(made.before[SKELETON_BLOCKS], wanted_len);
    for (size_t i = 0; i < 64 * blocks; i++) {
        if (bit_of(made.keep, i)) {
            CHECK_INT(skeletons_at(&made, i), kept);
            CHECK_INT(skeletons_origin(&made, kept), i);
            kept++;
        }
    }
    CHECK_INT(kept, wanted_len);
    check_sets(&made, text, 64 * blocks);
}

static void skeletons_are_the_same(void) {
    static uint8_t data[SKELETON_PART + SEGMENT_PADDING];
    static const char often[] = "0123456789 -x*#=:aZ\n";
    for (int round = 0; round < ROUNDS; round++) {
        size_t blocks = round % 16 == 0 ? SKELETON_BLOCKS : 1 + random_next() % 9;
        size_t kinds = round % 3 == 0 ? 12 : sizeof often - 1;
        for (size_t i = 0; i < 64 * blocks; i++) {
            data[i] = random_next() % 16 == 0 ? (uint8_t)random_next()
                                              : (uint8_t)often[random_next() % kinds];
        }
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                check_part(skeleton_ops(isa), data, blocks);
            }
        }
    }
}

/* All bytes of the skeleton count, and nothing behind LEFT does. */
static void repeated_skeletons(void) {
    static uint8_t text[8 * SKELETON_LINE_MOST + SEGMENT_PADDING];
    uint8_t skeleton[SKELETON_ROOM] = {0};
    for (size_t length = 1; length <= SKELETON_LINE_MOST; length++) {
        size_t times = 1 + random_next() % 7, other = random_next() % (times * length);
        for (size_t i = 0; i < length; i++) {
            skeleton[i] = (uint8_t)random_next();
        }
        for (size_t i = 0; i < times; i++) {
            memcpy(text + i * length, skeleton, length);
        }
        text[times * length] = (uint8_t)~skeleton[0];
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            const struct skeleton_ops *ops = skeleton_ops(isa);
            CHECK_INT(ops->repeats(text, sizeof text - 64, skeleton, length), times);
            CHECK_INT(ops->repeats(text, times * length, skeleton, length), times);
            CHECK_INT(ops->repeats(text, times * length - 1, skeleton, length), times - 1);
            text[other] ^= 0x40;
            CHECK_INT(ops->repeats(text, times * length, skeleton, length), other / length);
            text[other] ^= 0x40;
        }
    }
}

static const struct test_case cases[] = {
    {"skeletons are the same", skeletons_are_the_same},
    {"repeated skeletons", repeated_skeletons},
};

TEST_MAIN(cases)
