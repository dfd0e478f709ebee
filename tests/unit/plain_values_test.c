/* pattern.read_plain is the quick twin of pattern.read: what it takes, read() must take as a clear
 * value with the same evidence and the same normal form. Asked with examples of all kinds, with
 * numbers that look random, and with both after one byte was changed. */
#include "check.h"
#include "core/segment.h"
#include "core/utf8.h"
#include "patterns/address_outline.h"
#include "patterns/kinds/kinds.h"
#include "patterns/number_form.h"
#include "patterns/numbering_plan.h"
#include "patterns/surnames.h"
#include "tests/random.h"

enum { TEXT_MAX = 200, ROUNDS = 400 };

#define CHECK_SAYS(condition, ...)                                                                 \
    do {                                                                                           \
        bool holds_ = (condition);                                                                 \
        CHECK(holds_);                                                                             \
        if (!holds_) {                                                                             \
            printf("    " __VA_ARGS__);                                                            \
            printf("\n");                                                                          \
        }                                                                                          \
    } while (0)

struct texts {
    uint8_t bytes[VALUE_COLUMN_MAX][TEXT_MAX + SEGMENT_PADDING];
    struct value_column column;
};

static void add_text(struct texts *texts, struct bytes text) {
    struct value_column *column = &texts->column;
    if (column->count < VALUE_COLUMN_MAX && text.len > 0 && text.len <= TEXT_MAX) {
        uint8_t *at = texts->bytes[column->count];
        memset(at, '7', sizeof texts->bytes[0]); /* digits behind a value do not belong to it */
        memcpy(at, text.ptr, text.len);
        column->at[column->count] = at;
        column->len[column->count++] = (uint32_t)text.len;
    }
}

/* Addresses with everything that may stand at their ends, some of it broken. */
static void add_addresses(struct texts *texts, unsigned count) {
    static const char *const parts[] = {
        "臺北市", "新竹縣", "100", "100-03 ", "信義區", "霧臺鄉", "中正路", "一段", "12", "3",
        "號",     "号",     "巷",  "5弄",     "之",     "2樓",    "7F",     "x",    "*",  "○",
        "、",     "\xE8",   " ",   "\x99",    "王小明", "-",      "（",     "10",   "號", "里"};
    enum { PARTS = sizeof parts / sizeof *parts };
    for (unsigned i = 0; i < count; i++) {
        char text[TEXT_MAX] = "臺北市信義區忠孝東路五段";
        unsigned kept = random_below(4) == 0 ? 0 : random_below(2) != 0 ? 36 : 18;
        text[kept] = '\0';
        for (unsigned more = 1 + random_below(7); more > 0; more--) {
            strcat(text, parts[random_below(3) == 0 ? 8 + random_below(3) : random_below(PARTS)]);
        }
        add_text(texts, bytes_of_string(text));
    }
}

static void add_names(struct texts *texts, unsigned count) {
    static const char *const parts[] = {"王", "陳", "歐", "陽",   "范", "姜", "君",
                                        "生", "師", "店", "小",   "明", "美", "惠",
                                        "玉", "○",  "A",  "\xE9", "㐀"};
    enum { PARTS = sizeof parts / sizeof *parts };
    for (unsigned i = 0; i < count; i++) {
        char text[TEXT_MAX] = "";
        strcat(text, parts[random_below(6)]);
        for (unsigned more = random_below(8) == 0 ? random_below(5) : 2; more > 0; more--) {
            strcat(text, parts[random_below(PARTS)]);
        }
        add_text(texts, bytes_of_string(text));
    }
}

/* Every kind's examples meet every kind. */
static void add_examples(struct texts *texts, const struct pattern *pattern) {
    for (const struct pattern_example *e = pattern->examples; e->text != NULL; e++) {
        add_text(texts, bytes_of_string(e->text));
    }
}

static void add_numbers(struct texts *texts) {
    static const char *const forms[] = {
        "A1########",        "D2########",   "A8########",  "09########",  "4###############",
        "5[############]##", "02-####-####", "03-###-####", "04-########", "###"};
    while (texts->column.count < VALUE_COLUMN_MAX) {
        char text[32];
        snprintf(text, sizeof text, "%s", forms[random_below(sizeof forms / sizeof *forms)]);
        for (char *c = text; *c != '\0'; c++) {
            if (strchr("#[]", *c) != NULL) {
                *c = "0123456789"[random_below(10)];
            }
        }
        add_text(texts, bytes_of_string(text));
    }
}

static void spoil_one_byte(struct texts *texts) {
    static const char bytes[] = "0123456789 -*XxoO#.,()Aa\xE3\xEF";
    for (size_t i = 0; i < texts->column.count; i++) {
        texts->bytes[i][random_below(texts->column.len[i])] =
            (uint8_t)bytes[random_below(sizeof bytes - 1)];
    }
}

static void agrees(const struct pattern *pattern, const struct value_column *column, size_t i) {
    struct bytes text = bytes_of(column->at[i], column->len[i]);
    uint8_t folded[TEXT_MAX];
    struct bytes half = bytes_of(folded, utf8_fold_width(text, folded));
    bool ascii = true;
    for (size_t at = 0; at < half.len; at++) {
        ascii &= half.ptr[at] < 0x80;
    }
    struct value value = {.text = bytes_trim(half), .ascii = ascii, .named = column->named};
    struct reading reading;
    enum read_result result = pattern->read(&value, &pattern->policy, &reading);
    CHECK_SAYS(result == READ_YES && reading.state == STATE_CLEAR, "%s takes %.*s", pattern->name,
               (int)text.len, (const char *)text.ptr);
    CHECK_SAYS(reading.evidence == pattern->plain_evidence, "%s %.*s: other evidence",
               pattern->name, (int)text.len, (const char *)text.ptr);
    struct bytes normal =
        column->normal_written ? bytes_of(column->normal[i], column->normal_len[i]) : text;
    CHECK_SAYS(bytes_equal(reading.normal, normal), "%s %.*s: other normal form", pattern->name,
               (int)text.len, (const char *)text.ptr);
}

/* Whatever instructions there are: the same values are plain. */
static void same_for_all(const struct pattern *pattern, struct value_column *column) {
    bool plain[VALUE_COLUMN_MAX];
    column->isa = ISA_SCALAR;
    pattern->read_plain(column);
    memcpy(plain, column->plain, sizeof plain);
    for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
        column->isa = isa;
        if (isa_available(isa)) {
            pattern->read_plain(column);
            CHECK_SAYS(memcmp(plain, column->plain, column->count * sizeof *plain) == 0, "%s by %s",
                       pattern->name, isa_name(isa));
        }
    }
}

static size_t check_kind(const struct pattern *pattern, struct texts *texts) {
    size_t taken = 0;
    for (unsigned named = 0; named < 2; named++) {
        texts->column.named = named != 0;
        texts->column.normal_written = false;
        same_for_all(pattern, &texts->column);
        for (size_t i = 0; i < texts->column.count; i++) {
            if (texts->column.plain[i]) {
                agrees(pattern, &texts->column, i);
                taken++;
            }
        }
    }
    return taken;
}

static void plain_is_what_read_says(void) {
    struct texts *texts = calloc(1, sizeof *texts);
    if (texts == NULL) {
        CHECK(texts != NULL);
        return;
    }
    for (unsigned kind = 0; patterns[kind] != NULL; kind++) {
        size_t taken = 0;
        for (unsigned round = 0; patterns[kind]->read_plain != NULL && round < ROUNDS; round++) {
            texts->column.count = 0;
            add_examples(texts, patterns[round % pattern_count()]);
            add_addresses(texts, 16);
            add_names(texts, 32);
            add_numbers(texts);
            taken += check_kind(patterns[kind], texts);
            spoil_one_byte(texts);
            taken += check_kind(patterns[kind], texts);
        }
        CHECK_SAYS(patterns[kind]->read_plain == NULL || taken > 100, "%s takes %zu values only",
                   patterns[kind]->name, taken);
    }
    free(texts);
}

/* Outlines are the same whatever makes them, and what they take is taken without them. */
static void outlines_agree(void) {
    struct texts *texts = calloc(1, sizeof *texts);
    bool plain[VALUE_COLUMN_MAX];
    size_t taken = 0;
    for (unsigned round = 0; texts != NULL && round < ROUNDS; round++) {
        texts->column.count = 0;
        add_addresses(texts, VALUE_COLUMN_MAX);
        if (round % 2 != 0) {
            spoil_one_byte(texts);
        }
        struct value_column *column = &texts->column;
        struct address_outline wanted[VALUE_COLUMN_MAX], made[VALUE_COLUMN_MAX];
        address_outlines_scalar(column->at, column->len, column->count, wanted);
        column->isa = ISA_SCALAR;
        pattern_address.read_plain(column);
        memcpy(plain, column->plain, sizeof plain);
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            address_outlines_for(isa)(column->at, column->len, column->count, made);
            column->isa = isa;
            pattern_address.read_plain(column);
            for (size_t i = 0; i < column->count; i++) {
                CHECK_SAYS(made[i].digit == wanted[i].digit && made[i].house == wanted[i].house &&
                               made[i].usual == wanted[i].usual,
                           "%s: %.*s", isa_name(isa), (int)column->len[i],
                           (const char *)column->at[i]);
                CHECK_SAYS(column->plain[i] == plain[i], "%s takes %.*s otherwise", isa_name(isa),
                           (int)column->len[i], (const char *)column->at[i]);
                taken += plain[i];
            }
        }
    }
    CHECK(texts != NULL && (isa_best() == ISA_SCALAR || taken > 100));
    free(texts);
}

/* Forms of made-up numbers, nearly all of which fit but for their sums. */
static struct number_form some_form(struct number_lead *lead, const uint64_t *never) {
    unsigned length = 1 + random_below(NUMBER_FORM_PLACES);
    struct number_form form = {.length = (uint8_t)length,
                               .start = (uint16_t)random_below(90),
                               .mapped = (uint16_t)random_next(),
                               .leads = lead,
                               .lead_count = length < 4 ? 0 : random_below(2),
                               .never = never,
                               .never_count = random_below(3),
                               .never_mask = UINT64_MAX >> 8 * random_below(8),
                               .never_at = (uint8_t)random_below(9)};
    memset(form.span, UINT8_MAX, sizeof form.span);
    for (unsigned i = 0; i < length; i++) {
        bool digit = i < 4 || random_below(2) != 0;
        form.low[i] = digit ? '0' : (uint8_t)random_below(200);
        form.span[i] = (uint8_t)(digit ? 9 : random_below(NUMBER_FORM_VALUES));
        form.weight[i] = (uint8_t)random_below(6);
    }
    for (unsigned i = 0; i < NUMBER_FORM_VALUES; i++) {
        form.map[i] = (uint8_t)random_below(12);
    }
    *lead = (struct number_lead){(uint16_t)random_below(5000), 9000};
    return form;
}

static void forms_agree(void) {
    enum { COUNT = 70 };
    uint8_t bytes[COUNT][NUMBER_FORM_PLACES];
    const uint8_t *at[COUNT];
    uint32_t len[COUNT];
    size_t all = 0;
    for (unsigned round = 0; round < 20 * ROUNDS; round++) {
        struct number_lead lead;
        uint64_t never[2] = {0};
        struct number_form form = some_form(&lead, never);
        for (unsigned i = 0; i < COUNT; i++) {
            for (unsigned place = 0; place < NUMBER_FORM_PLACES; place++) {
                unsigned above = form.span[place] + (random_below(60) == 0 ? 1U : 0U);
                bytes[i][place] = (uint8_t)(form.low[place] + random_below(above + 1));
            }
            at[i] = bytes[i];
            len[i] = form.length + (random_below(20) == 0 ? 1U : 0U);
        }
        memcpy(&never[0], bytes[random_below(COUNT)] + form.never_at, sizeof *never);
        never[0] &= form.never_mask;
        bool wanted[COUNT], made[COUNT];
        size_t count = COUNT - random_below(17);
        size_t fit = number_form_fits_scalar(&form, at, len, count, wanted);
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                CHECK_INT(VARIANT_FOR(isa, number_form_fits)(&form, at, len, count, made), fit);
                CHECK(memcmp(wanted, made, count * sizeof *made) == 0);
            }
        }
        all += fit;
    }
    CHECK(all > 1000);
}

static void names_of_three_agree(void) {
    const struct han_set singles = {surname_singles, SURNAME_SINGLE_MULTIPLIER,
                                    SURNAME_SINGLE_BITS};
    const struct three_han form = {
        singles, singles, {surname_compounds, SURNAME_COMPOUND_MULTIPLIER, SURNAME_COMPOUND_BITS}};
    struct texts *texts = calloc(1, sizeof *texts);
    size_t all = 0;
    for (unsigned round = 0; texts != NULL && round < ROUNDS; round++) {
        struct value_column *column = &texts->column;
        bool wanted[VALUE_COLUMN_MAX], made[VALUE_COLUMN_MAX];
        column->count = 0;
        add_names(texts, VALUE_COLUMN_MAX - random_below(17));
        if (round % 2 != 0) {
            spoil_one_byte(texts);
        }
        size_t fit = three_han_fits_scalar(&form, column->at, column->len, column->count, wanted);
        for (enum isa isa = ISA_SSE2; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                CHECK_INT(VARIANT_FOR(isa, three_han_fits)(&form, column->at, column->len,
                                                           column->count, made),
                          fit);
                CHECK(memcmp(wanted, made, column->count * sizeof *made) == 0);
            }
        }
        all += fit;
    }
    CHECK(texts != NULL && all > 1000);
    free(texts);
}

/* All numbers there could be: the rows of two digits are the same in both tables. */
static void area_codes_of_two(void) {
    for (unsigned front = 0; front < 10000; front++) {
        for (size_t len = 7; len < 13; len++) {
            char digits[16];
            snprintf(digits, sizeof digits, "%04u12345678", front);
            const struct area_code *row = area_code_of(digits, len);
            bool two = row != NULL && row->code_len == 2;
            CHECK(two == area_code_of_two((uint8_t)digits[0], (uint8_t)digits[1],
                                          (uint8_t)digits[2], len));
        }
    }
}

/* Where a column's name allows several kinds, one says of another's plain values that they are none
 * of its own, so that it need not be asked. */
static void stands_aside(void) {
    struct texts *texts = calloc(1, sizeof *texts);
    if (texts == NULL) {
        CHECK(texts != NULL);
        return;
    }
    for (unsigned kind = 0; patterns[kind] != NULL; kind++) {
        const struct pattern *aside = patterns[kind];
        if (aside->stands_aside_for == NULL) {
            continue;
        }
        const struct pattern *other = patterns[pattern_number(aside->stands_aside_for)];
        for (unsigned round = 0; round < ROUNDS; round++) {
            texts->column.count = 0;
            add_examples(texts, other);
            add_numbers(texts);
            texts->column.named = round % 2 != 0;
            other->read_plain(&texts->column);
            for (size_t i = 0; i < texts->column.count; i++) {
                struct reading reading;
                struct value value = {.text = bytes_of(texts->column.at[i], texts->column.len[i]),
                                      .ascii = true,
                                      .named = texts->column.named};
                CHECK_SAYS(!texts->column.plain[i] ||
                               aside->read(&value, &aside->policy, &reading) == READ_NO,
                           "%s says something of %.*s", aside->name, (int)value.text.len,
                           (const char *)value.text.ptr);
            }
        }
    }
    free(texts);
}

static const struct test_case cases[] = {
    {"plain_is_what_read_says", plain_is_what_read_says},
    {"outlines_agree", outlines_agree},
    {"forms_agree", forms_agree},
    {"names_of_three_agree", names_of_three_agree},
    {"area_codes_of_two", area_codes_of_two},
    {"stands_aside", stands_aside},
};
TEST_MAIN(cases)
