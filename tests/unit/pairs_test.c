/* Two-byte text in chunks: the same on every processor as character by character, however much is
 * read at a time, and whatever becomes of the region that it stands in. */
#include "core/utf8.h"
#include "decode/encoding/transcode.h"
#include "stepped.h"
#include "tests/random.h"

/* Text of few characters, so that whole chunks of it are known: ASCII, Big5 of three and of two
 * bytes in UTF-8, of users, and one of ODD in RARE: what is none. */
static size_t put_pairs(uint8_t *out, size_t most, unsigned rare) {
    static const char *const usual[] = {"\xA4\xFD", "\xB3\x5C", "\xA5\x5C", "\xA1\x41",
                                        "\xF9\xD5", "\xFA\x40", "\xC6\xFE", "0912-345",
                                        "a",        "\n",       ",",        "~|^@"};
    static const struct bytes odd[] = {{(const uint8_t *)"\xA2\x58", 2},
                                       {(const uint8_t *)"\xA1\xD3", 2},
                                       {(const uint8_t *)"\0", 1},
                                       {(const uint8_t *)"\x80", 1},
                                       {(const uint8_t *)"\xFF", 1},
                                       {(const uint8_t *)"\xA4\n", 2},
                                       {(const uint8_t *)"\xA4\x30\xA4\x31", 4},
                                       {(const uint8_t *)"\xF9\xFF", 2},
                                       {(const uint8_t *)"\xA3\xF0", 2},
                                       {(const uint8_t *)"\x81\x7F\x81", 3}};
    size_t len = 0;
    unsigned stretch = 0, kept = 0;
    while (len + 8 <= most) {
        if (stretch == 0) {
            stretch = 1 + random_below(90);
            kept = random_below(sizeof usual / sizeof *usual);
        }
        stretch--;
        struct bytes next = bytes_of_string(
            usual[random_below(3) != 0 ? kept : random_below(sizeof usual / sizeof *usual)]);
        if (rare != 0 && random_below(rare) == 0) {
            next = odd[random_below(sizeof odd / sizeof *odd)];
        }
        memcpy(out + len, next.ptr, next.len);
        len += next.len;
    }
    return len;
}

/* However many bytes are read at a time, the result is that of reading character by character. */
static void test_pairs_by_variant(void) {
    enum { MOST = 9000 };
    static const unsigned rare[] = {0, 3000, 200, 10};
    uint8_t *data = malloc(MOST);
    struct error err = {0};
    CHECK(data != NULL);
    for (unsigned round = 0; round < 400; round++) {
        enum encoding encoding = round % 5 == 4 ? ENCODING_GB18030 : ENCODING_BIG5;
        size_t len = put_pairs(data, 8 + random_below(MOST - 8), rare[round % 4]);
        struct bytes text = bytes_of(data, len - (random_below(4) == 0 && len > 0));
        struct text_buffer expected, got;
        text_buffer_init(&expected, 0);
        CHECK_INT(transcode_text(text, encoding, block64_ops(ISA_SCALAR), &expected, &err), 0);
        CHECK_INT(width_by_rule(WIDTH_DOUBLE, text_buffer_view(&expected)), text.len);
        for (int isa = 0; isa < ISA_COUNT; isa++) {
            if (isa_available((enum isa)isa)) {
                text_buffer_init(&got, 0);
                CHECK_INT(transcode_text(text, encoding, block64_ops((enum isa)isa), &got, &err),
                          0);
                CHECK(bytes_equal(text_buffer_view(&expected), text_buffer_view(&got)));
                text_buffer_release(&got);
            }
        }
        text_buffer_release(&expected);
    }
    free(data);
}

/* What a program reads that asks for so much at a time; its offsets are those of TEXT. */
static struct bytes regions_as_utf8(struct bytes text, enum isa isa, size_t capacity, uint8_t *out,
                                    size_t room) {
    const struct encoding_guess guess = {.encoding = ENCODING_BIG5, .basis = ENCODING_LIKELY};
    const struct block64_ops *ops = block64_ops(isa);
    struct stepped source = stepped_open(text, SIZE_MAX);
    struct error err = {0};
    struct transcoding utf8;
    CHECK_INT(transcode_open(&utf8, &source.base, guess, ops, &err), 0);
    size_t len = 0;
    int64_t got;
    while (len < room &&
           (got = byte_source_read(utf8.source, out + len,
                                   room - len < capacity ? room - len : capacity, &err)) > 0) {
        len += (size_t)got;
    }
    utf8.widths.anchor = out;
    utf8.widths.ops = ops;
    CHECK_INT(width_before(utf8.widths, bytes_of(out, len)), text.len);
    byte_source_close(utf8.source);
    return bytes_of(out, len);
}

/* Regions that are converted before it is known what they are: some are broken near their end, some
 * hold characters whose second half was escaped. */
static void test_regions_by_variant(void) {
    enum { MOST = 300000, ROOM = 4 * MOST };
    static const size_t capacities[] = {SIZE_MAX, 132096, 30000, 3000};
    static const char *const breaks[] = {"\xA4\n", "\xFF", "\xB3\\\\\"", "\xA1\xD3\xA1\xD3",
                                         "\xE7\x8E\x8B\xE5\xB0\x8F"};
    uint8_t *data = malloc(MOST), *expected = malloc(ROOM), *got = malloc(ROOM);
    bool ready = data != NULL && expected != NULL && got != NULL;
    CHECK(ready);
    for (unsigned round = 0; ready && round < 12; round++) {
        struct bytes text = bytes_of(data, put_pairs(data, MOST, 0));
        for (unsigned i = 0; i < round % 4; i++) {
            const char *odd = breaks[random_below(sizeof breaks / sizeof *breaks)];
            memcpy(data + random_below(MOST - 100), odd, strlen(odd));
        }
        struct bytes want = regions_as_utf8(text, ISA_SCALAR, SIZE_MAX, expected, ROOM);
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            for (size_t i = 0; i < sizeof capacities / sizeof *capacities; i++) {
                if (isa_available(isa)) {
                    CHECK(bytes_equal(want, regions_as_utf8(text, isa, capacities[i], got, ROOM)));
                }
            }
        }
    }
    free(data);
    free(expected);
    free(got);
}

static const struct test_case cases[] = {
    {"pairs_by_variant", test_pairs_by_variant},
    {"regions_by_variant", test_regions_by_variant},
};

TEST_MAIN(cases)
