/* Kinds: every row's own examples, without naming a row; then the facts behind them. */
#include "check.h"
#include "core/utf8.h"
#include "patterns/calendar.h"
#include "patterns/card_issuers.h"
#include "patterns/cipher_text.h"
#include "patterns/digits.h"
#include "patterns/districts.h"
#include "patterns/id_number.h"
#include "patterns/luhn.h"
#include "patterns/mask_marks.h"
#include "patterns/pattern.h"
#include "patterns/surnames.h"
#include "tests/random.h"

static bool is_ascii(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Half width, as collectors do it. BUFFER is as long as TEXT. */
static struct value value_of(const char *text, uint8_t *buffer, bool named) {
    struct bytes folded = bytes_of(buffer, utf8_fold_width(bytes_of_string(text), buffer));
    return (struct value){.text = folded, .ascii = is_ascii(folded), .named = named};
}

static enum read_result read_text(const struct pattern *pattern, const char *text, bool named,
                                  struct reading *out) {
    static uint8_t buffer[4096];
    struct value value = value_of(text, buffer, named);
    return pattern->read(&value, &pattern->policy, out);
}

/* ---- rows ---- */

static void examples_hold(void) {
    for (size_t kind = 0; patterns[kind] != NULL; kind++) {
        const struct pattern *p = patterns[kind];
        unsigned valid = 0, invalid = 0, masked = 0;
        for (const struct pattern_example *e = p->examples; e->text != NULL; e++) {
            struct reading reading;
            enum read_result result = read_text(p, e->text, false, &reading);
            bool ok = result == e->result && (result != READ_YES || reading.state == e->state);
            if (!ok) {
                printf("%s \"%s\": result %d, expected %d; state %d, expected %d\n", p->name,
                       e->text, result, e->result, result == READ_YES ? (int)reading.state : -1,
                       e->state);
            }
            CHECK(ok);
            valid += result == READ_YES && reading.state == STATE_CLEAR;
            masked += result == READ_YES && reading.state != STATE_CLEAR;
            invalid += result != READ_YES;
        }
        CHECK(valid >= 6);
        CHECK(invalid >= 6);
        CHECK(masked >= 2);
    }
}

/* A named field may take more than a lone value, never less. */
static void names_only_add(void) {
    for (size_t kind = 0; patterns[kind] != NULL; kind++) {
        const struct pattern *p = patterns[kind];
        for (const struct pattern_example *e = p->examples; e->text != NULL; e++) {
            struct reading reading;
            if (e->result == READ_YES) {
                CHECK_INT(read_text(p, e->text, true, &reading), READ_YES);
                CHECK_INT(reading.state, e->state);
            }
        }
    }
}

static void readings_are_sound(void) {
    for (size_t kind = 0; patterns[kind] != NULL; kind++) {
        const struct pattern *p = patterns[kind];
        for (const struct pattern_example *e = p->examples; e->text != NULL; e++) {
            struct reading r;
            memset(&r, 0xEE, sizeof r);
            if (read_text(p, e->text, false, &r) != READ_YES) {
                continue;
            }
            CHECK(r.form_len <= FORM_MAX);
            CHECK((r.form_len == 0) == (r.state == STATE_CLEAR || r.state == STATE_ENCRYPTED));
            CHECK(utf8_valid(bytes_of(r.form, r.form_len), UTF8_WHOLE));
            CHECK(r.normal.len > 0);
            if (r.form_len != 0) {
                CHECK(memchr(r.form, '*', r.form_len) != NULL);
            }
        }
    }
}

/* What is shown reads as well hidden, and showing it again changes nothing. */
static void shown_is_hidden(void) {
    struct text_buffer once, twice;
    text_buffer_init(&once, 0);
    text_buffer_init(&twice, 0);
    for (size_t kind = 0; patterns[kind] != NULL; kind++) {
        const struct pattern *p = patterns[kind];
        for (const struct pattern_example *e = p->examples; e->text != NULL; e++) {
            uint8_t buffer[4096];
            struct value value = value_of(e->text, buffer, false);
            text_buffer_clear(&once);
            text_buffer_clear(&twice);
            p->show(value.text, &once);
            p->show(text_buffer_view(&once), &twice);
            struct reading reading;
            CHECK(once.len > 0);
            CHECK_STR(text_buffer_string(&twice), text_buffer_string(&once));
            if (e->result != READ_YES) {
                continue;
            }
            enum read_result result = read_text(p, text_buffer_string(&once), false, &reading);
            bool ok = result == READ_YES && reading.state == STATE_MASKED;
            if (!ok) {
                printf("%s \"%s\" is shown as \"%s\": result %d state %d\n", p->name, e->text,
                       text_buffer_string(&once), result, (int)reading.state);
            }
            CHECK(ok);
        }
    }
    text_buffer_release(&once);
    text_buffer_release(&twice);
}

static void rows_are_complete(void) {
    CHECK(pattern_count() > 0 && pattern_count() <= PATTERN_MAX);
    for (unsigned kind = 0; kind < pattern_count(); kind++) {
        const struct pattern *p = patterns[kind];
        CHECK_INT(pattern_number(p->name), kind);
        CHECK(p->title != NULL && p->title[0] != '\0');
        CHECK(p->check != NULL && p->check[0] != '\0');
        CHECK(p->chance > 0 && p->chance <= 1);
        CHECK(p->read != NULL && p->show != NULL && p->examples != NULL);
        CHECK(p->company == NULL || pattern_number(p->company) >= 0);
        bool anchored = p->anchors != NULL || p->anchor_byte != 0 || p->shape.followed_by != NULL;
        CHECK((p->extent != NULL) == anchored);
        CHECK(p->shape.digits_min <= p->shape.digits_max);
    }
    CHECK_INT(pattern_number("no_such_kind"), -1);
    CHECK_INT(role_number("invoice_number"), 0);
    CHECK_INT(role_number("no_such_role"), -1);
}

/* Anything at all: no crash, no read outside (sanitizers), no clear value shown whole. */
static void any_bytes_are_data(void) {
    static const char alphabet[] = "0123456789**xXO#-/. ()+@AzZ王明○●號路市台";
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    for (unsigned round = 0; round < 40000; round++) {
        size_t len = random_below(40);
        uint8_t *text = malloc(len + 1); /* exactly as long: sanitizers see one byte too many */
        if (text == NULL) {
            break;
        }
        for (size_t i = 0; i < len; i++) {
            text[i] = round % 4 == 0 ? (uint8_t)random_below(256)
                                     : (uint8_t)alphabet[random_below(sizeof alphabet - 1)];
        }
        struct value value = {.text = bytes_of(text, len),
                              .ascii = is_ascii(bytes_of(text, len)),
                              .number = random_below(2) == 0,
                              .named = random_below(2) == 0};
        for (size_t kind = 0; patterns[kind] != NULL; kind++) {
            struct reading reading;
            (void)patterns[kind]->read(&value, &patterns[kind]->policy, &reading);
            text_buffer_clear(&shown);
            patterns[kind]->show(value.text, &shown);
            size_t begin, end;
            if (patterns[kind]->extent != NULL && len != 0 &&
                patterns[kind]->extent(value.text, random_below((unsigned)len), &begin, &end)) {
                CHECK(begin < end && end <= len);
            }
        }
        free(text);
    }
    text_buffer_release(&shown);
}

/* ---- checks ---- */

static void random_values_pass_by_chance(void) {
    const struct pattern *id = patterns[pattern_number("tw_national_id")];
    const struct pattern *card = patterns[pattern_number("card_number")];
    unsigned yes = 0, shaped = 0, card_yes = 0, card_shaped = 0;
    for (unsigned i = 0; i < 200000; i++) {
        char text[17];
        struct reading reading;
        text[0] = (char)('A' + random_below(26));
        for (unsigned at = 1; at < 16; at++) {
            text[at] = (char)('0' + random_below(10));
        }
        text[10] = '\0';
        enum read_result result = read_text(id, text, false, &reading);
        yes += result == READ_YES;
        shaped += result == READ_SHAPED;
        for (unsigned at = 0; at < 16; at++) {
            text[at] = (char)('0' + random_below(10));
        }
        text[16] = '\0';
        result = read_text(card, text, false, &reading);
        card_yes += result == READ_YES;
        card_shaped += result == READ_SHAPED;
    }
    /* 2 % of letter and nine digits, one in ten of those with 1 or 2 */
    CHECK(yes > 3700 && yes < 4300);
    CHECK(yes * 10 > (yes + shaped) * 9 / 10 && yes * 10 < (yes + shaped) * 11 / 10);
    CHECK(card_yes * 10 > (card_yes + card_shaped) * 9 / 10);
    CHECK(card_yes * 10 < (card_yes + card_shaped) * 11 / 10);
}

/* Every check digit but one fails. */
static void one_check_digit_fits(void) {
    const struct pattern *id = patterns[pattern_number("tw_resident_id_old")];
    for (unsigned i = 0; i < 2000; i++) {
        char text[11] = {(char)('A' + random_below(26)), (char)('A' + random_below(4))};
        unsigned fits = 0;
        for (unsigned at = 2; at < 9; at++) {
            text[at] = (char)('0' + random_below(10));
        }
        for (int digit = '0'; digit <= '9'; digit++) {
            struct reading reading;
            text[9] = (char)digit;
            fits += read_text(id, text, false, &reading) == READ_YES &&
                    (reading.evidence & EVIDENCE_CHECKSUM) != 0;
        }
        CHECK_INT(fits, 1);
    }
}

static bool luhn_by_hand(const char *text, size_t len) {
    unsigned sum = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(text[len - 1 - i] - '0');
        unsigned add = i % 2 == 1 ? digit * 2 : digit;
        sum += add / 10 + add % 10;
    }
    return sum % 10 == 0;
}

static void luhn_agrees_with_the_definition(void) {
    for (unsigned i = 0; i < 50000; i++) {
        char text[20];
        size_t len = 12 + random_below(8);
        for (size_t at = 0; at < len; at++) {
            text[at] = (char)('0' + random_below(10));
        }
        CHECK(luhn_valid((const uint8_t *)text, len) == luhn_by_hand(text, len));
    }
}

static void digits_eight_at_a_time(void) {
    for (unsigned byte = 0; byte < 256; byte++) {
        for (unsigned at = 0; at < 8; at++) {
            uint8_t text[8] = {'2', '0', '1', '9', '0', '4', '1', '2'};
            text[at] = (uint8_t)byte;
            CHECK(digits_are8(digits_load8(text)) == byte_is_digit((uint8_t)byte));
        }
    }
}

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

/* ---- what the field's name adds ---- */

static void names_settle_doubts(void) {
    static const struct {
        const char *kind, *text, *normal;
        bool number;
    } cases[] = {
        {"phone_landline", "0223456781", "0223456781", false},
        {"phone_landline", "2345-6781", "23456781", false},
        {"phone_landline", "223456781", "0223456781", true},
        {"phone_landline", "+886-2-2345-6781", "0223456781", false},
        {"phone_mobile", "923456123", "0923456123", true},
        {"phone_mobile", "+886 (0)923-456-123", "0923456123", false},
        {"card_number", "2501311524371235", "2501311524371235", false},
        {"card_security_code", "7", "7", true},
        {"tw_national_id", "a143231948", "A143231948", false},
        {"person_name", "Chen, Mei-Hui", "Chen, Mei-Hui", false},
        {"person_name", "檢大明", "檢大明", false},
        {"address", "信義路五段7號", "信義路五段7號", false},
        {"address", "郵政信箱 12-34", "郵政信箱 12-34", false},
        {"email", "Jolin@Mail.Tw", "JOLIN@MAIL.TW", false},
        {"birth_date", "民國85年3月7日", "19960307", false},
        {"birth_date", "80307", "19190307", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pattern *p = patterns[pattern_number(cases[i].kind)];
        uint8_t buffer[256];
        struct reading reading;
        struct value value = value_of(cases[i].text, buffer, true);
        value.number = cases[i].number;
        enum read_result result = p->read(&value, &p->policy, &reading);
        bool ok = result == READ_YES && reading.state == STATE_CLEAR &&
                  bytes_equal(reading.normal, bytes_of_string(cases[i].normal));
        if (!ok) {
            printf("%s \"%s\" as named: result %d\n", p->name, cases[i].text, result);
        }
        CHECK(ok);
    }
    struct reading reading;
    const struct pattern *address = patterns[pattern_number("address")];
    CHECK_INT(read_text(address, "台北市信義區", true, &reading), READ_YES);
    CHECK_INT(reading.state, STATE_MASKED); /* cut off at the district */
    const struct pattern *email = patterns[pattern_number("email")];
    CHECK_INT(read_text(email, "us****om", true, &reading), READ_YES);
    CHECK_INT(reading.state, STATE_MASKED);
}

static void evidence_speaks_of_the_value(void) {
    static const struct {
        const char *kind, *text;
        uint32_t expected;
    } cases[] = {
        {"tw_national_id", "A123456789", EVIDENCE_CHECKSUM | EVIDENCE_DUMMY},
        {"tw_national_id", "A111111111", EVIDENCE_DUMMY},
        {"tw_national_id", "A143231948", EVIDENCE_CHECKSUM},
        {"tw_national_id", "A12****789", EVIDENCE_MASK_FORM},
        {"tw_national_id", "******6789", 0},
        {"tw_national_id", "**********", 0},
        {"card_number", "4111111111111111", EVIDENCE_CHECKSUM | EVIDENCE_PREFIX | EVIDENCE_DUMMY},
        {"card_number", "4311-9522-2222-2222", EVIDENCE_PREFIX | EVIDENCE_DUMMY | EVIDENCE_LAYOUT},
        {"card_number", "************1234", EVIDENCE_MASK_FORM},
        {"phone_mobile", "0912345678", EVIDENCE_PREFIX | EVIDENCE_DUMMY},
        {"phone_mobile", "0923-456-123", EVIDENCE_PREFIX | EVIDENCE_LAYOUT},
        {"email", "someone@example.com", EVIDENCE_LAYOUT | EVIDENCE_DUMMY},
        {"person_name", "王小明", EVIDENCE_WORDS},
        {"card_security_code", "581", 0},
        {"birth_date", "1900-01-01", EVIDENCE_DUMMY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading;
        const struct pattern *p = patterns[pattern_number(cases[i].kind)];
        CHECK_INT(read_text(p, cases[i].text, false, &reading), READ_YES);
        CHECK_INT(reading.evidence, cases[i].expected);
    }
}

static void shown_as_promised(void) {
    static const struct {
        const char *kind, *text, *shown;
    } cases[] = {
        {"card_number", "4999-2698-2345-4950", "************4950"},
        {"card_number", "4999-26XX-XXXX-4950", "************4950"},
        {"card_number", "379951048087263", "***********7263"},
        {"tw_national_id", "A143231948", "A14****948"},
        {"tw_national_id", "A123456***", "A12*******"},
        {"phone_mobile", "+886-923-456-123", "0923***123"},
        {"phone_landline", "(02)2345-6781#12", "02-****6781"},
        {"phone_landline", "037-234567", "037-****67"},
        {"person_name", "王小明", "王○明"},
        {"person_name", "李安", "李○"},
        {"person_name", "歐陽菲菲", "歐陽○菲"},
        {"person_name", "John Smith", "J***"},
        {"address", "110台北市信義區信義路5段7號", "台北市信義區***"},
        {"address", "No. 7, Sec. 5", "***"},
        {"email", "jolin@x.com", "j***@x.com"},
        {"birth_date", "民國69年3月7日", "1980-**-**"},
        {"card_security_code", "123", "***"},
        {"tw_national_id", "5f4dcc3b5aa765d61d8327deb882cf99", "***"},
    };
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text_buffer_clear(&shown);
        patterns[pattern_number(cases[i].kind)]->show(bytes_of_string(cases[i].text), &shown);
        CHECK_STR(text_buffer_string(&shown), cases[i].shown);
    }
    text_buffer_release(&shown);
}

/* ---- values inside text ---- */

static void extents_are_found(void) {
    static const struct {
        const char *kind, *text, *anchor, *expected; /* NULL = none */
    } cases[] = {
        {"email", "mail to <jolin.chen@x.com.tw>, please", "@", "jolin.chen@x.com.tw"},
        {"email", "請寄到jolin@x.com。", "@", "jolin@x.com"},
        {"email", "email=jolin@x.com&id=3", "@", "jolin@x.com"},
        {"email", "I am j***@x.com.", "@", "j***@x.com"},
        {"email", "user@host", "@", NULL},
        {"address", "送到台北市信義區信義路五段7號89樓之1，謝謝", "台北市",
         "台北市信義區信義路五段7號89樓之1"},
        {"address", "住臺南市東區府連路12號王小明收", "臺南市", "臺南市東區府連路12號"},
        {"address", "台北市信義區○○路○段○號,x", "台北市", "台北市信義區○○路○段○號"},
        {"address", "台北市信義區*** 0912", "台北市", "台北市信義區***"},
        {"address", "台北市政府今天宣布", "台北市", NULL},
        {"address", "台北市今年有3個活動", "台北市", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bytes text = bytes_of_string(cases[i].text);
        size_t anchor = bytes_find(text, bytes_of_string(cases[i].anchor)), begin = 0, end = 0;
        bool found = patterns[pattern_number(cases[i].kind)]->extent(text, anchor, &begin, &end);
        struct bytes value = bytes_of(text.ptr + begin, end - begin);
        bool ok = found == (cases[i].expected != NULL) &&
                  (!found || bytes_equal(value, bytes_of_string(cases[i].expected)));
        if (!ok) {
            printf("\"%s\": found \"%.*s\"\n", cases[i].text, found ? (int)value.len : 0,
                   (const char *)value.ptr);
        }
        CHECK(ok);
    }
}

/* ---- tables ---- */

static void districts_are_sorted(void) {
    unsigned now = 0;
    for (size_t i = 0; i < district_count; i++) {
        now += districts[i].use == DISTRICT_NOW;
        CHECK(county_at_start(bytes_of_string(districts[i].county)) == 9);
        CHECK(district_at_start(bytes_of_string(districts[i].name)) == strlen(districts[i].name));
        if (i > 0) {
            int order = strcmp(districts[i - 1].name, districts[i].name);
            CHECK(order < 0 ||
                  (order == 0 && strcmp(districts[i - 1].county, districts[i].county) < 0));
        }
    }
    CHECK_INT(now, 368);
    CHECK_INT(district_at_start(BYTES_LIT("霧臺鄉霧台村")), 9);
    CHECK_INT(district_at_start(BYTES_LIT("三地門鄉")), 12);
    CHECK_INT(district_at_start(BYTES_LIT("沒有這區")), 0);
    CHECK_INT(county_at_start(BYTES_LIT("臺北市")), 9);
    CHECK_INT(county_at_start(BYTES_LIT("火星市")), 0);
}

static void issuers_are_sorted(void) {
    for (size_t i = 0; i < card_issuer_count; i++) {
        const struct card_issuer *row = &card_issuers[i];
        CHECK(row->first <= row->last && row->lengths != 0);
        CHECK(i == 0 || card_issuers[i - 1].last < row->first);
        for (unsigned prefix = row->first; prefix <= row->last; prefix++) {
            char text[8];
            (void)snprintf(text, sizeof text, "%04u", prefix);
            size_t len = (size_t)__builtin_ctz(row->lengths);
            CHECK(card_issuer_of((const uint8_t *)text, len) == row);
        }
    }
}

static void dummies_are_known(void) {
    static const char *const cards[] = {
        "4111111111111111", "5555555555554444",    "378282246310005",  "30569309025904",
        "3566111111111113", "6205500000000000004", "4311952222222222", "4000221111111111",
        "340353278080900",  "4003551111111111",    "5413330089010434", "4761739001010010",
        "5105105105105100", "4166676667666746",    "3530111333300000", "2223003122003222",
        "36227206271667",   "38520000023237",      "371449635398431",  "4543474002249996",
        "5577000055770004", "6011000990139424",    "6250941006528599", "4147631000000001",
        "4242424242424242", "4988438843884305",    "5136333333333335", "5200828282828210",
        "5399999999999999", "5454545454545454",    "3569990010095841", "343434343434343",
        "4000002500003155", "4000056655665556",    "6011111111111117", "3566002020360505",
        "376000000000006",  "2223000048400011",    "4012888888881881", "4917610000000000",
        "3056930009020004", "6200000000000005",    "4000000000000002", "378734493671000",
    };
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        CHECK(card_is_dummy((const uint8_t *)cards[i], strlen(cards[i])));
    }
    CHECK(!card_is_dummy((const uint8_t *)"4999269823454950", 16));
}

static void surnames_are_known(void) {
    CHECK(surname_is_single((const uint8_t *)"陳"));
    CHECK(surname_is_single((const uint8_t *)"凃"));
    CHECK(surname_is_single((const uint8_t *)"包"));
    CHECK(surname_is_single((const uint8_t *)"向"));
    CHECK(!surname_is_single((const uint8_t *)"的"));
    CHECK(surname_is_compound((const uint8_t *)"張簡"));
    CHECK(surname_is_compound((const uint8_t *)"赫連"));
    CHECK(!surname_is_compound((const uint8_t *)"簡張"));
}

/* What the short way of reading names and addresses must leave to the long one. */
static void shortcuts_agree(void) {
    static const struct {
        const char *kind, *text;
        enum mask_state state;
    } cases[] = {
        {"person_name", "黃怡君", STATE_CLEAR},
        {"person_name", "歐陽怡君", STATE_CLEAR},
        {"person_name", "黃君", STATE_MASKED},
        {"person_name", "歐陽君", STATE_MASKED},
        {"person_name", "陳王美玉", STATE_CLEAR},
        {"address", "台北市信義區信義路五段7號12樓", STATE_CLEAR},
        {"address", "台北市信義區信義路五段7號*樓", STATE_WEAK},
        {"address", "台北市信義區信義路五段x號", STATE_MASKED},
        {"address", "新竹縣竹北市光明六路10號3樓之2", STATE_CLEAR},
        {"phone_landline", "(02) 2345-6781", STATE_CLEAR},
        {"phone_landline", "04-23451234", STATE_CLEAR},
        {"phone_landline", "02-2345-678*", STATE_WEAK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading;
        const struct pattern *kind = patterns[pattern_number(cases[i].kind)];
        CHECK_INT(read_text(kind, cases[i].text, true, &reading), READ_YES);
        CHECK_INT(reading.state, cases[i].state);
    }
    static const char *const county_names[] = {COUNTY_NAMES, NULL};
    for (size_t i = 0; county_names[i] != NULL; i++) {
        CHECK(county_at_start(bytes_of_string(county_names[i])) == strlen(county_names[i]));
    }
    CHECK(county_at_start(BYTES_LIT("台東市中山路")) == 0);
    CHECK(county_at_start(BYTES_LIT("苗栗市中山路")) == 0);
}

/* In a field of names: firms and words for nobody are no persons, Latin names are. */
static void firms_are_no_persons(void) {
    const struct pattern *name = patterns[pattern_number("person_name")];
    static const char *const persons[] = {"CHEN, MEI-HUI", "CHEN/MEI HUI", "Mei-Hui Chen",
                                          "歐陽菲菲"};
    static const char *const others[] = {"台灣物流股份有限公司",
                                         "江翠門市",
                                         "桃園客服",
                                         "客服中心",
                                         "大明企業",
                                         "N/A",
                                         "null",
                                         "unknown",
                                         "林口倉庫"};
    struct reading reading;
    for (size_t i = 0; i < sizeof persons / sizeof *persons; i++) {
        CHECK_INT(read_text(name, persons[i], true, &reading), READ_YES);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        CHECK(read_text(name, others[i], true, &reading) != READ_YES);
    }
}

/* Values around what gives them away, in a longer text. */
static void more_extents_are_found(void) {
    static const struct {
        const char *kind, *text, *anchor, *value; /* NULL = none */
    } cases[] = {
        {"password", "redis://app:S3cr3tPw@cache.shop.tw:6379/0", "://", "S3cr3tPw"},
        {"password", "see https://shop.tw/a:b and mail@shop.tw", "://", NULL},
        {"password", "https://user:pass@example.com/", "://", NULL},
        {"email", "redis://app:S3cr3tPw@cache.shop.tw:6379/0", "@", NULL},
        {"email", "ssh://git@code.shop.tw/x", "@", NULL},
        {"email", "to:ming.wang@shop.tw", "@", "ming.wang@shop.tw"},
        {"card_track", "read ;4999269823454950=28121011234567890? end", "4999",
         ";4999269823454950=28121011234567890?"},
        {"card_track", "x %B4999269823454950^CHEN/MEI HUI^2812101123?", "4999",
         "%B4999269823454950^CHEN/MEI HUI^2812101123?"},
        {"card_track", "id=4999269823454950=281", "4999", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bytes text = bytes_of_string(cases[i].text);
        size_t anchor = bytes_find(text, bytes_of_string(cases[i].anchor)), begin = 0, end = 0;
        const struct pattern *kind = patterns[pattern_number(cases[i].kind)];
        bool found = kind->extent(text, anchor, &begin, &end);
        CHECK(found == (cases[i].value != NULL));
        if (found && cases[i].value != NULL) {
            CHECK(bytes_equal(bytes_of(text.ptr + begin, end - begin),
                              bytes_of_string(cases[i].value)));
        }
    }
}

static void calendar_knows_leap_years(void) {
    struct calendar_date date;
    CHECK_INT(calendar_days(2024, 2), 29);
    CHECK_INT(calendar_days(1900, 2), 28);
    CHECK_INT(calendar_days(2000, 2), 29);
    CHECK_INT(calendar_days(2023, 13), 0);
    CHECK(calendar_read(BYTES_LIT("0890229"), &date) && date.year == 2000 && date.day == 29);
    CHECK(!calendar_read(BYTES_LIT("0880229"), &date));
    CHECK(!calendar_read(BYTES_LIT("1996-03-07 and more"), &date));
}

static const struct test_case cases[] = {
    {"examples_hold", examples_hold},
    {"names_only_add", names_only_add},
    {"readings_are_sound", readings_are_sound},
    {"shown_is_hidden", shown_is_hidden},
    {"rows_are_complete", rows_are_complete},
    {"any_bytes_are_data", any_bytes_are_data},
    {"random_values_pass_by_chance", random_values_pass_by_chance},
    {"one_check_digit_fits", one_check_digit_fits},
    {"luhn_agrees_with_the_definition", luhn_agrees_with_the_definition},
    {"digits_eight_at_a_time", digits_eight_at_a_time},
    {"residual_of_ids_is_exact", residual_of_ids_is_exact},
    {"residual_of_cards_is_exact", residual_of_cards_is_exact},
    {"wrong_lengths_are_judged_by_what_they_show", wrong_lengths_are_judged_by_what_they_show},
    {"nothing_shown_is_masked", nothing_shown_is_masked},
    {"cipher_text_is_told", cipher_text_is_told},
    {"names_settle_doubts", names_settle_doubts},
    {"evidence_speaks_of_the_value", evidence_speaks_of_the_value},
    {"shown_as_promised", shown_as_promised},
    {"extents_are_found", extents_are_found},
    {"districts_are_sorted", districts_are_sorted},
    {"issuers_are_sorted", issuers_are_sorted},
    {"dummies_are_known", dummies_are_known},
    {"surnames_are_known", surnames_are_known},
    {"shortcuts_agree", shortcuts_agree},
    {"firms_are_no_persons", firms_are_no_persons},
    {"more_extents_are_found", more_extents_are_found},
    {"calendar_knows_leap_years", calendar_knows_leap_years},
};

TEST_MAIN(cases)
