/* JSON and NDJSON: places, rows, what is cut off, what is no JSON. Everything is decoded with
 * sources that give 1, 2, 7, 64 bytes and everything at a time and with every instruction set: the
 * results must be the same. */
#include "check.h"

#include "core/text_buffer.h"
#include "decode/decoder.h"
#include "decode/json/walk.h"
#include "tests/random.h"

/* ---- a source over memory that gives STEP bytes at a time ---- */

struct stepped {
    struct byte_source base;
    struct bytes data;
    size_t at, step;
};

static int64_t stepped_read(struct byte_source *self, void *buffer, size_t capacity,
                            struct error *err) {
    struct stepped *s = (struct stepped *)self;
    size_t len = s->data.len - s->at;
    (void)err;
    len = len < s->step ? len : s->step;
    len = len < capacity ? len : capacity;
    memcpy(buffer, s->data.ptr + s->at, len);
    s->at += len;
    return (int64_t)len;
}

static void stepped_close(struct byte_source *self) {
    (void)self;
}

static const struct byte_source_ops stepped_ops = {.read = stepped_read, .close = stepped_close};

/* ---- decoding everything into one line of text a cell: row|column|flags|value ---- */

struct decoded {
    struct text_buffer text;
    struct decode_report report;
};

static void put_cell(const struct segment *s, size_t index, uint64_t row,
                     const struct field_set *fields, struct text_buffer *out) {
    const struct cell *cell = &s->cells[index];
    struct bytes value = bytes_of(s->bytes + cell->offset, cell->length);
    uint8_t *plain = malloc(value.len + 1);
    text_buffer_printf(out, "%llu|", (unsigned long long)row);
    text_buffer_put(out, field_set_field(fields, cell->field)->column);
    text_buffer_printf(out, "|%s%s%s%s|", (cell->flags & CELL_TEXT) != 0 ? "T" : "",
                       (cell->flags & CELL_NULL) != 0 ? "0" : "",
                       (cell->flags & CELL_NUMBER) != 0 ? "N" : "",
                       (cell->flags & CELL_PARTIAL) != 0 ? "P" : "");
    if ((cell->flags & CELL_ESCAPED) != 0) {
        value = bytes_of(plain, s->unescape(value, plain, s->dialect));
    }
    text_buffer_put(out, value);
    text_buffer_putc(out, '\n');
    free(plain);
}

/* The promises of segment.h. COVERED: bytes that earlier segments covered. */
static void check_segment(const struct segment *s, struct bytes data, uint64_t covered) {
    CHECK(s->begin < s->end && s->end <= s->len);
    CHECK_INT(s->offset + s->begin, covered);
    CHECK(s->offset + s->len <= data.len && memcmp(s->bytes, data.ptr + s->offset, s->len) == 0);
    uint64_t line = 1;
    for (uint64_t i = 0; i < s->offset; i++) {
        line += data.ptr[i] == '\n';
    }
    CHECK_INT(s->line, line);
    size_t at = s->begin;
    for (size_t i = 0; i < s->cell_count; i++) {
        CHECK(s->cells[i].offset >= at && s->cells[i].offset + s->cells[i].length <= s->end);
        at = s->cells[i].offset + s->cells[i].length;
    }
    for (size_t i = 1; i < s->row_count; i++) {
        CHECK(s->rows[i].row > s->rows[i - 1].row &&
              s->rows[i].first_cell >= s->rows[i - 1].first_cell);
    }
}

static void put_segment(const struct segment *s, const struct field_set *fields,
                        struct text_buffer *out) {
    size_t mark = 0;
    for (size_t i = 0; i < s->cell_count; i++) {
        while (mark < s->row_count && s->rows[mark].first_cell <= i) {
            mark++;
        }
        uint64_t row = mark > 0 && (s->flags & SEGMENT_FREE_TEXT) == 0 ? s->rows[mark - 1].row : 0;
        put_cell(s, i, row, fields, out);
    }
}

static struct decoded decode_step(const struct decoder *decoder, const char *name,
                                  struct bytes data, size_t step, enum isa isa) {
    struct decoded out = {.report = {0}};
    struct stepped source = {
        .base = {.ops = &stepped_ops, .size = data.len}, .data = data, .step = step};
    struct field_set *fields = field_set_new();
    struct error err = {0};
    struct decode_input in = {.source = &source.base,
                              .head = {.head = bytes_first(data, 65536),
                                       .whole = data.len <= 65536,
                                       .name = bytes_of_string(name)},
                              .fields = fields,
                              .ops = block64_ops(isa),
                              .report = &out.report};
    void *state = NULL;
    uint64_t covered = 0;
    struct segment s;
    text_buffer_init(&out.text, 0);
    CHECK_INT(decoder->open(&in, &state, &err), 0);
    for (size_t i = 0; decoder->next(state, &s, &err) == 1; i++) {
        if (i < 4 || i % 16 == 0) {
            check_segment(&s, data, covered);
        }
        covered = s.offset + s.end;
        put_segment(&s, fields, &out.text);
    }
    CHECK_INT(covered, data.len);
    decoder->close(state);
    field_set_free(fields);
    return out;
}

static const struct decoder *decoder_named(const char *name) {
    for (size_t i = 0; decoders[i] != NULL; i++) {
        if (strcmp(decoders[i]->name, name) == 0) {
            return decoders[i];
        }
    }
    abort();
}

/* With all step sizes and instruction sets; the caller releases the text. */
static struct decoded decode_all_ways(const char *format, struct bytes data) {
    static const size_t steps[] = {1, 2, 7, 64, SIZE_MAX};
    const struct decoder *decoder = decoder_named(format);
    struct decoded first = decode_step(decoder, "", data, SIZE_MAX, ISA_SCALAR);
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        for (size_t i = 0; isa_available(isa) && i < sizeof steps / sizeof *steps; i++) {
            struct decoded other = decode_step(decoder, "", data, steps[i], isa);
            CHECK(bytes_equal(text_buffer_view(&first.text), text_buffer_view(&other.text)));
            CHECK_INT(first.report.rows, other.report.rows);
            CHECK_INT(first.report.status, other.report.status);
            text_buffer_release(&other.text);
        }
    }
    return first;
}

static void expect(const char *format, const char *data, const char *expected, int status) {
    struct decoded out = decode_all_ways(format, bytes_of_string(data));
    CHECK_STR(text_buffer_string(&out.text), expected);
    CHECK_INT(out.report.status, status);
    CHECK(status == 0 || out.report.error.text[0] != '\0');
    text_buffer_release(&out.text);
}

/* ---- cases ---- */

static void test_places(void) {
    expect("json",
           "{\"order\": {\"items\": [{\"phone\":\"0912345678\", \"n\": 2}, {\"phone\":null}],\n"
           " \"a.b\": \"x\", \"c[d\": \"\", \"e\\\\f\": true, \"\\u59d3\\u540d\": \"\\u738b\"}}",
           "1|order.items[].phone||0912345678\n1|order.items[].n|N|2\n"
           "2|order.items[].phone|0|\n2|order.a\\.b||x\n2|order.c\\[d|0|\n"
           "2|order.e\\\\f||true\n2|order.姓名||王\n",
           0);
    expect("json", "[[1,2],[3,[\"x\"]]]", "1|#1|N|1\n1|#2|N|2\n2|#1|N|3\n2|[][]||x\n", 0);
    expect("json", "[\"a\",{\"b\":-1.5e3},[], {}, \"c\"]", "1|[]||a\n2|b|N|-1.5e3\n5|[]||c\n", 0);
}

static void test_rows(void) {
    expect("json", "[{\"a\":1,\"l\":[{\"x\":1},{\"x\":2}]},\n{\"a\":2}]",
           "1|a|N|1\n1|l[].x|N|1\n1|l[].x|N|2\n2|a|N|2\n", 0);
    expect("json", "{\"total\":2,\"rows\":[{\"a\":1},{\"a\":2}],\"end\":9,\"more\":[{\"b\":1}]}",
           "1|total|N|2\n1|rows[].a|N|1\n2|rows[].a|N|2\n2|end|N|9\n3|more[].b|N|1\n", 0);
    expect("json", "{\"a\":1,\"tags\":[\"x\",\"y\"]}", "1|a|N|1\n1|tags[]||x\n1|tags[]||y\n", 0);
    expect("ndjson", "{\"a\":1}\r\n\r\n{\"a\":[{\"b\":2},{\"b\":3}]}\n{\"a\":4}",
           "1|a|N|1\n2|a[].b|N|2\n2|a[].b|N|3\n3|a|N|4\n", 0);
    expect("json", "{\"a\":1}{\"a\":2} {\"a\":3},\n\x1e{\"a\":4}\n",
           "1|a|N|1\n2|a|N|2\n3|a|N|3\n4|a|N|4\n", 0);
}

static void test_keys_that_are_data(void) {
    expect("json", "{\"0912345678\":{\"n\":1},\"0922333444\":{\"n\":2},\"u1\":{\"n\":3}}",
           "1|*.n|N|1\n1|*.n|N|2\n1|u1.n|N|3\n", 0);
    expect("json",
           "{\"a\":{\"550e8400-e29b-41d4-a716-446655440000\":1,\"x@example.com\":2,\"1\":3}}",
           "1|a.*|N|1\n1|a.*|N|2\n1|a.*|N|3\n", 0);
}

static void test_cut_off(void) {
    expect("json", "{\"a\":\"x\",\"b\":\"0912345", "1|a||x\n1|b|TP|0912345\n", YINMA_E_TRUNCATED);
    expect("json", "[{\"a\":\"x\"},{\"a\"", "1|a||x\n", YINMA_E_TRUNCATED);
    expect("json", "[{\"a\":\"x\"},", "1|a||x\n", YINMA_E_TRUNCATED);
    expect("ndjson", "{\"a\":1}\n{\"a\":2,\"b\":", "1|a|N|1\n2|a|N|2\n", YINMA_E_TRUNCATED);
    expect("json", "", "", 0);
}

static void test_broken_lines(void) {
    expect("ndjson",
           "{\"a\":1}\nplain text 0912345678\n{\"a\":\"x\n{\"a\":3}\n{\"a\" 5}\n{\"a\":4}\n",
           "1|a|N|1\n2||TP|plain text 0912345678\n3||TP|\"x\n4|a|N|3\n5||TP|5}\n6|a|N|4\n", 0);
    expect("ndjson", "{\"a\":[1,2}\n{\"a\":7}\n", "1|a[]|N|1\n1|a[]|N|2\n1||TP|}\n2|a|N|7\n", 0);
}

static void test_broken_document(void) {
    expect("json", "{\"a\": 1,\n\"b\": nonsense, \"phone\": \"0912345678\"}\n",
           "1|a|N|1\n0|b||nonsense\n0|phone||0912345678\n", YINMA_E_DAMAGED);
    expect("json", "{\"a\": \"x\" \"phone\": \"0912345678\"}\n", "1|a||x\n0|phone||0912345678\n",
           YINMA_E_DAMAGED);
}

static void test_escapes(void) {
    expect("json", "{\"a\":\"\\\"q\\\\\",\"b\":\"\\ud842\\udfb7\\n\\/\",\"c\":\"\\\\\"}",
           "1|a||\"q\\\n1|b||𠮷\n/\n1|c||\\\n", 0);
}

/* Values longer than every buffer come in pieces of their field; nothing is lost or cut inside a
 * character or an escape. */
static void test_long_strings(void) {
    struct text_buffer data;
    text_buffer_init(&data, 0);
    text_buffer_puts(&data, "{\"note\":\"");
    for (int i = 0; i < 20000; i++) {
        text_buffer_puts(&data, i % 3 == 0 ? "\\\\u" : "\\u738b身");
    }
    text_buffer_puts(&data, "\",\"after\":\"0912345678\",\"");
    text_buffer_repeat(&data, 'k', 100000);
    text_buffer_puts(&data, "\":\"v\"}");
    struct decoded out =
        decode_step(decoder_named("json"), "", text_buffer_view(&data), 4000, isa_best());
    struct bytes text = text_buffer_view(&out.text);
    size_t hanzi = 0, pieces = 0;
    for (size_t at = 0; at + 3 <= text.len; at++) {
        hanzi += memcmp(text.ptr + at, "身", 3) == 0;
        hanzi += memcmp(text.ptr + at, "王", 3) == 0;
        pieces += memcmp(text.ptr + at, "|TP", 3) == 0;
    }
    CHECK_INT(hanzi, 2 * (20000 - 6667));
    CHECK(pieces > 2 && pieces < 12);
    CHECK(bytes_find(text, BYTES_LIT("\n1|after||0912345678\n")) != SIZE_MAX);
    CHECK(bytes_find(text, BYTES_LIT("\n1|*||v\n")) != SIZE_MAX);
    CHECK_INT(out.report.status, 0);
    text_buffer_release(&out.text);
    text_buffer_release(&data);
}

static void test_depth(void) {
    struct text_buffer data;
    text_buffer_init(&data, 0);
    for (int i = 0; i < 3; i++) {
        text_buffer_puts(&data, "{\"deep\":");
        text_buffer_repeat(&data, '[', 100000);
        text_buffer_puts(&data, "\"0912345678\"");
        text_buffer_repeat(&data, ']', 100000);
        text_buffer_puts(&data, ",\"after\":\"0922333444\"}\n");
    }
    struct decoded out = decode_all_ways("ndjson", text_buffer_view(&data));
    struct bytes text = text_buffer_view(&out.text);
    CHECK(bytes_find(text, BYTES_LIT("0912345678")) != SIZE_MAX);
    CHECK(bytes_find(text, BYTES_LIT("3|after||0922333444\n")) != SIZE_MAX);
    CHECK_INT(out.report.rows, 3);
    CHECK_INT(out.report.status, 0);
    text_buffer_release(&out.text);
    text_buffer_release(&data);
}

/* As many different keys as an adversary likes. */
static void test_many_keys(void) {
    struct text_buffer data;
    text_buffer_init(&data, 0);
    text_buffer_puts(&data, "[");
    for (int i = 0; i < 30000; i++) {
        text_buffer_printf(&data, "%s{\"k%c%c%c%c\":{\"z\":%d}}", i == 0 ? "" : ",",
                           'a' + i / 17576 % 26, 'a' + i / 676 % 26, 'a' + i / 26 % 26,
                           'a' + i % 26, i);
    }
    text_buffer_puts(&data, "]");
    struct decoded out =
        decode_step(decoder_named("json"), "", text_buffer_view(&data), SIZE_MAX, isa_best());
    CHECK_INT(out.report.rows, 30000);
    CHECK(bytes_find(text_buffer_view(&out.text), BYTES_LIT("30000|*.z|N|29999\n")) != SIZE_MAX);
    text_buffer_release(&out.text);
    text_buffer_release(&data);
}

static const char *choose(const char *data, const char *name) {
    struct decode_head head = {
        .head = bytes_of_string(data), .whole = true, .name = bytes_of_string(name)};
    return decoder_choose(&head)->name;
}

static void test_bids(void) {
    CHECK_STR(choose("{\"a\":1}", "x"), "json");
    CHECK_STR(choose("\xEF\xBB\xBF [\n {\"a\": 1},\n {\"a\": 2}\n]\n", "x"), "json");
    CHECK_STR(choose("{\"a\":1}\n{\"a\":2}\n{\"a\":3}", "x"), "ndjson");
    CHECK_STR(choose("{\"a\":1}\n", "x.jsonl"), "ndjson");
    CHECK_STR(choose("{\n \"a\": {\"b\": 1},\n \"c\": [1, 2]\n}\n", "x"), "json");
    CHECK(strcmp(
              choose("[2024-01-01 10:00:00] INFO started\n[2024-01-01 10:00:01] INFO x\n", "x.log"),
              "log") == 0);
    CHECK(strcmp(choose("{name} is a template, {other} too\n", "x"), "json") != 0);
    CHECK(strcmp(choose("[section]\nkey = value\n", "x"), "json") != 0);
}

static void test_logs(void) {
    struct decoded out = decode_step(
        decoder_named("ndjson"), "x",
        BYTES_LIT("{\"ts\":\"2024-01-01T00:00:00Z\",\"level\":\"info\",\"msg\":\"m\"}\n"), 7,
        isa_best());
    CHECK((out.report.traits & DECODER_LOG) != 0);
    text_buffer_release(&out.text);
    out = decode_step(decoder_named("ndjson"), "x", BYTES_LIT("{\"name\":\"level\"}\n"), 7,
                      isa_best());
    CHECK((out.report.traits & DECODER_LOG) == 0);
    text_buffer_release(&out.text);
}

/* A line of JSON whose keys are those of FORM; what is odd in it stands in a few lines only. */
static size_t put_line(uint8_t *out, unsigned form) {
    static const char *const values[] = {
        "12", "-1.5e3", "null",        "true", "\"\"",       "\"a\"", "\"b c\"",      "\"\\\"x\"",
        "[]", "[1, 2]", "\"\\u738b\"", "  7 ", "\"王小明\"", "{}",    "[\"p\",\"q\"]"};
    static const char *const odd[] = {"tru",    "\"open", "\"a\nb\"", "1\n", "}",
                                      "\"k\":", ",",      "\"\\\"",   ""};
    static const char *const keys[] = {"id",  "name",    "姓名",
                                       "a.b", "1234567", "longer_key_of_this"};
    size_t len = 0;
    out[len++] = '{';
    for (unsigned i = 0; i < 2 + form % 5; i++) {
        unsigned pick = (unsigned)random_next();
        bool nested = (form >> i & 3) == 3;
        const char *value = pick % 211 == 0 ? odd[pick / 211 % (sizeof odd / sizeof *odd)]
                            : pick % 5 == 0 ? values[pick / 5 % (sizeof values / sizeof *values)]
                                            : (i % 2 == 0 ? "4711" : "\"0912345678\"");
        len += (size_t)sprintf((char *)out + len, nested ? "%s\"%s\":{\"in\":%s}" : "%s\"%s\":%s",
                               i == 0          ? ""
                               : form % 2 == 0 ? ", "
                                               : ",",
                               keys[(form + i) % (sizeof keys / sizeof *keys)], value);
    }
    return len + (size_t)sprintf((char *)out + len, form % 7 == 0 ? "} \n" : "}\n");
}

/* Lines that are like the line before are read as a whole: to the same cells and rows. */
static void test_lines_alike(void) {
    enum { BYTES = 6000, ROUNDS = 400 };
    static uint8_t data[BYTES + 512 + SEGMENT_PADDING];
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct field_set *fields[2] = {field_set_new(), field_set_new()};
        struct json_paths *paths[2];
        struct json_walk *walk[2];
        size_t len = 0, at = 0;
        for (unsigned i = 0; i < 2; i++) {
            paths[i] = json_paths_new(fields[i]);
            walk[i] = json_walk_new(paths[i], block64_ops(isa_best()), JSON_ROWS_LINES);
        }
        walk[1]->shape.misses = JSON_SHAPE_MISSES + 1; /* never */
        while (len < BYTES) {
            len += put_line(data + len, round + (random_next() % 16 == 0 ? 1U : 0U));
        }
        memset(data + len, 0, SEGMENT_PADDING);
        while (at < len) {
            struct bytes text = bytes_of(data + at, len - at);
            size_t used = json_walk_run(walk[0], text, true);
            CHECK_INT(json_walk_run(walk[1], text, true), used);
            CHECK_INT(walk[0]->row_count, walk[1]->row_count);
            CHECK_INT(walk[0]->row, walk[1]->row);
            CHECK_INT(walk[0]->cell_count, walk[1]->cell_count);
            CHECK_INT(walk[0]->broken_lines, walk[1]->broken_lines);
            CHECK_INT(walk[0]->state, walk[1]->state);
            for (size_t r = 0; r < walk[1]->row_count; r++) {
                CHECK(walk[0]->rows[r].row == walk[1]->rows[r].row &&
                      walk[0]->rows[r].first_cell == walk[1]->rows[r].first_cell);
            }
            CHECK(memcmp(walk[0]->cells, walk[1]->cells,
                         walk[1]->cell_count * sizeof *walk[1]->cells) == 0);
            at += used == 0 ? len : used;
        }
        for (unsigned i = 0; i < 2; i++) {
            json_walk_free(walk[i]);
            json_paths_free(paths[i]);
            field_set_free(fields[i]);
        }
    }
}

static const struct test_case cases[] = {
    {"places", test_places},
    {"rows", test_rows},
    {"keys that are data", test_keys_that_are_data},
    {"cut off", test_cut_off},
    {"broken lines", test_broken_lines},
    {"broken document", test_broken_document},
    {"escapes", test_escapes},
    {"long strings", test_long_strings},
    {"depth", test_depth},
    {"many keys", test_many_keys},
    {"bids", test_bids},
    {"logs", test_logs},
    {"lines alike", test_lines_alike},
};

TEST_MAIN(cases)
