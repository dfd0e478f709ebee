/* Kinds: hidden characters and cipher text. */
#include "patterns/card_issuers.h"
#include "patterns/cipher_text.h"
#include "patterns/mask_marks.h"
#include "tests/unit/check.h"
#include "tests/unit/pattern_values.h"

/* ---- hidden characters ---- */

/* Fill the hidden places in all ways. */
static uint64_t count_ids(const struct pattern *pattern, char *symbols, unsigned at) {
    while (at < 10 && symbols[at] != '*') {
        at++;
    }
    if (at == 10) {
        struct reading reading;
        return read_text(pattern, symbols, false, &reading) == READ_YES &&
               (reading.evidence & EVIDENCE_CHECKSUM) != 0;
    }
    uint64_t count = 0;
    for (const char *c = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"; *c != '\0'; c++) {
        symbols[at] = *c;
        count += count_ids(pattern, symbols, at + 1);
    }
    symbols[at] = '*';
    return count;
}

static void residual_of_ids_is_exact(void) {
    static const struct {
        const char *kind, *text;
    } cases[] = {
        {"tw_national_id", "A12****789"},     {"tw_national_id", "A1234567**"},
        {"tw_national_id", "A123*56789"},     {"tw_national_id", "*123456789"},
        {"tw_national_id", "A*23456789"},     {"tw_national_id", "A1*3*5*78*"},
        {"tw_national_id", "A12*4*6*89"},     {"tw_national_id", "**2*456789"},
        {"tw_resident_id", "U8*0*1*518"},     {"tw_resident_id_old", "*B1*34567*"},
        {"tw_resident_id_old", "A*1*3*567*"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pattern *p = patterns[pattern_number(cases[i].kind)];
        char symbols[11];
        struct reading reading;
        (void)snprintf(symbols, sizeof symbols, "%s", cases[i].text);
        uint64_t counted = count_ids(p, symbols, 0);
        enum read_result result = read_text(p, cases[i].text, false, &reading);
        CHECK_INT(result, counted == 0 ? READ_SHAPED : READ_YES);
        if (result == READ_YES) {
            CHECK_INT(reading.residual, counted);
        }
    }
}

static uint64_t count_cards(char *symbols, size_t len, size_t at) {
    while (at < len && symbols[at] != '*') {
        at++;
    }
    if (at == len) {
        return card_issuer_of((const uint8_t *)symbols, len) != NULL && luhn_by_hand(symbols, len);
    }
    uint64_t count = 0;
    for (int digit = '0'; digit <= '9'; digit++) {
        symbols[at] = (char)digit;
        count += count_cards(symbols, len, at + 1);
    }
    symbols[at] = '*';
    return count;
}

static void residual_of_cards_is_exact(void) {
    static const char *const cases[] = {
        "499926****454950", "****269823454950", "**992698234549**",
        "5*99989022*3277*", "3*7*46618944703*", "37**5104808726*",
        "*7995104808726*",  "3**95913246848",   "62**7831261840490"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char symbols[20];
        size_t len = strlen(cases[i]);
        (void)snprintf(symbols, sizeof symbols, "%s", cases[i]);
        CHECK_INT(card_residual(cases[i], len), count_cards(symbols, len, 0));
    }
    CHECK_INT(card_residual("499926******4950", 16), 100000);
    CHECK_INT(card_residual("49992698****4950", 16), 1000);
}

static void wrong_lengths_are_judged_by_what_they_show(void) {
    struct masked_number number;
    CHECK(masked_number_parse(BYTES_LIT("A12*789"), 1, " -", &number));
    CHECK(masked_number_fit(&number, 10));
    CHECK(memcmp(number.symbols, "A12****789", 10) == 0);
    CHECK(masked_number_parse(BYTES_LIT("A12********789"), 1, " -", &number));
    CHECK(masked_number_fit(&number, 10));
    CHECK(memcmp(number.symbols, "A12****789", 10) == 0);
    CHECK(masked_number_parse(BYTES_LIT("A1*3*89"), 1, " -", &number));
    CHECK(!masked_number_fit(&number, 10));
    CHECK(!masked_number_parse(BYTES_LIT("A12----789"), 1, " -", &number));
    CHECK(!masked_number_parse(BYTES_LIT("A12?789"), 1, " -", &number));
}

static void nothing_shown_is_masked(void) {
    static const char *const all[] = {"***",
                                      "********",
                                      "＊＊＊",
                                      "○○○",
                                      "●●●●",
                                      "XXX",
                                      "xxxx",
                                      "****-****",
                                      "[REDACTED]",
                                      "[TW_ID_1]",
                                      "<PERSON>",
                                      "[已遮蔽]",
                                      "[已遮蔽身分證字號]",
                                      "已遮蔽",
                                      "••••"};
    static const char *const not_all[] = {"",    "*",   "x",  "XXL",  "N/A", "--", "",
                                          "[1]", "A**", "ox", "王○○", "<b>", "#1"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        CHECK(mask_hides_all(bytes_of_string(all[i])));
    }
    for (size_t i = 0; i < sizeof not_all / sizeof *not_all; i++) {
        CHECK(!mask_hides_all(bytes_of_string(not_all[i])));
    }
}

static void cipher_text_is_told(void) {
    static const char *const yes[] = {
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "0x5F4DCC3B5AA765D61D8327DEB882CF99",
        "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
        "$2y$10$abcdefghijklmnopqrstuuN7xFq0nqUEB0ZlIYqEVKgZ0c8K3C3dW",
        "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
        "U2FsdGVkX1+vupppZksvRf5pq5g5XjFRIipRkwB0K1Y=",
        "gAAAAABf3x8q9k2J7pYy0h5n",
        "q3Zx8LmPv0sYt5Rk2NwJ7bHd9cGfAe1u",
    };
    static const char *const no[] = {
        "A123456789",
        "4999269823454950",
        "12345678901234567890123456789012",
        "台北市信義區信義路五段7號",
        "someone.with.long.name@example.com",
        "TheQuickBrownFoxJumpsOver1",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "2024-01-31 08:00:00 +0800",
        "ORDER-2024-0131-000012345",
    };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        CHECK(cipher_text_is(bytes_of_string(yes[i])));
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        CHECK(!cipher_text_is(bytes_of_string(no[i])));
    }
}

static const struct test_case cases[] = {
    {"residual_of_ids_is_exact", residual_of_ids_is_exact},
    {"residual_of_cards_is_exact", residual_of_cards_is_exact},
    {"wrong_lengths_are_judged_by_what_they_show", wrong_lengths_are_judged_by_what_they_show},
    {"nothing_shown_is_masked", nothing_shown_is_masked},
    {"cipher_text_is_told", cipher_text_is_told},
};

TEST_MAIN(cases)
