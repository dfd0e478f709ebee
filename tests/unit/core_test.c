/* core: views, fields, UTF-8, and every block64 variant against the scalar one. */
#include "core/arena.h"
#include "core/block64/bits.h"
#include "core/block64/block64.h"
#include "core/field_set.h"
#include "core/hash64.h"
#include "core/hash_order.h"
#include "core/text_buffer.h"
#include "core/utf8.h"
#include "tests/random.h"
#include "tests/unit/check.h"

static void fields_keep_their_numbers(void) {
    struct field_set *set = field_set_new();
    uint32_t orders = field_set_table(set, BYTES_LIT("orders"));
    struct column_name names[] = {{BYTES_LIT("id"), BYTES_LIT("")},
                                  {BYTES_LIT("tel"), BYTES_LIT("phone of the buyer")}};
    uint32_t first = field_set_columns(set, orders, names, 2, ATTRIBUTION_INFERRED);
    CHECK_INT(field_set_columns(set, orders, names, 2, ATTRIBUTION_INFERRED), first);
    CHECK_INT(field_set_field(set, first + 1)->ordinal, 2);
    CHECK(bytes_equal(field_set_field(set, first + 1)->column, BYTES_LIT("tel")));
    CHECK_INT(field_set_table(set, BYTES_LIT("orders")), orders);
    uint32_t key = field_set_key(set, TABLE_NONE, BYTES_LIT("user"), ATTRIBUTION_EXACT);
    for (int i = 0; i < 1000; i++) {
        char name[16];
        snprintf(name, sizeof name, "k%d", i);
        CHECK(field_set_key(set, TABLE_NONE, bytes_of_string(name), ATTRIBUTION_EXACT) !=
              UINT32_MAX);
    }
    CHECK_INT(field_set_key(set, TABLE_NONE, BYTES_LIT("user"), ATTRIBUTION_EXACT), key);
    CHECK_INT(field_set_field_count(set), 1004);
    field_set_free(set);
}

static void utf8_is_strict(void) {
    CHECK(utf8_valid(BYTES_LIT("a\xE7\x8E\x8B"), UTF8_WHOLE));
    CHECK(!utf8_valid(BYTES_LIT("\xC0\xAF"), UTF8_WHOLE));
    CHECK(!utf8_valid(BYTES_LIT("\xED\xA0\x80"), UTF8_WHOLE));
    CHECK(!utf8_valid(BYTES_LIT("a\xE7\x8E"), UTF8_WHOLE));
    CHECK(utf8_valid(BYTES_LIT("a\xE7\x8E"), UTF8_MAY_BE_CUT));
    uint8_t folded[32];
    size_t len = utf8_fold_width(BYTES_LIT("Ａ１２－３"), folded);
    CHECK(bytes_equal(bytes_of(folded, len), BYTES_LIT("A12-3")));
    CHECK_INT(utf8_width(BYTES_LIT("王a")), 3);
    CHECK_INT(utf8_count(BYTES_LIT("王a")), 2);
}

/* What is shown of a long name holds no half of a word or of a number in groups. */
static void names_are_cut_between_words(void) {
    static const struct {
        const char *name, *left;
        size_t most;
    } cases[] = {
        {"short", "short", 5},
        {"staff of 2024 branches", "staff of ", 18}, /* 2024 might be a group */
        {"staff of two branches", "staff of two ", 18},
        {"pay 0912345678", "pay ", 13},
        {"pay 0912 345 678", "pay ", 14},
        {"pay 0912_345_678", "pay ", 12},
        {"pay 0912 345 678", "pay ", 12}, /* where a group ends */
        {"員工0912345678", "員工", 12},
        {"員工０９１２３４", "員工", 14},
        {"名冊 lin.wang@example.org", "名冊 ", 20},
        {"員工名冊", "員工", 8},
        {"A123456789", "", 9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bytes name = bytes_of_string(cases[i].name);
        struct bytes left = bytes_first(name, utf8_cut_between_words(name, cases[i].most));
        CHECK(bytes_equal(left, bytes_of_string(cases[i].left)));
    }
}

/* Random bytes from a small alphabet, so that every wanted byte is frequent. */
static void variants_agree_with_scalar(void) {
    enum { BLOCKS = 9, SIZE = 64 * BLOCKS };
    static const uint8_t alphabet[] = "0123'\\,()\n\t;\"=:@x*A\xA4\xE7 -";
    uint8_t room[SIZE + 2] = {0}, *data = room;
    const uint8_t wanted[] = {'\'', '\\', ',', '\n'};
    const struct block64_ops *scalar = block64_ops(ISA_SCALAR);
    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < SIZE; i++) {
            data[i] = alphabet[random_next() % (sizeof alphabet - 1)];
        }
        uint64_t want[4][BLOCKS], have[4][BLOCKS];
        uint64_t *want_out[] = {want[0], want[1], want[2], want[3]};
        uint64_t *have_out[] = {have[0], have[1], have[2], have[3]};
        scalar->find(data, BLOCKS, wanted, 4, want_out);
        uint64_t want_xor[BLOCKS], have_xor[BLOCKS];
        uint64_t want_carry = round % 2 ? ~UINT64_C(0) : 0, start = want_carry;
        scalar->prefix_xor(want[0], BLOCKS, &want_carry, want_xor);
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            const struct block64_ops *ops = block64_ops(isa);
            ops->find(data, BLOCKS, wanted, 4, have_out);
            CHECK(memcmp(want, have, sizeof want) == 0);
            const uint8_t rare[] = {(uint8_t)random_next(), (uint8_t)random_next(),
                                    (uint8_t)random_next(), (uint8_t)random_next()};
            for (size_t count = 1; count <= sizeof rare; count++) {
                CHECK(ops->any(data, BLOCKS, rare, count) ==
                      scalar->any(data, BLOCKS, rare, count));
            }
            CHECK(ops->any(data, BLOCKS, rare, 2) ==
                  (memchr(data, rare[0], SIZE) != NULL || memchr(data, rare[1], SIZE) != NULL));
            const uint8_t three[] = {'0', ',', alphabet[random_next() % 4]};
            const uint8_t *place = memmem(data, SIZE, three, sizeof three);
            const size_t first = place == NULL ? SIZE : (size_t)(place - data);
            CHECK_INT(ops->three(data, BLOCKS, three), first);
            CHECK_INT(scalar->three(data, BLOCKS, three), first);
            uint64_t carry = start;
            ops->prefix_xor(have[0], BLOCKS, &carry, have_xor);
            CHECK(carry == want_carry && memcmp(want_xor, have_xor, sizeof want_xor) == 0);
            size_t len = (size_t)(random_next() % SIZE);
            CHECK_INT(ops->count(data, len, ','), scalar->count(data, len, ','));
        }
    }
}

/* Full words, empty ones and anything between them. */
static void sets_become_lists(void) {
    enum { WORDS = 20 };
    static uint16_t list[64 * WORDS + BLOCK64_POSITIONS_BEHIND];
    uint64_t sets[WORDS];
    for (unsigned round = 0; round < 500; round++) {
        for (size_t b = 0; b < WORDS; b++) {
            const uint64_t random = random_next();
            uint64_t few = random & random >> 9 & random >> 23;
            sets[b] = round % 7 == 0 ? ~UINT64_C(0) : round % 3 == 0 ? random : few;
            sets[b] = b % 5 == round % 5 ? 0 : sets[b];
        }
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            size_t count = block64_ops(isa)->positions(sets, WORDS, list), next = 0;
            for (size_t at = 0; at < (size_t)64 * WORDS; at++) {
                if ((sets[at / 64] >> (at % 64) & 1) != 0) {
                    CHECK(next < count && list[next] == at);
                    next++;
                }
            }
            CHECK_INT(count, next);
        }
    }
}

/* Of any bytes at all, and of ASCII with a few others. */
static void leads_are_counted_by_all(void) {
    uint8_t data[1000];
    for (unsigned round = 0; round < 3000; round++) {
        size_t len = (size_t)(random_next() % sizeof data);
        struct block64_leads want = {0};
        for (size_t i = 0; i < len; i++) {
            bool few = round % 3 != 0 && random_next() % 50 != 0;
            data[i] = (uint8_t)(random_next() & (few ? 0x7F : round % 5 == 0 ? 0xEF : 0xFF));
            want.ascii += data[i] < 0x80;
            want.begins += data[i] < 0x80 || data[i] >= 0xC0;
            want.four |= data[i] >= 0xF0;
        }
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                struct block64_leads got = block64_ops(isa)->leads(data, len);
                CHECK(got.ascii == want.ascii && got.begins == want.begins &&
                      got.four == want.four);
            }
        }
    }
}

/* Sequences at and beside every limit of table 3-7 of the Unicode standard. */
static void utf8_is_told_from_other_bytes(void) {
    static const char *const parts[] = {"\x7F",
                                        "\xC1\xBF",
                                        "\xC2\x80",
                                        "\xDF\xBF",
                                        "\xE0\x9F\xBF",
                                        "\xE0\xA0\x80",
                                        "\xED\x9F\xBF",
                                        "\xED\xA0\x80",
                                        "\xEE\x80\x80",
                                        "\xEF\xBF\xBF",
                                        "\xF0\x8F\xBF\xBF",
                                        "\xF0\x90\x80\x80",
                                        "\xF4\x8F\xBF\xBF",
                                        "\xF4\x90\x80\x80",
                                        "\xF5\x80\x80\x80",
                                        "\x80",
                                        "\xE7\x8E",
                                        "\xF0\x9F\x98",
                                        "\xC4",
                                        "\xE7\x8E\x8B"};
    uint8_t data[400];
    for (int round = 0; round < 40000; round++) {
        size_t len = (size_t)(random_next() % 200);
        memset(data, 'a', len);
        size_t count = (size_t)(random_next() % 3);
        for (size_t i = 0; i < count + (round % 2 ? 60 : 0); i++) {
            bool bad = i < count;
            const char *part = parts[bad ? random_next() % 20 : 19];
            memcpy(data + len, part, strlen(part));
            len += strlen(part);
        }
        bool want = utf8_valid(bytes_of(data, len), UTF8_WHOLE);
        bool ascii = true;
        for (size_t i = 0; i < len; i++) {
            ascii = ascii && data[i] < 0x80;
        }
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                CHECK_INT(block64_ops(isa)->utf8(data, len), want);
                CHECK_INT(block64_ops(isa)->ascii(data, len), ascii);
            }
        }
    }
}

static void lines_and_controls_are_seen_by_all(void) {
    static const uint8_t some[] = "\n\n\nab9\t\r \x7E\x80\xFF";
    static const uint8_t controls[] = {0, 1, 8, 0x0B, 0x0C, 0x0E, 0x1F, 0x7F};
    uint8_t data[300];
    for (int round = 0; round < 20000; round++) {
        size_t len = (size_t)(random_next() % sizeof data);
        uint64_t want[4] = {0};
        bool plain = true;
        for (size_t i = 0; i < len; i++) {
            data[i] = some[random_next() % (sizeof some - 1)];
        }
        if (len > 0 && round % 2 == 0) {
            data[random_next() % len] = controls[random_next() % sizeof controls];
            plain = false;
        }
        for (size_t i = 0; i < len; i++) {
            if (i == 0 || data[i - 1] == '\n') {
                want[data[i] / 64] |= UINT64_C(1) << data[i] % 64;
            }
        }
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            uint64_t set[4];
            if (isa_available(isa)) {
                block64_ops(isa)->line_starts(data, len, set);
                CHECK_INT(memcmp(set, want, sizeof set), 0);
                CHECK_INT(block64_ops(isa)->plain(data, len), plain);
            }
        }
    }
}

static void bits_are_read_across_words(void) {
    const uint64_t set[] = {UINT64_C(1) << 63, 5, 0};
    CHECK_INT(bits_at(set, 63), 1 | 5 << 1);
    CHECK_INT(bits_next(set, 0, 128), 63);
    CHECK_INT(bits_next(set, 64, 128), 64);
    CHECK_INT(bits_next(set, 67, 128), 128);
    CHECK_INT(bits_next_clear(set, 63, 128), 65);
    CHECK_INT(bits_count(set, 0, 128), 3);
}

static void buffers_remember_failure(void) {
    struct text_buffer out;
    text_buffer_init(&out, 8);
    text_buffer_puts(&out, "12345");
    CHECK(!out.failed);
    text_buffer_printf(&out, "%d", 6789);
    CHECK(out.failed);
    CHECK_STR(text_buffer_string(&out), "12345");
    text_buffer_release(&out);
}

/* All pairs of bytes with what may follow, at an edge between blocks and away from one. */
static void pairs_of_utf8_are_told(void) {
    static const char *const tails[] = {"", "\x80", "\xBF\xBF", "a", "\x80\x80\x80", "\xC3\xA9"};
    enum { AT = 62, LONG = 400 };
    uint8_t data[LONG];
    size_t wrong = 0;
    for (unsigned pair = 0; pair < 65536; pair++) {
        for (size_t t = 0; t < sizeof tails / sizeof *tails; t++) {
            size_t at = pair % 3 == 0 ? 5 : pair % 3 == 1 ? AT : LONG - 80;
            memset(data, 'a', sizeof data);
            data[at] = (uint8_t)(pair >> 8);
            data[at + 1] = (uint8_t)pair;
            memcpy(data + at + 2, tails[t], strlen(tails[t]));
            bool want = utf8_valid(bytes_of(data, sizeof data), UTF8_WHOLE);
            for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
                wrong += isa_available(isa) && block64_ops(isa)->utf8(data, sizeof data) != want;
            }
        }
    }
    CHECK_INT(wrong, 0);
}

/* What stands behind the text is no part of it, however much is read there. */
static void readable_text_hashes_the_same(void) {
    uint8_t text[300];
    for (size_t round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            text[i] = (uint8_t)random_next();
        }
        for (size_t len = 0; len <= sizeof text - 8; len++) {
            uint64_t seed = random_next();
            CHECK(hash64_readable(bytes_of(text, len), seed) ==
                  hash64_seeded(bytes_of(text, len), seed));
        }
    }
}

/* Character by character, as the fast one must agree with. */
static bool all_decode(struct bytes text) {
    uint32_t code = 0;
    for (size_t at = 0; at < text.len && code != UINT32_MAX;) {
        at += utf8_decode(text.ptr + at, text.len - at, &code);
    }
    return code != UINT32_MAX;
}

static void valid_utf8_is_what_decodes(void) {
    static const uint8_t bytes[] = {'a',  ' ',  0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2,
                                    0xDF, 0xE0, 0xE6, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF};
    uint8_t text[24];
    for (unsigned round = 0; round < 200000; round++) {
        size_t len = 1 + random_next() % sizeof text;
        for (size_t i = 0; i < len; i++) { /* characters of three bytes, some of them damaged */
            text[i] = (uint8_t)(i % 3 == 0 ? 0xE6 : 0x98);
        }
        for (unsigned i = 0; i < round % 4; i++) {
            text[random_next() % len] = bytes[random_next() % sizeof bytes];
        }
        struct bytes whole = bytes_of(text, len);
        CHECK(utf8_valid(whole, UTF8_WHOLE) == all_decode(whole));
    }
}

static void short_texts_are_found_where_they_first_stand(void) {
    uint8_t text[300], needle[8];
    for (unsigned round = 0; round < 100000; round++) {
        size_t len = random_next() % (round % 8 == 0 ? sizeof text + 1 : 21);
        size_t wanted = random_next() % sizeof needle;
        unsigned rare = round % 16 == 0 ? 60 : 2;
        for (size_t i = 0; i < len; i++) {
            text[i] = (uint8_t)('a' + (random_next() % rare == 0));
        }
        for (size_t i = 0; i < wanted; i++) {
            needle[i] = (uint8_t)('a' + random_next() % 2);
        }
        size_t at = 0;
        while (at + wanted <= len && memcmp(text + at, needle, wanted) != 0) {
            at++;
        }
        CHECK_INT(bytes_find(bytes_of(text, len), bytes_of(needle, wanted)),
                  at + wanted <= len ? at : SIZE_MAX);
    }
}

/* As sorting by insertion has it; equal ones stay as they stand. */
static void few_hashes_are_put_in_order(void) {
    static const size_t counts[] = {0, 1, 2, 7, 8, 9, 40, 127, HASH_ORDER_MAX};
    uint64_t hashes[HASH_ORDER_MAX];
    uint8_t order[HASH_ORDER_MAX];
    for (unsigned round = 0; round < 2000; round++) {
        const size_t count = counts[round % (sizeof counts / sizeof *counts)];
        /* evenly, all near each other, and few different ones */
        const uint64_t mask = round % 3 == 0   ? UINT64_MAX
                              : round % 3 == 1 ? UINT64_MAX >> 40
                                               : UINT64_C(3) << 62;
        for (size_t i = 0; i < count; i++) {
            hashes[i] = random_next() & mask;
        }
        hash_order(hashes, count, order);
        bool seen[HASH_ORDER_MAX] = {false};
        for (size_t i = 0; i < count; i++) {
            CHECK(order[i] < count && !seen[order[i]]);
            seen[order[i]] = true;
            const uint64_t before = i == 0 ? 0 : hashes[order[i - 1]];
            CHECK(before <= hashes[order[i]]);
            CHECK(i == 0 || before != hashes[order[i]] || order[i - 1] < order[i]);
        }
    }
}

static const struct test_case cases[] = {
    {"few_hashes_are_put_in_order", few_hashes_are_put_in_order},
    {"pairs_of_utf8_are_told", pairs_of_utf8_are_told},
    {"valid_utf8_is_what_decodes", valid_utf8_is_what_decodes},
    {"short_texts_are_found_where_they_first_stand", short_texts_are_found_where_they_first_stand},
    {"readable_text_hashes_the_same", readable_text_hashes_the_same},
    {"fields_keep_their_numbers", fields_keep_their_numbers},
    {"leads_are_counted_by_all", leads_are_counted_by_all},
    {"utf8_is_told_from_other_bytes", utf8_is_told_from_other_bytes},
    {"utf8_is_strict", utf8_is_strict},
    {"names_are_cut_between_words", names_are_cut_between_words},
    {"variants_agree_with_scalar", variants_agree_with_scalar},
    {"sets_become_lists", sets_become_lists},
    {"lines_and_controls_are_seen_by_all", lines_and_controls_are_seen_by_all},
    {"bits_are_read_across_words", bits_are_read_across_words},
    {"buffers_remember_failure", buffers_remember_failure},
};
TEST_MAIN(cases)
