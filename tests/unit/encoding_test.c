/* Encodings: what is guessed, that text comes out the same however it is read, and that offsets
 * count the bytes as they stood. */
#include <iconv.h>

#include "core/utf8.h"
#include "decode/encoding/escaped_trails.h"
#include "decode/encoding/regions.h"
#include "decode/encoding/transcode.h"
#include "stepped.h"
#include "tests/random.h"

static enum encoding guess(const char *text) {
    return encoding_guess(bytes_of_string(text), true).encoding;
}

static size_t convert(const char *charset, const char *utf8, uint8_t *out, size_t capacity) {
    iconv_t cd = iconv_open(charset, "UTF-8");
    char *in_at = (char *)(uintptr_t)utf8, *out_at = (char *)out;
    size_t in_left = strlen(utf8), out_left = capacity;
    CHECK(iconv(cd, &in_at, &in_left, &out_at, &out_left) != (size_t)-1);
    iconv_close(cd);
    return capacity - out_left;
}

static const char *const chinese =
    "訂單編號,姓名,身分證字號,電話,地址\n1,王小明,A123456789,0912-345-678,臺北市信義區成功路"
    "四段1號5樓\n2,陳美麗,B223456782,0922-000-111,高雄市三民區建國三路25號\n以上資料由系統自動"
    "產生,請勿外流。許功蓋餐廳股份有限公司\n";

static void test_guess(void) {
    uint8_t room[2048];
    size_t len = convert("CP950", chinese, room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_BIG5);
    CHECK_INT(encoding_guess(bytes_of(room, len - 1), false).encoding, ENCODING_BIG5);
    len = convert("UTF-16LE", chinese, room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_UTF16LE);
    len = convert("UTF-16BE", chinese, room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_UTF16BE);
    len = convert("GB18030",
                  "姓名,身份证号码,联系电话,家庭住址\n张三,李四,王五,赵六\n中华人民"
                  "共和国北京市朝阳区建国门外大街\n",
                  room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_GB18030);
    /* traditional characters, half of which end in an ASCII byte there */
    len = convert("GB18030", chinese, room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_GB18030);
    len = convert("GB18030", "陳美麗,12\n許功蓋,13\n", room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_GB18030);
    /* what is common in both is Big5 */
    len = convert("CP950", "王小明,1\n張淑芬,2\n林志豪,3\n", room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_BIG5);
    /* with characters of four bytes among the others */
    len = convert("GB18030",
                  "姓名,身份证号码,联系电话,家庭住址\n张㐀㐁,李㐂㐃,王㐄㐅,赵㐆㐇\n中华人民"
                  "共和国北京市朝阳区建国门外大街㐈号\n",
                  room, sizeof room);
    CHECK_INT(encoding_guess(bytes_of(room, len), true).encoding, ENCODING_GB18030);
    CHECK_INT(guess(chinese), ENCODING_UTF8);
    CHECK_INT(encoding_guess(bytes_of(chinese, 40), false).encoding, ENCODING_UTF8);
    CHECK_INT(guess(""), ENCODING_UTF8);
    CHECK_INT(guess("\xEF\xBB\xBFname\n"), ENCODING_UTF8);
    CHECK_INT(guess("\xFF\xFEn\x01"), ENCODING_UTF16LE);
    CHECK_INT(guess("\xFE\xFFn\x01"), ENCODING_UTF16BE);
    CHECK_INT(guess("caf\xE9 au lait, cr\xE8me br\xFBl\xE9"
                    "e and other things\n"),
              ENCODING_UNKNOWN_8BIT);
    for (size_t i = 0; i < sizeof room; i++) {
        room[i] = (uint8_t)random_below(256);
    }
    CHECK_INT(encoding_guess(bytes_of(room, sizeof room), true).encoding, ENCODING_BINARY);
    CHECK_INT(encoding_guess(bytes_of("name\0value", 10), true).encoding, ENCODING_UTF8);
    CHECK_STR(encoding_name(ENCODING_BIG5), "big5");
    enum encoding found;
    CHECK(encoding_from_name("MS950", &found) && found == ENCODING_BIG5);
    CHECK(encoding_from_name("UTF8MB4", &found) && found == ENCODING_UTF8);
    CHECK(!encoding_from_name("klingon", &found));
}

static void test_guess_of_dumps(void) {
    CHECK_INT(guess("-- MySQL dump\n/*!40101 SET NAMES big5 */;\nINSERT INTO t VALUES (1);\n"),
              ENCODING_BIG5);
    CHECK_INT(guess("-- MySQL dump\n/*!50503 SET NAMES utf8mb4 */;\nINSERT INTO t VALUES "
                    "('\xA4\xA4\xA4\xE5\xA6\x72');\n"),
              ENCODING_UTF8);
    CHECK_INT(guess("-- PostgreSQL database dump\n\nSET client_encoding = 'BIG5';\n"),
              ENCODING_BIG5);
    CHECK_INT(guess("SET client_encoding = 'SQL_ASCII';\n-- \xA4\xA4\xA4\xE5\xA6\x72\xA4\xA4\n"),
              ENCODING_BIG5);
    CHECK_INT(guess("SET NAMES binary;\n-- \xA4\xA4\xA4\xE5\xA6\x72\xA4\xA4\n"), ENCODING_BIG5);
    CHECK_INT(guess("1 Query  SET NAMES big5\n"), ENCODING_UTF8);
}

/* What comes out, and the widths that its offsets are counted with. */
struct transcoded {
    uint8_t *text;
    size_t len;
    int status;
    char name[32];
};

static const struct encoding_guess by_region = {.encoding = ENCODING_UTF8};

static struct encoding_guess settled(enum encoding encoding) {
    return (struct encoding_guess){.encoding = encoding, .settled = true};
}

/* The original bytes up to EVERY place in the text, by widths, must be where the character was:
 * *at[i] is compared between ways of reading, and with the length of the data at the end. */
static struct transcoded transcode_all(struct bytes data, struct encoding_guess guess, size_t step,
                                       size_t capacity, uint64_t *at, int fails) {
    struct stepped source = stepped_open(data, step);
    struct error err = {0};
    struct transcoding utf8;
    size_t room = data.len * 4 + 64;
    struct transcoded out = {.text = malloc(room)};
    source.fails = fails;
    CHECK_INT(transcode_open(&utf8, &source.base, guess, block64_ops(isa_best()), &err), 0);
    int64_t got;
    do {
        size_t want = room - out.len < capacity ? room - out.len : capacity;
        got = byte_source_read(utf8.source, out.text + out.len, want, &err);
        out.len += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    out.status = (int)got;
    utf8.widths.anchor = out.text;
    for (size_t i = 0; at != NULL && i <= out.len; i++) {
        at[i] = width_before(utf8.widths, bytes_of(out.text, i));
    }
    if (at == NULL) {
        CHECK_INT(width_before(utf8.widths, bytes_of(out.text, out.len)), data.len);
    }
    snprintf(out.name, sizeof out.name, "%s", transcode_encoding_name(&utf8));
    byte_source_close(utf8.source);
    return out;
}

static void check_transcoding(struct bytes data, struct encoding_guess guess) {
    struct transcoded whole = transcode_all(data, guess, SIZE_MAX, SIZE_MAX, NULL, 0);
    if (guess.settled) {
        CHECK(utf8_valid(bytes_of(whole.text, whole.len), UTF8_WHOLE));
    }
    for (size_t i = 0; i < STEPS; i++) {
        for (size_t j = 0; j < STEPS; j++) {
            struct transcoded again = transcode_all(data, guess, steps[i], steps[j], NULL, 0);
            CHECK(again.len == whole.len && memcmp(whole.text, again.text, whole.len) == 0);
            CHECK_STR(again.name, whole.name);
            free(again.text);
        }
    }
    free(whole.text);
}

static void test_transcode_random(void) {
    static const enum encoding encodings[] = {ENCODING_BIG5, ENCODING_GB18030, ENCODING_UTF16LE,
                                              ENCODING_UTF16BE, ENCODING_CP937};
    uint8_t data[700];
    for (unsigned round = 0; round < 60; round++) {
        size_t len = random_below(sizeof data);
        for (size_t i = 0; i < len; i++) {
            uint32_t kind = random_below(4);
            data[i] = kind == 0   ? (uint8_t)random_below(256)
                      : kind == 1 ? (uint8_t)(0x81 + random_below(126))
                      : kind == 2 ? (uint8_t)(0x30 + random_below(80))
                                  : (uint8_t)(0xD8 + random_below(8));
        }
        for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
            check_transcoding(bytes_of(data, len), settled(encodings[e]));
        }
    }
}

static void expect_utf8(enum encoding encoding, struct bytes data, const char *expected) {
    struct transcoded out = transcode_all(data, settled(encoding), SIZE_MAX, SIZE_MAX, NULL, 0);
    CHECK_INT(out.status, 0);
    CHECK_INT(out.len, strlen(expected));
    CHECK(memcmp(out.text, expected, out.len) == 0);
    free(out.text);
}

static void test_transcode(void) {
    uint8_t room[2048];
    expect_utf8(ENCODING_BIG5, bytes_of(room, convert("CP950", chinese, room, sizeof room)),
                chinese);
    expect_utf8(ENCODING_UTF16LE, bytes_of(room, convert("UTF-16LE", chinese, room, sizeof room)),
                chinese);
    expect_utf8(ENCODING_UTF16BE, bytes_of(room, convert("UTF-16BE", chinese, room, sizeof room)),
                chinese);
    expect_utf8(ENCODING_GB18030, bytes_of(room, convert("GB18030", chinese, room, sizeof room)),
                chinese);
    expect_utf8(ENCODING_UTF16LE,
                BYTES_LIT("\xFF\xFE"
                          "A\0\x42\xD8\xB7\xDF"),
                "\xEF\xBB\xBF"
                "A\xF0\xA0\xAE\xB7");
    /* User-defined areas: the first and last characters of each. */
    expect_utf8(ENCODING_BIG5, BYTES_LIT("\xFA\x40\xFE\xFE\x8E\x40\x81\x40\xC6\xA1\xC8\xFE"),
                "\uE000\uE310\uE311\uEEB8\uF6B1\uF848");
    /* A lead byte before a digit, one at the end, a byte that leads nothing. */
    expect_utf8(ENCODING_BIG5,
                BYTES_LIT("\xA4"
                          "1\xFF\xA4"),
                "\xF3\xB0\x82\xA4"
                "1\xF3\xB0\x83\xBF\xF3\xB0\x82\xA4");
}

static void test_transcode_error(void) {
    struct bytes data = BYTES_LIT("ab\xA4\xA4");
    struct transcoded out =
        transcode_all(data, settled(ENCODING_BIG5), 1, 1, NULL, YINMA_E_DAMAGED);
    CHECK_INT(out.len, 5);
    CHECK_INT(out.status, YINMA_E_DAMAGED);
    free(out.text);
    out = transcode_all(data, by_region, 1, 1, NULL, YINMA_E_DAMAGED);
    CHECK_INT(out.len, 5);
    CHECK_INT(out.status, YINMA_E_DAMAGED);
    free(out.text);
}

static void test_cp937(void) {
    uint8_t room[256];
    size_t len = convert("IBM937", "ID A123456789\n王小明,0912\n", room, sizeof room);
    expect_utf8(ENCODING_CP937, bytes_of(room, len), "ID A123456789\n王小明,0912\n");
    /* SI lost at the end of a line; NL ends lines too; the SO stands at the very start. */
    struct bytes data = BYTES_LIT("\x0E\x4C\xDD\x25\xC1\x15\x0E\x4C\xDD\x0F\xC2");
    expect_utf8(ENCODING_CP937, data, "王\nA\n王B");
    uint64_t at[32];
    struct transcoded out = transcode_all(data, settled(ENCODING_CP937), 3, 16, at, 0);
    CHECK_INT(at[3], 3); /* behind 王 */
    CHECK_INT(at[4], 4); /* A */
    CHECK_INT(at[5], 5);
    CHECK_INT(at[6], 7);  /* 王 stands behind the SO */
    CHECK_INT(at[9], 10); /* B behind the SI */
    CHECK_INT(at[10], 11);
    free(out.text);
}

/* ---- regions ---- */

struct mix {
    uint8_t *bytes, *utf8; /* as it stands, and what is expected */
    size_t len, utf8_len;
};

static struct mix mix_new(void) {
    enum { ROOM = 1 << 21 };
    return (struct mix){.bytes = malloc(ROOM), .utf8 = malloc(ROOM)};
}

static void mix_free(struct mix *mix) {
    free(mix->bytes);
    free(mix->utf8);
}

static void mix_put(struct mix *mix, const char *charset, const char *utf8) {
    mix->len += convert(charset, utf8, mix->bytes + mix->len, strlen(utf8));
    memcpy(mix->utf8 + mix->utf8_len, utf8, strlen(utf8));
    mix->utf8_len += strlen(utf8);
}

/* Read any way it is the expected text, and offsets of characters are what they were. */
static void check_mix(const struct mix *mix, const char *name) {
    struct bytes data = bytes_of(mix->bytes, mix->len);
    for (size_t i = 0; i < STEPS; i++) {
        for (size_t j = 0; j < STEPS; j++) {
            if (mix->len > 100000 && steps[i] < 64 && steps[j] < 64) {
                continue;
            }
            struct transcoded out = transcode_all(data, by_region, steps[i], steps[j], NULL, 0);
            CHECK_INT(out.len, mix->utf8_len);
            CHECK(out.len == mix->utf8_len && memcmp(out.text, mix->utf8, out.len) == 0);
            CHECK_STR(out.name, name);
            free(out.text);
        }
    }
}

static void test_region_lines(void) {
    struct mix mix = mix_new();
    mix_put(&mix, "UTF-8", "id,name,note\n");
    for (int i = 0; i < 20; i++) {
        mix_put(&mix, "CP950", "1,王小明,許功蓋成功\n");
        mix_put(&mix, "UTF-8", "2,plain ascii\n");
        mix_put(&mix, "UTF-8", "3,陳美麗,臺北市信義區\n");
    }
    check_mix(&mix, "utf-8+big5");
    struct bytes data = bytes_of(mix.bytes, mix.len);
    uint64_t *at = calloc(mix.utf8_len + 1, sizeof *at);
    struct transcoded out = transcode_all(data, by_region, SIZE_MAX, 4096, at, 0);
    /* Every comma and digit stands where the widths say. */
    for (size_t i = 0; i < out.len; i++) {
        if (out.text[i] < 0x80) {
            CHECK_INT(data.ptr[at[i]], out.text[i]);
        }
    }
    free(at);
    free(out.text);
    mix_free(&mix);
}

static void test_region_fields(void) {
    struct mix mix = mix_new();
    for (int i = 0; i < 5; i++) {
        mix_put(&mix, "UTF-8", "('王小明','");
        mix_put(&mix, "CP950", "高雄市三民區");
        mix_put(&mix, "UTF-8", "','陳美麗'),\n");
    }
    check_mix(&mix, "utf-8+big5");
    mix_free(&mix);
}

static void test_region_late(void) {
    struct mix mix = mix_new();
    while (mix.len < 150000) {
        mix_put(&mix, "UTF-8", "2024-01-01 nothing but ASCII here, for a long time\n");
    }
    mix_put(&mix, "CP950", "2024-01-02 收件人:王小明 電話:0912345678 地址:臺北市成功路\n");
    check_mix(&mix, "big5");
    while (mix.len < 400000) {
        mix_put(&mix, "UTF-8", "2024-01-03 收件人:王小明\n");
    }
    check_mix(&mix, "utf-8+big5");
    mix_free(&mix);
}

static void test_region_long_line(void) {
    struct mix mix = mix_new();
    while (mix.len < 300000) {
        mix_put(&mix, "CP950", "(1,'王小明','許功蓋','臺北市'),");
    }
    check_mix(&mix, "big5");
    mix_free(&mix);
}

/* Short lines of a Big5 file that happen to be valid UTF-8 (C4 AC) stay Big5; what is damaged
 * passes with its width. */
static void test_region_leaning(void) {
    struct mix mix = mix_new();
    for (int i = 0; i < 3; i++) {
        mix_put(&mix, "CP950", "王小明,臺北市\n");
        mix_put(&mix, "CP950", "蘇\n");
    }
    check_mix(&mix, "big5");
    mix_free(&mix);
    struct bytes data = BYTES_LIT("caf\xE9 au lait\ncr\xE8me br\xFBl\xE9"
                                  "e\nna\xEFve\n");
    struct transcoded out = transcode_all(data, by_region, SIZE_MAX, SIZE_MAX, NULL, 0);
    CHECK_INT(out.len, data.len);
    CHECK(memcmp(out.text, data.ptr, data.len) == 0);
    CHECK_STR(out.name, "unknown-8bit");
    free(out.text);
}

static void check_escaped(const char *text, size_t at, size_t skipped) {
    struct bytes all = bytes_of_string(text);
    struct escaped_trail found = {.at = SIZE_MAX};
    CHECK(escaped_trail_find(all, all.len, ENCODING_BIG5, &found) == (at != SIZE_MAX));
    CHECK_INT(found.at, at);
    CHECK_INT(found.skipped, skipped);
}

/* A5 5C is one character of Big5. */
static void test_escaped_trails(void) {
    check_escaped("('\xA5\\', '\xA5\\')", SIZE_MAX, 0);  /* by characters */
    check_escaped("('\xA5\\\\', 'x')", 4, 1);            /* by bytes */
    check_escaped("('\xA4\xA4\\\\', 'x')", SIZE_MAX, 0); /* behind one, not in it */
    check_escaped("('\xA4\xA4\xA5\\\\')", 6, 1);         /* the second one */
    check_escaped("('\xA5\\'x', 'y')", 3, 0);            /* a quote inside */
    check_escaped("('\xA5\\'', 'y')", 3, 0);             /* the same at the end */
    check_escaped("('\xA5\\\\\\'x', 'y')", 3, 0);
    check_escaped("('\xA5\\\\\\', 'y')", SIZE_MAX, 0);
    check_escaped("('\xB7\x9A\\\\', 'y')", 5, 1);   /* 9A ends no character */
    check_escaped("x\t\xA5\\\t0912", SIZE_MAX, 0);  /* a cell between tabs */
    check_escaped("x\t\xA5\\\\\t0912", 4, 1);       /* the same, by bytes */
    check_escaped("C:\\\xA5\\\\file", SIZE_MAX, 0); /* nothing ends here */
    check_escaped("'\xA5\\' \xA5\\", SIZE_MAX, 0);
}

static void test_region_escaped(void) {
    struct mix mix = mix_new();
    for (int i = 0; i < 20; i++) {
        mix_put(&mix, "UTF-8", "('王小明','臺北市'),\n");
        mix_put(&mix, "CP950", "('陳成功");
        mix.bytes[mix.len++] = '\\'; /* of the second half of its last character */
        mix_put(&mix, "CP950", "','許功蓋'),\n");
    }
    check_mix(&mix, "utf-8+big5");
    mix_free(&mix);
}

/* Every variant of the sets says what counting pair by pair says. */
static void test_pairs(void) {
    static const uint8_t alphabet[] = {0x20, 0x30, 0x3F, 0x40, 0x7E, 0x7F, 0x80, 0x81, 0xA0,
                                       0xA1, 0xA4, 0xC6, 0xFE, 0xFF, 0x41, 0x61, 0xA5, 0xB0};
    uint8_t data[200];
    for (unsigned round = 0; round < 20000; round++) {
        /* mostly whole pairs, so that long texts are right often enough */
        size_t len = 0, most = round % sizeof data;
        while (len < most) {
            unsigned pick = (unsigned)random_next();
            bool pair = len + 1 < most && pick % 5 != 0;
            data[len++] = pair ? (uint8_t)(0x81 + pick / 7 % 0x7E) : (uint8_t)(pick / 7 % 0x80);
            if (pair) {
                data[len++] = (uint8_t)(0xA1 + pick / 1000 % 0x5E);
            }
        }
        if (len > 0 && round % 3 == 0) {
            data[(unsigned)random_next() % len] =
                alphabet[(unsigned)random_next() % sizeof alphabet];
        }
        bool big5 = count_pairs(bytes_of(data, len), ENCODING_BIG5, false).broken == 0;
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                const struct block64_ops *ops = block64_ops(isa);
                CHECK_INT(ops->pairs(data, len, 0xA1), big5);
                /* four bytes of GB18030 are no pairs */
                CHECK(!ops->pairs(data, len, 0x80) ||
                      count_pairs(bytes_of(data, len), ENCODING_GB18030, false).broken == 0);
            }
        }
    }
}

static void test_region_random(void) {
    static uint8_t data[70000];
    struct mix mix = mix_new();
    for (unsigned round = 0; round < 12; round++) {
        mix.len = mix.utf8_len = 0;
        size_t target = round % 3 == 0 ? 66000 : 600;
        while (mix.len < target) {
            uint32_t kind = random_below(4);
            size_t len = random_below(40);
            for (size_t i = 0; kind == 0 && i < len; i++) {
                mix.bytes[mix.len++] = (uint8_t)random_below(256);
            }
            if (kind != 0) {
                mix_put(&mix, kind == 1 ? "CP950" : "UTF-8", "王小明,許功蓋\n");
            }
        }
        memcpy(data, mix.bytes, mix.len < sizeof data ? mix.len : sizeof data);
        check_transcoding(bytes_of(data, mix.len < sizeof data ? mix.len : sizeof data), by_region);
    }
    mix_free(&mix);
}

/* A line without anything to cut at, longer than what is decided about at a time. */
static void test_region_of_pairs(void) {
    enum { CHARACTERS = 100000 };
    uint8_t *data = malloc(2 * CHARACTERS + 1);
    CHECK(data != NULL);
    for (size_t i = 0; i < CHARACTERS; i++) {
        memcpy(data + 2 * i + 1, i % 3 == 0 ? "\xB3\x5C" : "\xA4\xFD", 2);
    }
    data[0] = 'a';
    for (size_t skip = 0; skip < 2; skip++) {
        struct bytes text = bytes_of(data + skip, 2 * CHARACTERS + 1 - skip);
        const struct encoding_guess guess = {.encoding = ENCODING_BIG5, .basis = ENCODING_LIKELY};
        struct transcoded out = transcode_all(text, guess, SIZE_MAX, SIZE_MAX, NULL, 0);
        CHECK_INT(out.len, 3 * CHARACTERS + 1 - skip);
        CHECK_STR(out.name, "big5");
        free(out.text);
    }
    free(data);
}

static const struct test_case cases[] = {
    {"guess", test_guess},
    {"guess_of_dumps", test_guess_of_dumps},
    {"transcode", test_transcode},
    {"transcode_random", test_transcode_random},
    {"transcode_error", test_transcode_error},
    {"cp937", test_cp937},
    {"region_lines", test_region_lines},
    {"region_fields", test_region_fields},
    {"region_late", test_region_late},
    {"region_long_line", test_region_long_line},
    {"region_leaning", test_region_leaning},
    {"region_random", test_region_random},
    {"escaped_trails", test_escaped_trails},
    {"region_escaped", test_region_escaped},
    {"pairs", test_pairs},
    {"region_of_pairs", test_region_of_pairs},
};

TEST_MAIN(cases)
