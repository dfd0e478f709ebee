/* Fixed-width records: where fields are found, that every cell knows where its bytes stood, and
 * what is no such file. */
#include <iconv.h>

#include "decode/decoder.h"
#include "decode/encoding/transcode.h"
#include "stepped.h"
#include "tests/random.h"

extern const struct decoder decoder_fixed;

enum { ROOM = 1 << 20 };

struct file {
    uint8_t bytes[ROOM];
    size_t len;
};

static void put(struct file *file, const char *charset, const char *utf8) {
    iconv_t cd = iconv_open(charset, "UTF-8");
    char *in_at = (char *)(uintptr_t)utf8, *out_at = (char *)file->bytes + file->len;
    size_t in_left = strlen(utf8), out_left = ROOM - file->len;
    CHECK(iconv(cd, &in_at, &in_left, &out_at, &out_left) != (size_t)-1);
    iconv_close(cd);
    file->len = ROOM - out_left;
}

/* TEXT and blanks up to COLUMNS bytes of Big5. */
static void pad(char *line, const char *text, size_t columns) {
    size_t width = 0;
    for (const char *at = text; *at != '\0'; at++) {
        width += (uint8_t)*at < 0x80 ? 1 : ((uint8_t)*at >= 0xC0 ? 2 : 0);
    }
    strcat(line, text);
    for (; width < columns; width++) {
        strcat(line, " ");
    }
}

static const char *const people[] = {"王小明", "陳美麗", "歐陽娜娜", "林一", "許功蓋"};
static const char *const roads[] = {"成功路", "建國三路", "中山北路二段"};

static void put_rows(struct file *file, const char *charset, unsigned rows, const char *end) {
    for (unsigned i = 0; i < rows; i++) {
        char line[400] = "", number[64];
        snprintf(number, sizeof number, "%06u", i * 7919 % 1000000);
        pad(line, number, 6);
        pad(line, people[i % 5], 12);
        snprintf(number, sizeof number, "A%u", 100000000 + i * 12345677 % 99999999);
        pad(line, number, 10);
        snprintf(number, sizeof number, "09%08u", i * 7654321 % 100000000);
        pad(line, number, 10);
        snprintf(number, sizeof number, "臺北市信義區%s%u號", roads[i % 3], i % 400 + 1);
        pad(line, number, 40);
        snprintf(number, sizeof number, "%9u", i * 37 % 5000);
        strcat(line, number);
        strcat(line, end);
        put(file, charset, line);
    }
}

static const char *choose(const struct file *file, struct encoding_guess guess) {
    struct stepped source = stepped_open(bytes_of(file->bytes, file->len), SIZE_MAX);
    struct transcoding text;
    struct error err = {0};
    static uint8_t head[64 * 1024];
    CHECK_INT(transcode_open(&text, &source.base, guess, block64_ops(isa_best()), &err), 0);
    int64_t got = byte_source_read_full(text.source, head, sizeof head, &err);
    struct decode_head view = {.head = bytes_of(head, (size_t)got),
                               .whole = (size_t)got < sizeof head,
                               .name = BYTES_LIT("x.txt"),
                               .widths = text.widths};
    view.widths.anchor = head;
    const char *name = decoder_choose(&view)->name;
    byte_source_close(text.source);
    return name;
}

struct decoded {
    char fields[512]; /* names in order */
    size_t rows, cells, texts;
    uint64_t bytes;
};

/* Every cell's original bytes are found by the offset that the widths give. */
static void check_cells(const struct file *file, const struct segment *s, struct decoded *out) {
    for (size_t i = 0; i < s->cell_count; i++) {
        const struct cell *cell = &s->cells[i];
        CHECK(i == 0 || cell->offset >= s->cells[i - 1].offset + s->cells[i - 1].length);
        CHECK(cell->offset + cell->length <= s->len);
        uint64_t at = s->offset + width_before(s->width_rule, bytes_of(s->bytes, cell->offset));
        out->texts += cell->field == FIELD_FREE_TEXT;
        if (cell->length > 0 && s->bytes[cell->offset] < 0x80) {
            CHECK_INT(file->bytes[at], s->bytes[cell->offset]);
        } else if (cell->length > 0) {
            CHECK(file->bytes[at] >= 0x80);
        }
    }
    out->cells += s->cell_count;
    out->rows += s->row_count;
    out->bytes += width_before(s->width_rule, bytes_of(s->bytes, s->len));
}

static struct decoded decode(const struct file *file, size_t step) {
    struct decoded out = {0};
    struct stepped source = stepped_open(bytes_of(file->bytes, file->len), step);
    struct transcoding text;
    struct error err = {0};
    struct encoding_guess guess =
        encoding_guess(bytes_first(bytes_of(file->bytes, file->len), 65536), file->len <= 65536);
    static uint8_t head[64 * 1024];
    const struct block64_ops *ops = block64_ops(isa_best());
    CHECK_INT(transcode_open(&text, &source.base, guess, ops, &err), 0);
    int64_t got = byte_source_read_full(text.source, head, sizeof head, &err);
    struct decode_head view = {.head = bytes_of(head, (size_t)got),
                               .whole = (size_t)got < sizeof head,
                               .widths = text.widths};
    view.widths.anchor = head;
    struct byte_source *first = text.source; /* owns the widths of the head */
    source.at = 0;
    CHECK_INT(transcode_open(&text, &source.base, guess, ops, &err), 0);
    struct field_set *fields = field_set_new();
    struct decode_report report = {0};
    struct decode_input in = {.source = text.source,
                              .width_rule = text.widths,
                              .head = view,
                              .fields = fields,
                              .ops = ops,
                              .report = &report};
    void *state = NULL;
    CHECK_INT(decoder_fixed.open(&in, &state, &err), 0);
    struct segment segment;
    while (decoder_fixed.next(state, &segment, &err) == 1) {
        CHECK_INT(segment.offset, out.bytes);
        check_cells(file, &segment, &out);
    }
    CHECK_INT(report.rows, out.rows);
    CHECK_INT(out.bytes, file->len);
    for (uint32_t i = 1; i < field_set_field_count(fields); i++) {
        struct bytes name = field_set_field(fields, i)->column;
        strncat(out.fields, (const char *)name.ptr, name.len);
        strcat(out.fields, " ");
        CHECK_INT(field_set_field(fields, i)->attribution, ATTRIBUTION_INFERRED);
    }
    decoder_fixed.close(state);
    byte_source_close(first);
    byte_source_close(text.source);
    field_set_free(fields);
    return out;
}

static const struct encoding_guess by_region = {.encoding = ENCODING_UTF8};
static struct file file; /* large: not for the stack */

static void test_big5(void) {
    file.len = 0;
    put_rows(&file, "CP950", 100, "\r\n");
    CHECK_STR(choose(&file, encoding_guess(bytes_of(file.bytes, file.len), true)), "fixed");
    for (size_t i = 0; i < STEPS; i++) {
        struct decoded out = decode(&file, steps[i]);
        CHECK_STR(out.fields, "@1+6 @7+12 @19+10 @29+10 @39+45 @84+4 ");
        CHECK_INT(out.rows, 100);
        CHECK_INT(out.cells, 600);
    }
}

/* More than a window holds; a header, a trailer and a title have other lengths. */
static void test_large(void) {
    file.len = 0;
    put(&file, "CP950", "HDR 客戶主檔\n");
    put_rows(&file, "CP950", 4000, "\n");
    put(&file, "CP950", "第二頁 王小明\n");
    put_rows(&file, "CP950", 4000, "\n");
    put(&file, "CP950", "TRL 008000");
    struct decoded out = decode(&file, SIZE_MAX);
    CHECK_STR(out.fields, "@1+6 @7+12 @19+10 @29+10 @39+45 @84+4 ");
    CHECK_INT(out.rows, 8003);
    CHECK_INT(out.texts, 3);
}

/* Turned into UTF-8 later: columns are as wide as they look. */
static void test_utf8(void) {
    file.len = 0;
    put_rows(&file, "UTF-8", 100, "\n");
    CHECK_STR(choose(&file, by_region), "fixed");
    struct decoded out = decode(&file, 7);
    CHECK_STR(out.fields, "@1+6 @7+12 @19+10 @29+10 @39+45 @84+4 ");
    file.len = 0; /* constant in bytes of UTF-8 */
    for (unsigned i = 0; i < 30; i++) {
        char line[100];
        snprintf(line, sizeof line, "%-10s%-12s09%08u  Z\n", i % 2 ? "A123456789" : "B12345",
                 people[i % 2], i * 7654321 % 100000000);
        put(&file, "UTF-8", line);
    }
    out = decode(&file, SIZE_MAX);
    CHECK_STR(out.fields, "@1+10 @11+12 @23+12 @35+1 ");
}

static void test_long_lines(void) {
    file.len = 0;
    put_rows(&file, "CP950", 50, "\n");
    for (unsigned i = 0; i < 30000; i++) {
        put(&file, "CP950", "長長長");
    }
    put(&file, "CP950", "\n");
    put_rows(&file, "CP950", 50, "\n");
    CHECK_INT(decode(&file, SIZE_MAX).texts > 0, 1);
    CHECK_INT(decode(&file, 64).texts > 0, 1);
}

/* LINE with a number for its #. */
static void expect_other(const char *line, unsigned lines) {
    file.len = 0;
    for (unsigned i = 0; i < lines; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", i % 9000 + 1000);
        const char *at = strchr(line, '#');
        memcpy(file.bytes + file.len, line, (size_t)(at - line));
        file.len += (size_t)(at - line);
        put(&file, "UTF-8", number);
        put(&file, "UTF-8", at + 1);
    }
    CHECK(strcmp(choose(&file, by_region), "fixed") != 0);
}

static void test_not_fixed(void) {
    expect_other("#,王小明,0912345678,臺北市\n", 50);
    expect_other("2024-01-01 10:00:00 INFO order # was delivered to the customer\n", 50);
    expect_other("id=# tel=0912345678 name=王小明\n", 50);
    expect_other("#\t王小明\t0912345678\n", 50);
    expect_other("#王小明身分證號碼與聯絡電話皆應遮罩處理不得外流違者\n", 50);
    expect_other("Q29uc3RhbnQgbGVuZ3RoIGFuZCBubyBibGFua3MgYXQgYWxs#\n", 50);
    expect_other("INSERT INTO t VALUES (#,'a','0912345678');\n", 50);
    expect_other("#  王小明  0912345678\n", 10); /* too few to tell */
    expect_other("客戶 王小明 訂單 # 已送達 電話 0912345678\n", 50);
    file.len = 0;
    static const char *const words[] = {"a", "of", "the", "tell", "paper", "orders", "because"};
    for (unsigned i = 0; i < 60; i++) { /* prose cut into lines of one length */
        char line[128] = "";
        while (strlen(line) < 60) {
            strcat(line, words[random_below(7)]);
            strcat(line, " ");
        }
        line[60] = '\0';
        put(&file, "UTF-8", line);
        put(&file, "UTF-8", "\n");
    }
    CHECK(strcmp(choose(&file, by_region), "fixed") != 0);
}

static const struct test_case cases[] = {
    {"big5", test_big5},           {"large", test_large},
    {"utf8", test_utf8},           {"long_lines", test_long_lines},
    {"not_fixed", test_not_fixed},
};

TEST_MAIN(cases)
