/* The choice of a decoder and delimited text, from sources that give 1, 2, 7, 64 bytes and
 * everything at a time: the results must be the same. */
#include "tests/random.h"
#include "tests/unit/check.h"
#include "tests/unit/decoded.h"

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
};

TEST_MAIN(cases)
