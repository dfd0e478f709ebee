/* Kinds: every row's own examples, without naming a row. */
#include "patterns/districts.h"
#include "tests/random.h"
#include "tests/unit/check.h"
#include "tests/unit/pattern_values.h"

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

static const struct test_case cases[] = {
    {"examples_hold", examples_hold},
    {"names_only_add", names_only_add},
    {"readings_are_sound", readings_are_sound},
    {"shown_is_hidden", shown_is_hidden},
    {"rows_are_complete", rows_are_complete},
    {"any_bytes_are_data", any_bytes_are_data},
    {"random_values_pass_by_chance", random_values_pass_by_chance},
    {"one_check_digit_fits", one_check_digit_fits},
    {"names_settle_doubts", names_settle_doubts},
    {"evidence_speaks_of_the_value", evidence_speaks_of_the_value},
    {"shown_as_promised", shown_as_promised},
    {"extents_are_found", extents_are_found},
    {"shortcuts_agree", shortcuts_agree},
    {"firms_are_no_persons", firms_are_no_persons},
    {"more_extents_are_found", more_extents_are_found},
};

TEST_MAIN(cases)
