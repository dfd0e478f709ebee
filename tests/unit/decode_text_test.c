/* The choice of a decoder, delimited text, logs, text and raw bytes. Everything is
 * decoded with sources that give 1, 2, 7, 64 bytes and everything at a time: the results must be
 * the same. */
#include "check.h"

#include "core/utf8.h"
#include "decode/decoder.h"
#include "decode/delimited/sniff.h"
#include "stepped.h"
#include "tests/random.h"

/* ---- decoding everything into one line of text a cell ---- */

struct decoded {
    char *text; /* row|column|attribution-free value, one a line */
    size_t len, capacity;
    struct decode_report report;
    struct field_set *fields;
    size_t segments;
};

static void decoded_put(struct decoded *out, struct bytes b) {
    if (out->len + b.len + 1 > out->capacity) {
        out->capacity = (out->capacity + b.len + 1) * 2;
        out->text = realloc(out->text, out->capacity);
    }
    memcpy(out->text + out->len, b.ptr, b.len);
    out->len += b.len;
    out->text[out->len] = '\0';
}

static void decoded_puts(struct decoded *out, const char *s) {
    decoded_put(out, bytes_of_string(s));
}

static void put_cell(struct decoded *out, const struct segment *s, size_t index, uint64_t row) {
    const struct cell *cell = &s->cells[index];
    char head[64], flags[16];
    struct bytes value = bytes_of(s->bytes + cell->offset, cell->length);
    uint8_t *plain = malloc(value.len + 1);
    snprintf(head, sizeof head, "%llu|", (unsigned long long)row);
    decoded_puts(out, head);
    decoded_put(out, field_set_field(out->fields, cell->field)->column);
    snprintf(flags, sizeof flags, "|%s%s%s%s|", cell->flags & CELL_TEXT ? "T" : "",
             cell->flags & CELL_NULL ? "0" : "", cell->flags & CELL_NUMBER ? "N" : "",
             cell->flags & CELL_PARTIAL ? "P" : "");
    decoded_puts(out, flags);
    if (cell->flags & CELL_ESCAPED) {
        value = bytes_of(plain, s->unescape(value, plain, s->dialect));
    }
    decoded_put(out, value);
    decoded_puts(out, "\n");
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
        CHECK(s->cells[i].offset >= at && s->cells[i].offset + s->cells[i].length <= s->len);
        CHECK(s->cells[i].offset < s->end || s->cells[i].length == 0);
        at = s->cells[i].offset + s->cells[i].length;
    }
    for (size_t i = 1; i < s->row_count; i++) {
        CHECK(s->rows[i].row > s->rows[i - 1].row &&
              s->rows[i].first_cell >= s->rows[i - 1].first_cell);
    }
}

/* What a decoder says about the cells of a segment is what they show. */
static void check_description(const struct segment *s) {
    struct segment seen = *s;
    seen.described = false;
    segment_describe(&seen);
    CHECK(!s->described || (s->columns == seen.columns && (seen.gaps & ~s->gaps) == 0 &&
                            (seen.cell_flags & ~s->cell_flags) == 0));
}

static struct decoded decode_step(const struct decoder *decoder, struct bytes data, size_t step,
                                  enum isa isa) {
    struct decoded out = {.fields = field_set_new()};
    struct stepped source = stepped_open(data, step);
    struct error err = {0};
    struct decode_input in = {.source = &source.base,
                              .head = {.head = bytes_first(data, 65536),
                                       .whole = data.len <= 65536,
                                       .name = BYTES_LIT("")},
                              .fields = out.fields,
                              .ops = block64_ops(isa),
                              .report = &out.report};
    void *state = NULL;
    uint64_t covered = 0;
    decoded_puts(&out, "");
    CHECK_INT(decoder->open(&in, &state, &err), 0);
    struct segment s;
    while (decoder->next(state, &s, &err) == 1) {
        if (out.segments < 4 || out.segments % 16 == 0) {
            check_segment(&s, data, covered);
        }
        check_description(&s);
        covered = s.offset + s.end;
        out.segments++;
        size_t mark = 0;
        for (size_t i = 0; i < s.cell_count; i++) {
            while (mark < s.row_count && s.rows[mark].first_cell <= i) {
                mark++;
            }
            put_cell(&out, &s, i, mark > 0 ? s.rows[mark - 1].row : 0);
        }
    }
    CHECK_INT(covered, data.len);
    decoder->close(state);
    return out;
}

static void decoded_free(struct decoded *out) {
    free(out->text);
    field_set_free(out->fields);
}

/* Decode with all step sizes and instruction sets; the caller frees the result. */
static struct decoded decode_all_ways(const struct decoder *decoder, struct bytes data) {
    struct decoded first = decode_step(decoder, data, SIZE_MAX, ISA_SCALAR);
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        for (size_t i = 0; isa_available(isa) && i < STEPS; i++) {
            if (steps[i] < 7 && data.len > 100000) {
                continue;
            }
            struct decoded other = decode_step(decoder, data, steps[i], isa);
            CHECK(first.len == other.len && memcmp(first.text, other.text, first.len) == 0);
            CHECK_INT(first.report.rows, other.report.rows);
            CHECK_INT(first.report.status, other.report.status);
            CHECK_INT(first.segments, other.segments);
            decoded_free(&other);
        }
    }
    return first;
}

static const struct decoder *decoder_named(const char *name) {
    for (size_t i = 0; decoders[i] != NULL; i++) {
        if (strcmp(decoders[i]->name, name) == 0) {
            return decoders[i];
        }
    }
    return NULL;
}

static struct decoded check_cells(const char *format, struct bytes data, const char *expected) {
    struct decoded out = decode_all_ways(decoder_named(format), data);
    CHECK_STR(out.text, expected);
    return out;
}

static void expect_cells(const char *format, const char *data, const char *expected) {
    struct decoded out = check_cells(format, bytes_of_string(data), expected);
    decoded_free(&out);
}

/* ---- choosing ---- */

static const char *choose(const char *data, const char *name) {
    struct decode_head head = {
        .head = bytes_of_string(data), .whole = true, .name = bytes_of_string(name)};
    return decoder_choose(&head)->name;
}

static void test_choose_tables(void) {
    CHECK_STR(choose("id,name,tel\n1,王小明,0912345678\n2,陳美,0922333444\n", "x"), "csv");
    CHECK_STR(choose("編號\t姓名\t電話\n1\t王小明\t0912345678\n", "x.txt"), "tsv");
    CHECK_STR(choose("1,王小明,0912345678\n2,陳美,0922333444\n3,林,0933444555\n", ""), "csv");
    CHECK_STR(choose("a;b\n1;2\n3;4\n5;6\n", "x.csv"), "csv");
    CHECK_STR(choose("sep=;\na;b\n1;2\n", ""), "csv");
    CHECK_STR(choose("客戶資料表\n列印日期 2024/01/01\n\n編號,姓名,電話\n1,王,0912345678\n"
                     "2,陳,0922333444\n3,林,0933444555\n",
                     ""),
              "csv");
    CHECK_STR(choose("2024-01-01 10:00:00,王小明,0912345678\n2024-01-01 10:00:01,陳美,0922\n"
                     "2024-01-01 10:00:02,林一,0922\n",
                     ""),
              "csv");
    CHECK_STR(choose("id,name\n", "empty.csv"), "csv");
}

static void test_choose_logs(void) {
    CHECK_STR(choose("1.2.3.4 - - [10/Oct/2023:13:55:36 +0800] \"GET /?tel=0912345678 HTTP/1.1\" "
                     "200 12 \"-\" \"Mozilla/5.0 (X11, Linux)\"\n1.2.3.4 - - "
                     "[10/Oct/2023:13:55:36 +0800] \"GET / HTTP/1.1\" 200 12 \"-\" \"a, b\"\n",
                     "access"),
              "log");
    CHECK_STR(choose("2024-01-01 12:00:00,123 INFO started, ok\n2024-01-01 12:00:01,456 WARN x, "
                     "y\n",
                     ""),
              "log");
    CHECK_STR(
        choose("level=info msg=\"a, b\" tel=0912345678\nlevel=warn msg=x tel=0912345679\n", ""),
        "log");
    CHECK_STR(choose("{\"id\":1,\"tel\":\"0912345678\"}\n{\"id\":2,\"tel\":\"0912345679\"}\n", ""),
              "ndjson");
    CHECK_STR(
        choose("[2024-01-01 12:00:00] production.ERROR: failed {\"a\":1}\n#0 /var/www/x\n", ""),
        "log");
    CHECK_STR(choose("Jan  3 10:00:00 host sshd[12]: ok\nJan 13 10:00:00 host sshd[12]: ok\n", ""),
              "log");
    CHECK_STR(choose("just one line\n", "app.log"), "log");
}

static void test_choose_text(void) {
    CHECK_STR(choose("", ""), "text");
    CHECK_STR(
        choose("{\n  \"a\": {\"b\": 1, \"c\": 2},\n  \"d\": {\"b\": 1, \"c\": 2}\n}\n", "x.json"),
        "json");
    CHECK_STR(choose("county\tzip3\n臺北市\t100\n臺北市\t103\n", ""), "tsv");
    CHECK_STR(choose("Dear Sir, thank you for your letter, which we got.\nWe will, of course, "
                     "answer.\nYours\n",
                     ""),
              "text");
    CHECK_STR(choose("親愛的客戶,您好\n您的訂單已出貨\n", ""), "text");
    CHECK_STR(choose("<html>\n<body class=\"a\" id=\"b\">\n<p>x</p>\n", "index.html"), "html");
    CHECK_STR(
        choose("#include <stdio.h>\nint main(void) {\n    f(1, 2);\n    return 0;\n}\n", "a.c"),
        "text");
    uint8_t noise[4096];
    for (size_t i = 0; i < sizeof noise; i++) {
        noise[i] = (uint8_t)random_below(256);
    }
    struct decode_head head = {.head = bytes_of(noise, sizeof noise), .name = BYTES_LIT("x.bin")};
    CHECK_STR(decoder_choose(&head)->name, "raw");
}

/* ---- delimited text ---- */

static void test_csv_plain(void) {
    expect_cells("csv", "id,name,tel\n1,王小明,0912345678\r\n2,\"a \"\"b\"\", c\",\n",
                 "0||T|id,name,tel\n\n1|id|N|1\n1|name||王小明\n1|tel|N|0912345678\n2|id|N|2\n"
                 "2|name||a \"b\", c\n2|tel|0|\n");
    expect_cells("csv", "\xEF\xBB\xBF姓名;電話\n王;0912345678\n陳;0922\n林;\"0933\"",
                 "0||T|姓名;電話\n\n1|姓名||王\n1|電話|N|0912345678\n2|姓名||陳\n2|電話|N|0922\n"
                 "3|姓名||林\n3|電話||0933\n");
    expect_cells("csv", "1,王,0912345678\n2,陳,0922333444\n3,林,0933\n",
                 "1|#1|N|1\n1|#2||王\n1|#3|N|0912345678\n2|#1|N|2\n2|#2||陳\n2|#3|N|0922333444\n"
                 "3|#1|N|3\n3|#2||林\n3|#3|N|0933\n");
    expect_cells("csv", "a,b\r1,2\r3,4\r", "0||T|a,b\r\n1|a|N|1\n1|b|N|2\n2|a|N|3\n2|b|N|4\n");
    expect_cells("tsv", "name\tmemo\nA\t\"x\ny\"\nB\tz\nC\tz1\n",
                 "0||T|name\tmemo\n\n1|name||A\n1|memo||x\ny\n2|name||B\n2|memo||z\n3|name||C\n"
                 "3|memo||z1\n");
}

static void test_csv_dressing(void) {
    expect_cells("csv",
                 "sep=;\r\ntel;id\r\n=\"0912345678\";'0012\r\n\"=\"\"0922333444\"\"\"; \"x\" \r\n"
                 "  0933  ;\"\t12\"\r\n=\"a;b\";\"\"\r\n",
                 "0||T|sep=;\r\ntel;id\r\n\n1|tel||0912345678\n1|id||0012\n2|tel||0922333444\n"
                 "2|id||x\n3|tel|N|0933\n3|id||12\n4|tel||a;b\n4|id|0|\n");
    /* Quotes that open nothing. */
    expect_cells("csv", "id,size,x\n1,5\" pipe,a\n2,6\" x \"y\",b\n3,7,\"q\" z\n",
                 "0||T|id,size,x\n\n1|id|N|1\n1|size||5\" pipe\n1|x||a\n2|id|N|2\n"
                 "2|size||6\" x \"y\"\n2|x||b\n3|id|N|3\n3|size|N|7\n3|x||q\" z\n");
}

static void test_csv_shape(void) {
    /* Titles, ragged rows, empty lines, a delimiter at the end of each row. */
    expect_cells("csv",
                 "客戶清單\n\nid,tel,\n1,0912345678,\n\n2,0922333444,\n3\n4,0933444555,x,y\n"
                 "5,0944555666,\n6,0955666777,\n",
                 "0||T|客戶清單\n\nid,tel,\n\n1|id|N|1\n1|tel|N|0912345678\n1|#3|0|\n2|id|N|2\n"
                 "2|tel|N|0922333444\n2|#3|0|\n3|id|N|3\n4|id|N|4\n4|tel|N|0933444555\n4|#3||x\n"
                 "4|#4||y\n5|id|N|5\n5|tel|N|0944555666\n5|#3|0|\n6|id|N|6\n6|tel|N|0955666777\n"
                 "6|#3|0|\n");
    /* The first row holds values: it names nothing. */
    struct decoded out =
        decode_all_ways(decoder_named("csv"),
                        BYTES_LIT("A123456789,王小明,a@b.tw\nB223456782,陳美,c@d.tw\nC123,x,y\n"));
    CHECK(strstr(out.text, "1|#1||A123456789") != NULL);
    CHECK_INT(out.report.rows, 3);
    decoded_free(&out);
    expect_cells("csv", "id,name\n1,a\n2,b\n3,\"open\n4,d\n",
                 "0||T|id,name\n\n1|id|N|1\n1|name||a\n2|id|N|2\n2|name||b\n3|id|N|3\n"
                 "3|name||open\n4|id|N|4\n4|name||d\n");
    out = decode_step(decoder_named("csv"), BYTES_LIT("id,name\n1,a\n2,b\n3,\"open\n4,d\n"), 7,
                      ISA_SCALAR);
    CHECK_INT(out.report.status, YINMA_E_TRUNCATED);
    decoded_free(&out);
}

static struct bytes repeat(const char *head, const char *row, size_t rows, const char *tail) {
    size_t len = strlen(head) + strlen(row) * rows + strlen(tail);
    char *all = malloc(len + 1), *at = all;
    at = stpcpy(at, head);
    for (size_t i = 0; i < rows; i++) {
        at = stpcpy(at, row);
    }
    stpcpy(at, tail);
    return bytes_of(all, len);
}

static void test_csv_never_closed(void) {
    /* A stray quote swallows 300 lines; the guard gives them back. */
    struct bytes data = repeat("id,tel\n1,\"stray\n", "2,0912345678\n", 300, "3,x\"y\n");
    struct decoded out = decode_all_ways(decoder_named("csv"), data);
    CHECK_INT(out.report.rows, 302);
    CHECK(strstr(out.text, "302|tel||x\"y") != NULL);
    decoded_free(&out);
    free((void *)(uintptr_t)data.ptr);
    /* One in every row: the time stays linear. */
    data = repeat("id,tel\n", "12345,\"0912345678\n\n", 60000, "");
    out = decode_all_ways(decoder_named("csv"), data);
    CHECK_INT(out.report.rows > 10000, 1);
    decoded_free(&out);
    free((void *)(uintptr_t)data.ptr);
}

static void test_csv_large(void) {
    struct bytes data = repeat("id,name,tel,memo\n", "1,\"王, 小明\",0912345678,\n", 30000, "");
    struct decoded out = decode_all_ways(decoder_named("csv"), data);
    CHECK_INT(out.report.rows, 30000);
    CHECK(out.segments > 5);
    decoded_free(&out);
    free((void *)(uintptr_t)data.ptr);
    /* A field far larger than any buffer comes in pieces of the same column. */
    data = repeat("id,memo\n1,a\n2,", "word ", 100000, "\n3,0912345678\n4,b\n");
    out = decode_all_ways(decoder_named("csv"), data);
    CHECK_INT(out.report.rows, 4);
    CHECK(strstr(out.text, "\n2|memo|TP|word") != NULL);
    CHECK(strstr(out.text, "\n3|memo|N|0912345678") != NULL);
    decoded_free(&out);
    free((void *)(uintptr_t)data.ptr);
    /* More columns than any table has. */
    data = repeat("a,b\n1,2\n3,4\n", "x,", 10000, "\n5,6\n");
    out = decode_all_ways(decoder_named("csv"), data);
    CHECK_INT(out.report.rows, 4);
    CHECK(field_set_field_count(out.fields) < 5000);
    decoded_free(&out);
    free((void *)(uintptr_t)data.ptr);
}

/* The sets made 64 bytes at a time equal those made byte by byte. */
static void test_csv_scan_identity(void) {
    static const char alphabet[] = ",,\"\"\n\r= a1';\"";
    static struct delimited_sets fast, slow;
    uint8_t *data = calloc(1, 4096 + 128);
    struct delimited_marks marks = {.delimiter = ',', .record_end = '\n'};
    for (unsigned round = 0; round < 3000; round++) {
        size_t len = 1 + random_below(round % 10 == 0 ? 4096 : 300);
        uint32_t letters = 2 + random_below(sizeof alphabet - 2);
        for (size_t i = 0; i < len; i++) {
            data[i] = (uint8_t)alphabet[random_below(letters)];
        }
        struct bytes text = bytes_of(data, len);
        enum delimited_state expected = delimited_scan_scalar(marks, text, &slow);
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            CHECK_INT(delimited_scan(block64_ops(isa), marks, text, &fast), expected);
            CHECK(memcmp(fast.ends, slow.ends, (len + 63) / 64 * 8) == 0);
        }
    }
    free(data);
}

/* Whatever comes in: the promises hold, and all ways agree. */
static void test_csv_random(void) {
    static const struct bytes words[] = {
        BYTES_LIT("\""),   BYTES_LIT(","),    BYTES_LIT(";"),  BYTES_LIT("\n"),
        BYTES_LIT("\r\n"), BYTES_LIT("\"\""), BYTES_LIT("='"), BYTES_LIT("=\""),
        BYTES_LIT("王"),   BYTES_LIT("09"),   BYTES_LIT(" "),  BYTES_LIT("a"),
        BYTES_LIT("\t"),   BYTES_LIT("|"),    BYTES_LIT("'"),  BYTES_LIT("\0x"),
    };
    uint8_t data[2000];
    for (unsigned round = 0; round < 150; round++) {
        size_t len = 0, wanted = random_below(1900);
        while (len < wanted) {
            struct bytes word = words[random_below(16)];
            memcpy(data + len, word.ptr, word.len);
            len += word.len;
        }
        struct decoded out = decode_all_ways(decoder_named("csv"), bytes_of(data, len));
        decoded_free(&out);
    }
}

/* Rows that are taken as a whole are what one record after the other says. */
static void put_record(struct decoded *out, uint64_t row, const struct bytes *fields,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct delimited_field field = delimited_field_of(fields[i]);
        char head[64];
        size_t digits = 0;
        while (digits < field.text.len && byte_is_digit(field.text.ptr[digits])) {
            digits++;
        }
        bool number = digits == field.text.len && !field.dressed;
        const char *flags = field.text.len == 0    ? "0"
                            : field.text.len > 256 ? (number ? "TN" : "T")
                            : number               ? "N"
                                                   : "";
        snprintf(head, sizeof head, "%llu|%c|%s|", (unsigned long long)row, (int)('a' + i), flags);
        decoded_puts(out, head);
        decoded_put(out, field.text);
        decoded_puts(out, "\n");
    }
}

static void test_csv_rows(void) {
    static const char *const fields[] = {"1",   "0912345678", "王小明",   "2025-11-13",
                                         "a b", "90",         "\"q,\n\"", " x ",
                                         "",    "'7'",        "=\"0\""};
    enum { ROWS = 900 };
    uint8_t *data = malloc((size_t)ROWS * 1400);
    for (unsigned round = 0; round < 12; round++) {
        struct decoded expected = {.text = NULL};
        struct bytes record[8], text = {data, 0};
        const struct delimited_marks marks = {.delimiter = ',', .record_end = '\n'};
        size_t at = 0, count, odd = round < 4 ? 6 : sizeof fields / sizeof *fields;
        bool closed;
        memcpy(data, "a,b,c,d\n", 8);
        text.len = 8;
        decoded_puts(&expected, "");
        for (unsigned i = 0; i < ROWS; i++) {
            for (unsigned k = 0; k < 4; k++) {
                const char *field = fields[random_below(random_below(20) == 0 ? (uint32_t)odd : 6)];
                size_t repeated = random_below(200) == 0 ? 60 : 1;
                for (size_t r = 0; r < repeated; r++) {
                    memcpy(data + text.len, field, strlen(field));
                    text.len += strlen(field);
                }
                data[text.len++] = k == 3 ? '\n' : ',';
            }
        }
        (void)delimited_record(marks, text, 0, record, 8, &count, &closed);
        at = 8;
        for (uint64_t row = 1; at < text.len; row++) {
            at = delimited_record(marks, text, at, record, 8, &count, &closed);
            if (count <= 8 && closed) {
                put_record(&expected, row, record, count);
            }
        }
        struct decoded out = decode_all_ways(decoder_named("csv"), text);
        const char *rows = strstr(out.text, "\n1|a|");
        /* quotes may hold line ends, and then the records are others */
        CHECK(odd > 6 || (rows != NULL && strcmp(rows + 1, expected.text) == 0));
        decoded_free(&out);
        free(expected.text);
    }
    free(data);
}

static void test_header(void) {
    expect_cells("tsv", "county\tzip3\n臺北市\t100\n臺北市\t103\n",
                 "0||T|county\tzip3\n\n1|county||臺北市\n1|zip3|N|100\n2|county||臺北市\n"
                 "2|zip3|N|103\n");
    /* Plain text in both columns: the words of a header tell. */
    expect_cells("csv", "姓名,地址\n王小明,臺北市\n陳美,高雄市\n",
                 "0||T|姓名,地址\n\n1|姓名||王小明\n1|地址||臺北市\n2|姓名||陳美\n"
                 "2|地址||高雄市\n");
    expect_cells("csv", "王小明,臺北市\n陳美,高雄市\n林一,臺中市\n",
                 "1|#1||王小明\n1|#2||臺北市\n2|#1||陳美\n2|#2||高雄市\n3|#1||林一\n"
                 "3|#2||臺中市\n");
    /* Masked numbers are values too. */
    expect_cells("csv", "A12*****89,王O明\nB223456782,陳O美\nC123456789,林O一\n",
                 "1|#1||A12*****89\n1|#2||王O明\n2|#1||B223456782\n2|#2||陳O美\n"
                 "3|#1||C123456789\n3|#2||林O一\n");
}

static void test_read_error(void) {
    struct stepped source = stepped_open(BYTES_LIT("id,tel\n1,0912345678\n2,09"), 7);
    source.fails = YINMA_E_IO;
    struct decode_report report = {0};
    struct error err = {0};
    struct decode_input in = {.source = &source.base,
                              .fields = field_set_new(),
                              .ops = block64_ops(ISA_SCALAR),
                              .report = &report};
    void *state;
    struct segment s;
    CHECK_INT(decoder_named("csv")->open(&in, &state, &err), 0);
    while (decoder_named("csv")->next(state, &s, &err) == 1) {
    }
    CHECK_INT(report.rows, 2);
    CHECK_INT(report.status, YINMA_E_IO);
    CHECK_STR(report.error.text, "the cable was pulled");
    decoder_named("csv")->close(state);
    field_set_free(in.fields);
}

/* ---- logs and text ---- */

static void test_log_keys(void) {
    expect_cells("log",
                 "2024-01-01 tel=0912345678 name=\"王 小明\", card='4111' ok=\n"
                 "GET /x?tel=0922333444&addr=%E5%8F%B0&q= HTTP/1.1\" \"a=b\"\n"
                 "{\"tel\":\"0933\", \"age\": 12, \"x\":null,\"deep\":{\"身分證\":\"A12\"}}\n"
                 "msg=\"{\\\"tel\\\":\\\"0944\\\"}\" request=\"GET /?tel=0955 HTTP\"\n",
                 "0|tel||0912345678\n0|name||王 小明\n0|card||4111\n0|tel||0922333444\n"
                 "0|addr||%E5%8F%B0\n0|a||b\n0|tel||0933\n0|age|N|12\n0|x|0|null\n"
                 "0|身分證||A12\n0|tel||0944\n0|tel||0955\n");
    expect_cells("log",
                 "電話=0912345678，地址=台北市。 Card{cvv=123, exp=12/29} user[tel]=0912 "
                 "[id=\"7\"] a==b x!=y 12345678=z deadbeef01=z s123456=z %E5=z\n",
                 "0|電話||0912345678\n0|地址||台北市\n0|cvv||123\n0|exp||12/29\n0|tel||0912\n"
                 "0|id||7\n");
    expect_cells("log", "append(env, \"PWD=\" + folder + \"x\") tel=\"0912\"\n", "0|tel||0912\n");
    /* keys as browsers send them, in UTF-8 and in Big5; brackets, and blanks before a key */
    expect_cells("log",
                 "GET /?%E9%9B%BB%E8%A9%B1=0912&%e5%A7%93%e5%90%8D=%E7%8E%8B&%B9q%B8%DC=0933 HTTP\n"
                 "u%5Btel%5D=0944&x%20tel=0955 %E5%8F=1 %41%2F=2 %2525=3 100%=4\n",
                 "0|電話||0912\n0|姓名||%E7%8E%8B\n0|電話||0933\n0|tel||0944\n0|tel||0955\n");
    expect_cells("log", "{\"name\":\"\\u738b\\u5c0f\\ud842\\udfb7 \\\"x\\\"\"}\n",
                 "0|name||王小𠮷 \"x\"\n");
}

static void test_log_limits(void) {
    /* 5000 keys: the first 4096 count. */
    char *data = malloc(200000), *at = data;
    for (unsigned i = 0; i < 5000; i++) {
        at += sprintf(at, "key_%c%c%c=1 tel=0912345678\n", 'a' + (char)(i / 676),
                      'a' + (char)(i / 26 % 26), 'a' + (char)(i % 26));
    }
    struct decoded out = decode_all_ways(decoder_named("log"), bytes_of(data, (size_t)(at - data)));
    CHECK_INT(field_set_field_count(out.fields), 1 + 4096);
    CHECK_INT(out.report.rows, 5000);
    decoded_free(&out);
    free(data);
    /* a=a=a=…, and quotes that never close, take linear time. */
    struct bytes adversary = repeat("", "a=", 400000, "");
    out = decode_all_ways(decoder_named("log"), adversary);
    decoded_free(&out);
    free((void *)(uintptr_t)adversary.ptr);
    adversary = repeat("", "a=\"b='", 200000, "");
    out = decode_all_ways(decoder_named("log"), adversary);
    decoded_free(&out);
    free((void *)(uintptr_t)adversary.ptr);
}

/* A line far larger than any buffer: every value is found once, whole. */
static void test_long_line(void) {
    struct bytes data = repeat("", "tel=0912345678&", 60000, "");
    struct decoded out = decode_all_ways(decoder_named("log"), data);
    size_t found = 0;
    for (const char *at = out.text; (at = strstr(at, "0|tel||0912345678\n")) != NULL; at++) {
        found++;
    }
    CHECK_INT(found, 60000);
    CHECK_INT(out.report.rows, 1);
    CHECK(out.segments >= 3);
    decoded_free(&out);
    free((void *)(uintptr_t)data.ptr);
}

static void test_context(void) {
    struct bytes data = repeat("", "0123456789abcdef", 80000, "");
    struct stepped source = stepped_open(data, 4096);
    struct decode_report report = {0};
    struct error err = {0};
    struct decode_input in = {.source = &source.base,
                              .fields = field_set_new(),
                              .ops = block64_ops(ISA_SCALAR),
                              .report = &report};
    void *state;
    struct segment s;
    CHECK_INT(decoder_named("raw")->open(&in, &state, &err), 0);
    while (decoder_named("raw")->next(state, &s, &err) == 1) {
        CHECK_INT(s.flags, SEGMENT_FREE_TEXT | SEGMENT_BINARY);
        CHECK(s.offset == 0 || s.begin >= SEGMENT_CONTEXT);
        CHECK(s.offset + s.len == data.len || s.len - s.end >= SEGMENT_CONTEXT);
    }
    decoder_named("raw")->close(state);
    field_set_free(in.fields);
    free((void *)(uintptr_t)data.ptr);
}

static void test_text(void) {
    struct decoded out = check_cells("text", BYTES_LIT("a\0b\nname=x is no key here\nz"), "");
    CHECK_INT(out.report.rows, 3);
    decoded_free(&out);
    expect_cells("text", "DB_HOST=localhost\nDB_PASSWORD=secret\n# a comment\n",
                 "0|DB_HOST||localhost\n0|DB_PASSWORD||secret\n");
    expect_cells("text", "", "");
}

static const struct test_case cases[] = {
    {"choose_tables", test_choose_tables},
    {"choose_logs", test_choose_logs},
    {"choose_text", test_choose_text},
    {"csv_plain", test_csv_plain},
    {"csv_dressing", test_csv_dressing},
    {"csv_shape", test_csv_shape},
    {"csv_never_closed", test_csv_never_closed},
    {"csv_large", test_csv_large},
    {"csv_scan_identity", test_csv_scan_identity},
    {"csv_random", test_csv_random},
    {"csv_rows", test_csv_rows},
    {"header", test_header},
    {"read_error", test_read_error},
    {"log_keys", test_log_keys},
    {"log_limits", test_log_limits},
    {"long_line", test_long_line},
    {"context", test_context},
    {"text", test_text},
};

TEST_MAIN(cases)
