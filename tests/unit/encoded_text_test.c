/* Text in the forms of other formats, and text that is nothing but named values. */
#include "check.h"

#include "core/text_buffer.h"
#include "decode/encoded_text.h"
#include "decode/keyed/value_pairs.h"

static const char *decoded(size_t (*decode)(struct bytes, uint8_t *, unsigned), const char *text) {
    static uint8_t out[512];
    size_t len = decode(bytes_of_string(text), out, 0);
    CHECK(len <= strlen(text));
    out[len] = '\0';
    return (const char *)out;
}

static void test_percent(void) {
    CHECK_STR(decoded(percent_decode, "%E7%8E%8B%e5%b0%8f+x%40y"), "王小 x@y");
    CHECK_STR(decoded(percent_decode, "+886912%2D345"), "+886912-345");
    CHECK_STR(decoded(percent_decode, "100%"), "100%");
    CHECK_STR(decoded(percent_decode, "%4"), "%4");
    CHECK_STR(decoded(percent_decode, "%zz%41"), "%zzA");
    /* Big5, as forms of pages in Big5 send it: trail bytes that are letters stay letters */
    CHECK_STR(decoded(percent_decode, "%A4%FD%A4p%A9%FA"), "王小明");
    CHECK_STR(decoded(percent_decode, "%B9q%B8%DC+0912"), "電話 0912");
    CHECK_STR(decoded(percent_decode, "%B3%5C"), "許");
    CHECK_STR(decoded(percent_decode, "%A4%FD%A4"), "\xA4\xFD\xA4");
    CHECK_STR(decoded(percent_decode, "%FF%A4p"), "\xFF\xA4p");
    CHECK(percent_encoded(BYTES_LIT("50% off %41")));
    CHECK(!percent_encoded(BYTES_LIT("50% off")));
    CHECK(!percent_encoded(BYTES_LIT("%4")));
    CHECK(!percent_encoded(BYTES_LIT("")));
}

static void test_base64(void) {
    CHECK_STR(decoded(base64_decode, "5aeT5ZCN77ya546L5bCP5piO"), "姓名：王小明");
    CHECK_STR(decoded(base64_decode, "dGVsPTA5MjM0NTYxMjM="), "tel=0923456123");
    CHECK_STR(decoded(base64_decode, "dGVsPTA5MjM0NTYxMjM"), "tel=0923456123");
    CHECK(base64_encoded(BYTES_LIT("dGVsPTA5MjM0NTYxMjM=")));
    CHECK(base64_encoded(BYTES_LIT("5aeT5ZCN77ya546L5bCP5piO")));
    CHECK(!base64_encoded(BYTES_LIT("dGVsPTA5MjM0NTYxMjM==")));
    CHECK(!base64_encoded(BYTES_LIT("dGVs")));
    CHECK(!base64_encoded(BYTES_LIT("two words in it=")));
    CHECK(!base64_encoded(BYTES_LIT("7f3a9c0de1b24f5a86d0c3e79b1f2a4d"))); /* spells no text */
}

static void test_references(void) {
    CHECK_STR(decoded(references_decode, "&#36523;&#x8EAB;&#X8eab;"), "身身身");
    CHECK_STR(decoded(references_decode, "a&amp;b&lt;&gt;&quot;&apos;&nbsp;c"), "a&b<>\"' c");
    CHECK_STR(decoded(references_decode, "&#134071;"), "𠮷");
    CHECK_STR(decoded(references_decode, "&# &#; &#x; &#0; &#xD800; &#99999999; &unknown; & &#12"),
              "&# &#; &#x; &#0; &#xD800; &#99999999; &unknown; & &#12");
}

static const char *pairs_of(const char *text) {
    static struct text_buffer out;
    static struct value_pair pairs[VALUE_PAIRS_MOST];
    bool query;
    text_buffer_clear(&out);
    size_t count = value_pairs_read(bytes_of_string(text), pairs, &query);
    text_buffer_puts(&out, query ? "?" : "");
    for (size_t i = 0; i < count; i++) {
        text_buffer_put(&out, pairs[i].key);
        text_buffer_putc(&out, '>');
        text_buffer_put(&out, pairs[i].value);
        text_buffer_putc(&out, '|');
    }
    return text_buffer_string(&out);
}

static void test_pairs(void) {
    CHECK_STR(pairs_of("name=x&tel=0912345678"), "?name>x|tel>0912345678|");
    CHECK_STR(pairs_of("?name=x&tel="), "?name>x|tel>|");
    CHECK_STR(pairs_of("https://h.example/p?a=1&b=2#top"), "?a>1|b>2|");
    CHECK_STR(pairs_of("tel=0912345678"), "?tel>0912345678|");
    CHECK_STR(pairs_of("%E9%9B%BB%E8%A9%B1=09&x=%31"), "?%E9%9B%BB%E8%A9%B1>09|x>%31|");
    CHECK_STR(pairs_of("100% sure=1&b=2"), "");
    CHECK_STR(pairs_of("name: x; tel: 0912345678;"), "name>x|tel>0912345678|");
    CHECK_STR(pairs_of("姓名：王小明；電話：0912345678"), "姓名>王小明|電話>0912345678|");
    CHECK_STR(pairs_of("姓名:王小明，電話:0912345678"), "姓名>王小明|電話>0912345678|");
    CHECK_STR(pairs_of("a=1\r\nb=2\r\n"), "a>1|b>2|");
}

static void test_no_pairs(void) {
    static const char *const texts[] = {"",
                                        "plain text",
                                        "電話：0912345678，請於下午送達",
                                        "2024-01-01 10:00:00",
                                        "10:00, 11:00",
                                        "https://h.example/path",
                                        "http://h.example:8080/a,b",
                                        "note: see below",
                                        "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
                                        "a=1; b: 2",
                                        "x = (a & b) | c"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK_STR(pairs_of(texts[i]), "");
    }
}

static const struct test_case cases[] = {
    {"percent", test_percent}, {"base64", test_base64},     {"references", test_references},
    {"pairs", test_pairs},     {"no pairs", test_no_pairs},
};

TEST_MAIN(cases)
