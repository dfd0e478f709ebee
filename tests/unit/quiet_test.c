/* Lines of which it is enough to see one: what numbers have a say in keys, values and words. Their
 * skeletons have skeleton_test.c. */
#include "decode/keyed/values.h"
#include "match/match.h"
#include "tests/unit/check.h"

/* ---- keys and values ---- */

static void numbers_in_keys_and_values(void) {
    static const struct {
        const char *line;
        unsigned most; /* 0: not steady */
    } cases[] = {
        {"GET /item/55941?t=1711920481335 HTTP/1.1\n", 15},
        {"a=1&b=22;c=abc\n", 15},
        {"note=see 12.5, took 3 ms\n", 63},
        {"k=ab12cd34\n", 0},
        {"k=a1\n", 14},
        {"k=12.5.7\n", 15},
        {"tel2=5\n", 0},
        {"user[12]=5\n", 0},
        {"x12 = 5\n", 0},
        {"\"n1\": 5\n", 0},
        {"\"name\": \"x\", \"n\":5\n", 15},
        {"a%3D=5\n", 0},
        {"a=\\x41\n", 0},
        {"a=&#65;\n", 0},
        {"Authorization: BASIC QQ\n", 0},
        {"s: eyJh.eyJi.c\n", 0},
        {"電話=5\n", 0},
        {"nothing 5\n", 63},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned most = 0;
        bool steady = keyed_values_steady(bytes_of_string(cases[i].line), &most);
        CHECK_INT(steady ? most : 0, cases[i].most);
        if ((steady ? most : 0) != cases[i].most) {
            printf("%s", cases[i].line);
        }
    }
}

/* ---- words ---- */

static void numbers_in_words(void) {
    static const struct {
        const char *line;
        bool quiet;
    } cases[] = {
        {"GET /item/55941?t=1711920481335 HTTP/1.1\n", true},
        {"took 12 ms\n", true},
        {"hotel 5\n", true},
        {"tel 5\n", false},
        {"CVV7 5\n", false},
        {"birthday 5\n", false},
        {"m5@shop.example\n", false},
        {"完成 5\n", false},
    };
    struct lexicon *lexicon = lexicon_new();
    struct matcher *matcher;
    struct error err;
    CHECK_INT(matcher_new(isa_best(), lexicon, &matcher, &err), 0);
    struct match_state *state = match_state_new(matcher);
    CHECK(match_knows_quiet(state));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool quiet;
        CHECK_INT(match_quiet_words(state, bytes_of_string(cases[i].line), &quiet, &err), 0);
        CHECK_INT(quiet, cases[i].quiet);
        if (quiet != cases[i].quiet) {
            printf("%s", cases[i].line);
        }
    }
    match_state_free(state);
    matcher_free(matcher);
    lexicon_free(lexicon);
}

static const struct test_case cases[] = {
    {"numbers in keys and values", numbers_in_keys_and_values},
    {"numbers in words", numbers_in_words},
};

TEST_MAIN(cases)
