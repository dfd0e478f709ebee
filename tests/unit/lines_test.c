/* Logs, running text and raw bytes, from sources that give 1, 2, 7, 64 bytes and everything at a
 * time. */
#include "tests/unit/check.h"
#include "tests/unit/decoded.h"

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
    {"log_keys", test_log_keys},   {"log_limits", test_log_limits},
    {"long_line", test_long_line}, {"context", test_context},
    {"text", test_text},
};

TEST_MAIN(cases)
