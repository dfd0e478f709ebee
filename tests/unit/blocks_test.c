/* Compressed blocks inside of record formats: every codec, cut off, damaged, larger than allowed.
 */
#include "check.h"
#include "input/input.h"

/* The same 31 bytes as zlib, bzip2, xz and zstd write them, and as Snappy might: one literal, one
 * copy. */
static const char content[] = "A123456789A123456789A123456789\n";

#define SNAPPY_BYTES "\x1F\x24\x41\x31\x32\x33\x34\x35\x36\x37\x38\x39\x4E\x0A\x00\x00\x0A"

static const struct {
    enum block_codec codec;
    struct bytes packed;
} blocks[] = {
    {BLOCK_DEFLATE, BYTES_LIT("\x73\x34\x34\x32\x36\x31\x35\x33\xB7\xB0\x74\xC4\xC2\xE2\x02\x00")},
    {BLOCK_BZIP2, BYTES_LIT("\x42\x5A\x68\x39\x31\x41\x59\x26\x53\x59\x83\x3A\x42\x6B\x00\x00\x0F"
                            "\x4C\x00\x00\x10\x3F\xE0\x20\x00\x20\x00\x22\xBF\x54\x60\x9E\x42\x01"
                            "\xA6\x9A\x13\x20\x92\x8B\x30\xF8\x86\x2E\x3D\x17\x72\x45\x38\x50\x90"
                            "\x83\x3A\x42\x6B")},
    {BLOCK_XZ, BYTES_LIT("\xFD\x37\x7A\x58\x5A\x00\x00\x01\x69\x22\xDE\x36\x02\x00\x21\x01\x16\x00"
                         "\x00\x00\x74\x2F\xE5\xA3\xE0\x00\x1E\x00\x12\x5D\x00\x20\x8C\x42\x43\x5B"
                         "\x72\x41\x22\xB6\x11\xAE\xB0\xAF\xC3\xC9\x90\x00\x00\x00\x00\x00\xC3\x38"
                         "\x2E\xA5\x00\x01\x2A\x1F\xF6\x74\xE5\xC2\x90\x42\x99\x0D\x01\x00\x00\x00"
                         "\x00\x01\x59\x5A")},
    {BLOCK_ZSTD, BYTES_LIT("\x28\xB5\x2F\xFD\x04\x68\x8D\x00\x00\x58\x41\x31\x32\x33\x34\x35\x36"
                           "\x37\x38\x39\x0A\x01\x00\xA5\x0B\x12\x02\x69\x02\x53")},
    {BLOCK_GZIP, BYTES_LIT("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\x73\x34\x34\x32\x36\x31\x35"
                           "\x33\xB7\xB0\x74\xC4\xC2\xE2\x02\x00\xC3\x38\x2E\xA5\x1F\x00\x00\x00")},
    {BLOCK_SNAPPY, BYTES_LIT(SNAPPY_BYTES)},
    {BLOCK_SNAPPY_CRC, BYTES_LIT(SNAPPY_BYTES "\xA5\x2E\x38\xC3")},
};

enum { BLOCK_COUNT = sizeof blocks / sizeof *blocks };

static struct input_budget budget_of(struct input_limits *limits) {
    struct input_budget budget;
    input_budget_start(&budget, limits);
    budget.compressed_bytes = 1000;
    return budget;
}

static void every_codec(void) {
    struct input_limits limits;
    input_limits_default(&limits);
    struct input_budget budget = budget_of(&limits);
    const struct block_expander expander = input_blocks(&budget);
    struct block_buffer out = {0};
    for (size_t i = 0; i < BLOCK_COUNT; i++) { /* the buffer is used again */
        struct error err = {0};
        CHECK_INT(block_expand(&expander, blocks[i].codec, blocks[i].packed, &out, &err), 0);
        CHECK(bytes_equal(bytes_of(out.bytes, out.len), BYTES_LIT(content)));
        CHECK_INT(budget.delivered_bytes, (i + 1) * (sizeof content - 1));
    }
    block_buffer_release(&out);
}

static void cut_off(void) {
    struct input_limits limits;
    input_limits_default(&limits);
    struct input_budget budget = budget_of(&limits);
    const struct block_expander expander = input_blocks(&budget);
    struct block_buffer out = {0};
    for (size_t i = 0; i < BLOCK_COUNT; i++) {
        for (size_t len = 0; len < blocks[i].packed.len; len++) {
            struct error err = {0};
            struct bytes part = bytes_first(blocks[i].packed, len);
            int code = block_expand(&expander, blocks[i].codec, part, &out, &err);
            CHECK(code == YINMA_E_TRUNCATED || code == YINMA_E_DAMAGED);
            CHECK(err.text[0] != '\0');
        }
    }
    block_buffer_release(&out);
}

static void a_wrong_checksum(void) {
    struct input_limits limits;
    input_limits_default(&limits);
    struct input_budget budget = budget_of(&limits);
    const struct block_expander expander = input_blocks(&budget);
    struct block_buffer out = {0};
    struct error err = {0};
    struct bytes wrong = BYTES_LIT(SNAPPY_BYTES "\xA5\x2E\x38\xC4");
    CHECK_INT(block_expand(&expander, BLOCK_SNAPPY_CRC, wrong, &out, &err), YINMA_E_DAMAGED);
    CHECK_STR(err.text, "the checksum of a snappy block is wrong");
    CHECK_INT(out.len, sizeof content - 1); /* what was made stands */
    block_buffer_release(&out);
}

static void limits_hold(void) {
    struct input_limits limits;
    input_limits_default(&limits);
    limits.max_memory = 30;
    struct input_budget budget = budget_of(&limits);
    const struct block_expander expander = input_blocks(&budget);
    struct block_buffer out = {0};
    struct error err = {0};
    CHECK_INT(block_expand(&expander, BLOCK_DEFLATE, blocks[0].packed, &out, &err), YINMA_E_LIMIT);
    CHECK_STR(err.text, "--max-memory 30 reached: a compressed block is larger");
    CHECK_INT(block_expand(&expander, BLOCK_SNAPPY, BYTES_LIT(SNAPPY_BYTES), &out, &err),
              YINMA_E_LIMIT);
    /* Four gigabytes, says the length. */
    CHECK_INT(
        block_expand(&expander, BLOCK_SNAPPY, BYTES_LIT("\xFF\xFF\xFF\xFF\x0F\0a"), &out, &err),
        YINMA_E_LIMIT);
    const struct block_expander nobody = {0};
    CHECK_INT(block_expand(&nobody, BLOCK_SNAPPY, BYTES_LIT(SNAPPY_BYTES), &out, &err),
              YINMA_E_UNSUPPORTED);
    limits.max_memory = 1 << 20;
    out.most = 10; /* of a stream: a byte more tells that there is more */
    CHECK_INT(block_expand(&expander, BLOCK_DEFLATE, blocks[0].packed, &out, &err), 0);
    CHECK_INT(out.len, 11);
    block_buffer_release(&out);
}

/* Those that tell no length: there is as much room as the format around them says. */
static void codecs_that_fill_a_room(void) {
#define LZ4_BLOCK                                                                                  \
    "\xAC"                                                                                         \
    "A123456789\x0A\x00\x50"                                                                       \
    "6789\n"
#define BROTLI                                                                                     \
    "\x1B\x1E\x00\xF8\x45\x07\x87\x3E\xB3\xD7\xC3\x4A\x91\xA1\x42\x81\xF8\x94\x53\x3D\x7B\x00"
    static const struct {
        enum block_codec codec;
        struct bytes packed;
    } of[] = {
        {BLOCK_BROTLI, BYTES_LIT(BROTLI)},
        {BLOCK_LZ4, BYTES_LIT(LZ4_BLOCK)},
        {BLOCK_LZ4_HADOOP, BYTES_LIT("\0\0\0\x1F\0\0\0\x13" LZ4_BLOCK)},
        {BLOCK_LZ4_HADOOP, BYTES_LIT(LZ4_BLOCK)}, /* left out */
    };
    struct input_limits limits;
    input_limits_default(&limits);
    struct input_budget budget = budget_of(&limits);
    const struct block_expander expander = input_blocks(&budget);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        struct block_buffer out = {0};
        struct error err = {0};
        CHECK_INT(block_expand(&expander, of[i].codec, of[i].packed, &out, &err),
                  YINMA_E_DAMAGED); /* no room */
        CHECK(block_buffer_reach(&out, sizeof content - 1));
        CHECK_INT(block_expand(&expander, of[i].codec, of[i].packed, &out, &err), 0);
        CHECK(bytes_equal(bytes_of(out.bytes, out.len), BYTES_LIT(content)));
        CHECK_INT(block_expand(&expander, of[i].codec, bytes_first(of[i].packed, 7), &out, &err),
                  YINMA_E_DAMAGED);
        CHECK_INT(block_expand(&expander, of[i].codec, BYTES_LIT(""), &out, &err) <= 0, 1);
        block_buffer_release(&out);
    }
    limits.max_memory = 30;
    struct block_buffer out = {0};
    struct error err = {0};
    CHECK(block_buffer_reach(&out, 31));
    CHECK_INT(block_expand(&expander, BLOCK_LZ4, of[1].packed, &out, &err), YINMA_E_LIMIT);
    block_buffer_release(&out);
}

static const struct test_case cases[] = {
    {"every_codec", every_codec},
    {"cut_off", cut_off},
    {"a_wrong_checksum", a_wrong_checksum},
    {"limits_hold", limits_hold},
    {"codecs_that_fill_a_room", codecs_that_fill_a_room},
};
TEST_MAIN(cases)
