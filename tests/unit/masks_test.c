/* judge: what two masked values show together, what the values of a whole column look like, plain
 * digests, and that such facts do not care about the order in which they are merged. */
#include "judge/collect/value_piece.h"
#include "patterns/column_groups.h"
#include "result/facts.h"
#include "result/plain_digest.h"
#include "result/wire/wire.h"
#include "tests/unit/check.h"

/* ---- two pieces ---- */

static struct mask_policy policies[PATTERN_MAX];

static void set_policies(void) {
    for (unsigned i = 0; i < pattern_count(); i++) {
        policies[i] = patterns[i]->policy;
    }
}

static const struct pair_case {
    const char *kind, *a;
    enum value_part a_part;
    const char *b;
    enum value_part b_part;
    enum pieces_result result;
    uint64_t residual;
} pairs[] = {
    {"card_number", "499926**********", PART_NONE, "******9823454950", PART_NONE, PIECES_SHOW_ALL,
     0},
    {"card_number", "4999-26**-****-****", PART_NONE, "****** 9823 4549 50", PART_NONE,
     PIECES_SHOW_ALL, 0},
    {"card_number", "499926**********", PART_NONE, "******9823454951", PART_NONE, PIECES_DISAGREE,
     0},
    {"card_number", "4999269*********", PART_NONE, "******8823454950", PART_NONE, PIECES_DISAGREE,
     0},
    {"card_number", "499926", PART_HEAD, "4950", PART_TAIL, PIECES_NARROW, 100000},
    {"card_number", "49992698", PART_HEAD, "************4950", PART_NONE, PIECES_NARROW, 1000},
    {"card_number", "379951", PART_HEAD, "7263", PART_TAIL, PIECES_NARROW, 10000},
    {"card_number", "499926", PART_HEAD, "9823454950", PART_TAIL, PIECES_SHOW_ALL, 0},
    {"card_number", "************4950", PART_NONE, "************4950", PART_NONE,
     PIECES_SAY_NOTHING, 0},
    {"card_number", "************4950", PART_NONE, "4950", PART_TAIL, PIECES_SAY_NOTHING, 0},
    {"card_number", "499926", PART_HEAD, "499926", PART_HEAD, PIECES_SAY_NOTHING, 0},
    {"tw_national_id", "A12345****", PART_NONE, "******6789", PART_NONE, PIECES_SHOW_ALL, 0},
    {"tw_national_id", "A12345****", PART_NONE, "******6781", PART_NONE, PIECES_DISAGREE, 0},
    {"tw_national_id", "A1********", PART_NONE, "********89", PART_NONE, PIECES_SAY_NOTHING, 0},
    {"phone_mobile", "0912***678", PART_NONE, "****345***", PART_NONE, PIECES_SHOW_ALL, 0},
    {"phone_mobile", "0912-***-678", PART_NONE, "0912-34*-***", PART_NONE, PIECES_NARROW, 10},
    {"person_name", "王○明", PART_NONE, "○小明", PART_NONE, PIECES_SHOW_ALL, 0},
    {"person_name", "王○明", PART_NONE, "李小○", PART_NONE, PIECES_DISAGREE, 0},
    {"person_name", "王○明", PART_NONE, "○小", PART_NONE, PIECES_SAY_NOTHING, 0},
    {"birth_date", "1975-**-**", PART_NONE, "****-05-18", PART_NONE, PIECES_SHOW_ALL, 0},
};

static void pieces_are_put_together(void) {
    set_policies();
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct pair_case *c = &pairs[i];
        struct value_piece a, b;
        unsigned kind = (unsigned)pattern_number(c->kind), kind_out;
        uint64_t residual;
        CHECK(value_piece_read(patterns[kind], kind, bytes_of_string(c->a), c->a_part, &a));
        CHECK(value_piece_read(patterns[kind], kind, bytes_of_string(c->b), c->b_part, &b));
        CHECK_INT(value_pieces_join(&a, &b, policies, &kind_out, &residual), c->result);
        CHECK_INT(residual, c->residual);
        CHECK_INT(value_pieces_join(&b, &a, policies, &kind_out, &residual), c->result);
        CHECK_INT(residual, c->residual);
    }
}

/* Masked numbers of two kinds of telephone: the whole tells which one it was. */
static void related_kinds_go_together(void) {
    struct value_piece a, b;
    unsigned mobile = (unsigned)pattern_number("phone_mobile");
    unsigned landline = (unsigned)pattern_number("phone_landline"), kind;
    uint64_t residual;
    CHECK(value_piece_read(patterns[landline], landline, BYTES_LIT("****345***"), PART_NONE, &a));
    CHECK(value_piece_read(patterns[mobile], mobile, BYTES_LIT("0912***678"), PART_NONE, &b));
    CHECK_INT(value_pieces_join(&a, &b, policies, &kind, &residual), PIECES_SHOW_ALL);
    CHECK_INT(kind, mobile);
    b.kind = (uint8_t)pattern_number("card_number");
    b.pattern = patterns[b.kind];
    CHECK_INT(value_pieces_join(&a, &b, policies, &kind, &residual), PIECES_SAY_NOTHING);
}

static void what_tells_no_places_is_no_piece(void) {
    struct value_piece out;
    unsigned card = (unsigned)pattern_number("card_number");
    unsigned email = (unsigned)pattern_number("email");
    static const char *const none[] = {"",
                                       "****************",
                                       "4999269823454950",
                                       "abc",
                                       "499926……4950 and more text than any card number has",
                                       "123456789012345678901234567890********"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK(!value_piece_read(patterns[card], card, bytes_of_string(none[i]), PART_NONE, &out));
    }
    CHECK(!value_piece_read(patterns[card], card, BYTES_LIT("4999269823454950"), PART_TAIL, &out));
    CHECK(
        !value_piece_read(patterns[email], email, BYTES_LIT("a***@example.com"), PART_NONE, &out));
}

/* ---- digests ---- */

static void digests_are_read_and_made(void) {
    uint8_t read[PLAIN_DIGEST_MAX], made[PLAIN_DIGEST_MAX];
    static const char *const of_a123456789[] = {
        "cd31e0b562ce150e4a57c06cdd2b38eb" /* not its MD5 */,
        "0xE3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
    };
    CHECK_INT(plain_digest_read(bytes_of_string(of_a123456789[0]), read), 16);
    for (size_t i = 1; i < 4; i++) { /* SHA-256 of nothing */
        CHECK_INT(plain_digest_read(bytes_of_string(of_a123456789[i]), read), 32);
        CHECK(plain_digest(32, BYTES_LIT(""), made));
        CHECK(memcmp(read, made, 32) == 0);
    }
    static const char *const none[] = {
        "",     "A123456789", "zz31e0b562ce150e4a57c06cdd2b38eb", "cd31e0b562ce150e4a57c06cdd2b38",
        "a=b=", "0x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK_INT(plain_digest_read(bytes_of_string(none[i]), read), 0);
    }
    CHECK(!plain_digest(24, BYTES_LIT(""), made));
}

/* ---- columns ---- */

static void columns_of_people_and_others(void) {
    static const char *const names[] = {"陳美惠", "林小明", "許志明", "方怡君", "白雅婷"};
    static const char *const goods[] = {"白襪子", "金桔茶", "高麗菜", "方便麵", "林間茶"};
    uint64_t people[COLUMN_GROUPS] = {0}, things[COLUMN_GROUPS] = {0};
    for (size_t i = 0; i < 5; i++) {
        people[name_column_group(bytes_of_string(names[i]))]++;
        things[name_column_group(bytes_of_string(goods[i]))]++;
    }
    CHECK(name_column_like(people, 5));
    CHECK(!name_column_like(things, 5));
    CHECK_INT(name_column_group(BYTES_LIT("A")), 0);

    static const char *const births[] = {"19511118", "19640307", "19781231",
                                         "19850101", "19990630", "20030214"};
    static const char *const orders[] = {"20180111", "20190203", "20201123",
                                         "20210808", "20240229", "20250101"};
    uint64_t born[COLUMN_GROUPS] = {0}, bought[COLUMN_GROUPS] = {0};
    for (size_t i = 0; i < 6; i++) {
        born[birth_column_group(bytes_of_string(births[i]))]++;
        bought[birth_column_group(bytes_of_string(orders[i]))]++;
    }
    CHECK(birth_column_like(born, 6));
    CHECK(!birth_column_like(bought, 6));
    CHECK(birth_column_group(BYTES_LIT("18000101")) < COLUMN_GROUPS);
    CHECK(birth_column_group(BYTES_LIT("99990101")) < COLUMN_GROUPS);
    CHECK_INT(birth_column_group(BYTES_LIT("85")), 0);
}

/* ---- facts ---- */

static struct unit_facts *unit_with(const struct mask_pair *given, size_t count, uint64_t proven) {
    struct unit_facts *unit = unit_facts_new(BYTES_LIT("u"), BYTES_LIT("u"));
    unit->fields = calloc(1, sizeof *unit->fields);
    unit->field_count = 1;
    struct field_facts *field = &unit->fields[0];
    CHECK(field_facts_init(field, BYTES_LIT("t"), BYTES_LIT("c"), BYTES_LIT("")));
    field->digests = 10;
    field->digests_only = 3;
    field->digests_proven = proven;
    struct kind_facts *kind = field_facts_kind(field, 1);
    CHECK(kind_facts_group(kind, (unsigned)proven, 7));
    for (size_t i = 0; i < count; i++) {
        CHECK(field_facts_pair(field, &given[i]));
    }
    return unit;
}

/* The wire form says all there is, so it serves to compare. */
static struct text_buffer wire_of(const struct unit_facts *unit) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    wire_put_unit(unit, &out);
    return out;
}

static void pairs_merge_in_any_order(void) {
    const struct mask_pair some[] = {{BYTES_LIT("b"), 1, 5, 0, 1, 0},
                                     {BYTES_LIT("a"), 1, 0, 4, 0, 1000}};
    const struct mask_pair more[] = {{BYTES_LIT("a"), 1, 0, 2, 3, 100},
                                     {BYTES_LIT("a"), 0, 1, 0, 0, 0}};
    struct error err = {0};
    struct unit_facts *x = unit_with(some, 2, 1), *y = unit_with(more, 2, 2);
    struct unit_facts *p = unit_with(more, 2, 2), *q = unit_with(some, 2, 1);
    CHECK_INT(unit_facts_merge(x, y, &err), 0);
    CHECK_INT(unit_facts_merge(p, q, &err), 0);
    const struct field_facts *field = &x->fields[0];
    CHECK_INT(field->pair_count, 3);
    CHECK_INT(field->pairs[1].narrowed, 6);
    CHECK_INT(field->pairs[1].residual_min, 100);
    CHECK_INT(field->digests_proven, 3);
    CHECK_INT(field->kinds[0].groups[1] + field->kinds[0].groups[2], 14);
    struct text_buffer one = wire_of(x), other = wire_of(p);
    CHECK(bytes_equal(text_buffer_view(&one), text_buffer_view(&other)));
    struct unit_facts *read = NULL;
    CHECK_INT(wire_get_unit(text_buffer_view(&one), &read, &err), 0);
    struct text_buffer again = wire_of(read);
    CHECK(bytes_equal(text_buffer_view(&one), text_buffer_view(&again)));
    for (size_t len = 0; len < one.len; len++) { /* cut off anywhere */
        struct unit_facts *cut = NULL;
        CHECK(wire_get_unit(bytes_of(one.data, len), &cut, &err) < 0);
    }
    text_buffer_release(&one);
    text_buffer_release(&other);
    text_buffer_release(&again);
    unit_facts_free(read);
    unit_facts_free(x);
    unit_facts_free(y);
    unit_facts_free(p);
    unit_facts_free(q);
}

static const struct test_case cases[] = {
    {"pieces_are_put_together", pieces_are_put_together},
    {"related_kinds_go_together", related_kinds_go_together},
    {"what_tells_no_places_is_no_piece", what_tells_no_places_is_no_piece},
    {"digests_are_read_and_made", digests_are_read_and_made},
    {"columns_of_people_and_others", columns_of_people_and_others},
    {"pairs_merge_in_any_order", pairs_merge_in_any_order},
};
TEST_MAIN(cases)
