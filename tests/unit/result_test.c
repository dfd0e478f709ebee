/* result: facts and how they merge, the wire form, spooled occurrences. */
#include "result/saved/occurrence_reader.h"
#include "tests/random.h"
#include "tests/unit/check.h"
#include "tests/unit/hashes.h"

/* ---- facts ---- */

static void forms_keep_exact_counts(void) {
    struct mask_forms forward = {0}, backward = {0};
    char text[FORM_TEXT];
    for (unsigned i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "##%u**", i);
        CHECK(mask_forms_add(&forward, bytes_of_string(text), i + 1));
        snprintf(text, sizeof text, "##%u**", 99 - i);
        CHECK(mask_forms_add(&backward, bytes_of_string(text), 100 - i));
    }
    CHECK_INT(forward.used, FORMS_KEPT);
    CHECK(forward.dropped);
    CHECK(memcmp(forward.forms, backward.forms, FORMS_KEPT * sizeof *forward.forms) == 0);
    for (unsigned i = 0; i < forward.used; i++) {
        unsigned long number = strtoul(forward.forms[i].text + 2, NULL, 10);
        CHECK_INT(forward.forms[i].count, number + 1);
    }
    mask_forms_release(&forward);
    mask_forms_release(&backward);
}

static void examples_are_the_first_by_position(void) {
    struct kind_facts facts;
    kind_facts_init(&facts, 1);
    static const uint64_t offsets[] = {50, 10, 40, 10, 30, 20, UINT64_MAX};
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        struct example example = {.row = i + 1, .offset = offsets[i]};
        bool wanted = kind_facts_wants_example(&facts, STATE_WEAK, example.offset, example.row,
                                               EXAMPLES_KEPT);
        unsigned before = facts.example_count[STATE_WEAK];
        bool full = before == EXAMPLES_KEPT;
        uint64_t last = full ? facts.examples[STATE_WEAK][EXAMPLES_KEPT - 1].row : 0;
        CHECK(kind_facts_example(&facts, STATE_WEAK, &example));
        bool taken = !full || facts.examples[STATE_WEAK][EXAMPLES_KEPT - 1].row != last;
        CHECK_INT(wanted, taken);
    }
    CHECK_INT(facts.example_count[STATE_WEAK], EXAMPLES_KEPT);
    CHECK_INT(facts.examples[STATE_WEAK][0].row, 2);
    CHECK_INT(facts.examples[STATE_WEAK][1].row, 4);
    CHECK_INT(facts.examples[STATE_WEAK][2].offset, 20);
    CHECK(kind_facts_wants_example(&facts, STATE_WEAK, 9, 99, 1));
    CHECK(!kind_facts_wants_example(&facts, STATE_WEAK, 11, 1, 1));
    CHECK_INT(facts.example_count[STATE_CLEAR], 0);
    kind_facts_release(&facts);
}

/* One addition to a unit, as a collector would make it. */
struct addition {
    unsigned field, kind, state;
    uint64_t number;
};

enum { ADDITIONS = 3000, FIELDS = 7, KINDS = 3, PIECES = 5 };

static struct field_facts *field_of(struct unit_facts *unit, unsigned number) {
    for (uint32_t i = 0; i < unit->field_count; i++) {
        if (unit->fields[i].number == number) {
            return &unit->fields[i];
        }
    }
    struct field_facts *fields =
        realloc(unit->fields, (unit->field_count + 1) * sizeof *unit->fields);
    if (fields == NULL) {
        return NULL;
    }
    unit->fields = fields;
    struct field_facts *field = &unit->fields[unit->field_count++];
    char column[16];
    snprintf(column, sizeof column, "欄%u", number);
    CHECK(field_facts_init(field, BYTES_LIT("orders"), bytes_of_string(column), BYTES_LIT("備註")));
    field->number = number;
    field->ordinal = number + 1;
    field->attribution = ATTRIBUTION_EXACT;
    return field;
}

static void add(struct unit_facts *unit, const struct addition *what) {
    struct field_facts *field = field_of(unit, what->field);
    struct kind_facts *kind = field == NULL ? NULL : field_facts_kind(field, what->kind);
    CHECK(kind != NULL);
    if (kind == NULL) {
        return;
    }
    unit->rows++;
    unit->bytes += 17;
    field->cells++;
    kind->count[what->state]++;
    kind->evidence |= 1U << (what->number % EVIDENCE_COUNT);
    if (what->state == STATE_CLEAR) {
        sketch_add(&kind->distinct, hash_of(what->number % 400));
        kind->with_checksum++;
    } else {
        char form[FORM_TEXT];
        snprintf(form, sizeof form, "#%llu*", (unsigned long long)(what->number % 50));
        CHECK(mask_forms_add(&kind->forms, bytes_of_string(form), 1));
        uint64_t residual = what->number % 1000 + 1;
        if (kind->residual_min == 0 || residual < kind->residual_min) {
            kind->residual_min = residual;
        }
    }
    struct example example = {.row = what->number / 3, .offset = what->number / 2};
    snprintf(example.shown, sizeof example.shown, "***%llu", (unsigned long long)what->number);
    kind_facts_example(kind, (enum mask_state)what->state, &example);
}

static struct unit_facts *small_unit(void) {
    struct unit_facts *unit = unit_facts_new(BYTES_LIT("庫存.sql"), BYTES_LIT("/tmp/庫存.sql"));
    if (unit == NULL) {
        abort();
    }
    unit->format = "mysqldump";
    unit->encoding = "utf-8";
    unit->encoding_basis = "valid";
    unit->traits = UNIT_DUMP;
    return unit;
}

static void wire_of(const struct unit_facts *unit, struct text_buffer *out) {
    text_buffer_clear(out);
    wire_put_unit(unit, out);
    CHECK(!out->failed);
}

static void merging_ignores_splits_and_order(void) {
    static struct addition additions[ADDITIONS];
    uint64_t state = 7;
    struct text_buffer expected, found;
    text_buffer_init(&expected, 0);
    text_buffer_init(&found, 0);
    struct unit_facts *whole = small_unit(), *nothing = small_unit();
    for (unsigned i = 0; i < ADDITIONS; i++) {
        additions[i] = (struct addition){(unsigned)(random_from(&state) % FIELDS),
                                         (unsigned)(random_from(&state) % KINDS),
                                         (unsigned)(random_from(&state) % STATE_COUNT), i};
        add(whole, &additions[i]);
    }
    CHECK_INT(unit_facts_merge(whole, nothing, NULL), 0); /* puts the fields in order */
    wire_of(whole, &expected);
    for (unsigned round = 0; round < 8; round++) {
        struct unit_facts *pieces[PIECES];
        for (unsigned p = 0; p < PIECES; p++) {
            pieces[p] = small_unit();
        }
        for (unsigned i = 0; i < ADDITIONS; i++) {
            unsigned at = (unsigned)((i * 1009ULL + round) % ADDITIONS);
            add(pieces[random_from(&state) % PIECES], &additions[at]);
        }
        unsigned first = (unsigned)(random_from(&state) % PIECES);
        for (unsigned p = 1; p < PIECES; p++) {
            struct error err;
            CHECK_INT(unit_facts_merge(pieces[first], pieces[(first + p) % PIECES], &err), 0);
            CHECK_INT(pieces[(first + p) % PIECES]->field_count, 0);
        }
        wire_of(pieces[first], &found);
        CHECK(bytes_equal(text_buffer_view(&found), text_buffer_view(&expected)));
        for (unsigned p = 0; p < PIECES; p++) {
            unit_facts_free(pieces[p]);
        }
    }
    unit_facts_free(whole);
    unit_facts_free(nothing);
    text_buffer_release(&expected);
    text_buffer_release(&found);
}

static void merging_joins_coverage_and_equal_names(void) {
    struct unit_facts *a = small_unit(), *b = small_unit();
    CHECK(field_of(a, 3) != NULL);
    CHECK(field_of(b, 3) != NULL);
    b->fields[0].number = 9;
    b->fields[0].attribution = ATTRIBUTION_INFERRED;
    b->status = COVERAGE_FAILED;
    b->error_code = YINMA_E_TRUNCATED;
    snprintf(b->detail, sizeof b->detail, "ends in row 7");
    CHECK_INT(unit_facts_merge(a, b, NULL), 0);
    CHECK_INT(a->field_count, 1);
    CHECK_INT(a->fields[0].number, 3);
    CHECK_INT(a->fields[0].attribution, ATTRIBUTION_INFERRED);
    CHECK_INT(a->status, COVERAGE_PARTIAL);
    CHECK_STR(coverage_reason(a->error_code), "truncated");
    CHECK_STR(a->detail, "ends in row 7");
    unit_facts_free(a);
    unit_facts_free(b);
}

/* ---- wire ---- */

static struct unit_facts *rich_unit(void) {
    struct unit_facts *unit = small_unit();
    uint64_t state = 3;
    for (unsigned i = 0; i < 900; i++) {
        struct addition addition = {i % FIELDS, i % KINDS, (unsigned)(random_from(&state) % 4), i};
        add(unit, &addition);
    }
    unit->fields[0].kinds[0].examples[0][EXAMPLES_KEPT - 1].offset = UINT64_MAX;
    unit->fields[0].kinds[0].count[STATE_CLEAR] = UINT64_MAX;
    unit->status = COVERAGE_PARTIAL;
    unit->error_code = YINMA_E_DAMAGED;
    snprintf(unit->detail, sizeof unit->detail, "資料損毀");
    return unit;
}

static void wire_gives_back_what_was_put(void) {
    struct text_buffer first, second;
    text_buffer_init(&first, 0);
    text_buffer_init(&second, 0);
    struct unit_facts *unit = rich_unit(), *back = NULL;
    struct error err = {0};
    wire_of(unit, &first);
    CHECK_INT(wire_get_unit(text_buffer_view(&first), &back, &err), 0);
    if (back != NULL) {
        CHECK_STR(back->format, "mysqldump");
        CHECK_STR(back->encoding, "utf-8");
        CHECK_STR(back->encoding_basis, "valid");
        CHECK_STR(back->detail, "資料損毀");
        CHECK_INT(back->error_code, YINMA_E_DAMAGED);
        CHECK_INT(back->field_count, unit->field_count);
        CHECK(back->fields[0].kinds[0].examples[0][EXAMPLES_KEPT - 1].offset == UINT64_MAX);
        wire_of(back, &second);
        CHECK(bytes_equal(text_buffer_view(&first), text_buffer_view(&second)));
    }
    unit_facts_free(unit);
    unit_facts_free(back);
    text_buffer_release(&first);
    text_buffer_release(&second);
}

/* What is stored reads as what lies on the heap does, however many units there are. */
static void stored_units_are_the_same(void) {
    enum { UNITS = 200 };
    struct facts_store *store = facts_store_new(), *other = facts_store_new();
    struct unit_facts *unit = rich_unit(), *back[UNITS] = {NULL};
    struct text_buffer first, second;
    struct error err = {0};
    text_buffer_init(&first, 0);
    text_buffer_init(&second, 0);
    wire_of(unit, &first);
    for (unsigned i = 0; store != NULL && other != NULL && i < UNITS; i++) {
        struct facts_store *to = i % 2 == 0 ? store : other;
        CHECK_INT(wire_store_unit(text_buffer_view(&first), to, &back[i], &err), 0);
    }
    store = facts_store_join(NULL, facts_store_join(store, other));
    for (unsigned i = 0; i < UNITS && back[i] != NULL; i++) {
        text_buffer_clear(&second);
        wire_of(back[i], &second);
        CHECK(bytes_equal(text_buffer_view(&first), text_buffer_view(&second)));
        unit_facts_free(back[i]); /* goes with its store */
    }
    CHECK(back[UNITS - 1] != NULL &&
          back[UNITS - 1]->fields[0].column.ptr == back[UNITS - 3]->fields[0].column.ptr);
    facts_store_free(store);
    unit_facts_free(unit);
    text_buffer_release(&first);
    text_buffer_release(&second);
}

/* Three columns, the last of which is dated in another way. */
static struct unit_facts *dated_unit(void) {
    enum { COLUMNS_DATED = 3 };
    struct unit_facts *unit = unit_facts_new(BYTES_LIT("a.csv"), BYTES_LIT("a.csv"));
    if (unit == NULL || (unit->fields = calloc(COLUMNS_DATED, sizeof *unit->fields)) == NULL) {
        exit(EXIT_FAILURE);
    }
    for (unsigned i = 0; i < COLUMNS_DATED; i++) {
        struct field_facts *field = &unit->fields[unit->field_count++];
        CHECK(field_facts_init(field, BYTES_LIT("t"), BYTES_LIT("c"), BYTES_LIT("")));
        struct kind_facts *kind = field_facts_kind(field, i);
        struct date_facts *dates = date_facts_new();
        if (kind == NULL || dates == NULL) {
            exit(EXIT_FAILURE);
        }
        kind->dates = dates;
        date_facts_span(dates, 20000, 20400);
        date_facts_period(dates, 19800)->count[STATE_CLEAR][0] = 7;
        date_facts_period(dates, 20200)->count[STATE_CLEAR][0] = i == 2 ? 8 : 9;
        CHECK(date_facts_column(dates, BYTES_LIT("paid_at"), DATE_CHANGED, 16));
    }
    return unit;
}

static void equal_dates_are_stored_once(void) {
    enum { UNITS = 500 }; /* over several blocks */
    struct facts_store *store = facts_store_new();
    struct unit_facts *unit = dated_unit(), *back[UNITS] = {NULL};
    struct text_buffer first, second;
    struct error err = {0};
    text_buffer_init(&first, 0);
    text_buffer_init(&second, 0);
    wire_of(unit, &first);
    for (unsigned i = 0; store != NULL && i < UNITS; i++) {
        CHECK_INT(wire_store_unit(text_buffer_view(&first), store, &back[i], &err), 0);
    }
    for (unsigned i = 0; i < UNITS && back[i] != NULL; i++) {
        const struct field_facts *fields = back[i]->fields;
        CHECK(fields[0].kinds->dates == fields[1].kinds->dates);
        CHECK(fields[0].kinds->dates != fields[2].kinds->dates);
        text_buffer_clear(&second);
        wire_of(back[i], &second);
        CHECK(bytes_equal(text_buffer_view(&first), text_buffer_view(&second)));
    }
    facts_store_free(store);
    unit_facts_free(unit);
    text_buffer_release(&first);
    text_buffer_release(&second);
}

/* Every cut and thousands of changed bytes: an error or a unit, never a crash. */
static void wire_survives_damage(void) {
    struct text_buffer text;
    text_buffer_init(&text, 0);
    struct unit_facts *unit = rich_unit(), *back = NULL;
    struct error err;
    wire_of(unit, &text);
    for (size_t len = 0; len < text.len; len += 1 + len / 64) {
        CHECK_INT(wire_get_unit(bytes_of(text.data, len), &back, &err), YINMA_E_DAMAGED);
        CHECK(back == NULL);
    }
    uint64_t state = 11;
    uint8_t *copy = malloc(text.len + 400);
    struct facts_store *store = facts_store_new();
    CHECK(store != NULL);
    for (unsigned round = 0; copy != NULL && round < 3000; round++) {
        memcpy(copy, text.data, text.len);
        for (unsigned i = 0; text.len > 0 && i <= round % 4; i++) {
            copy[random_from(&state) % text.len] = (uint8_t)random_from(&state);
        }
        int status = wire_get_unit(bytes_of(copy, text.len), &back, &err);
        CHECK(status == 0 || (status == YINMA_E_DAMAGED && back == NULL));
        unit_facts_free(back);
        CHECK_INT(wire_store_unit(bytes_of(copy, text.len), store, &back, &err), status);
    }
    for (unsigned round = 0; copy != NULL && round < 3000; round++) {
        size_t len = random_from(&state) % 400;
        for (size_t i = 0; i < len; i++) {
            copy[i] = (uint8_t)(random_from(&state) >> (round % 2 == 0 ? 8 : 60));
        }
        if (len > 4) {
            memcpy(copy, text.data, 4); /* the mark and the version */
        }
        (void)wire_store_unit(bytes_of(copy, len), store, &back, &err);
        (void)wire_get_unit(bytes_of(copy, len), &back, &err);
        unit_facts_free(back);
        struct bytes rest = bytes_of(copy, len);
        struct occurrence occurrence;
        while (wire_get_occurrence(&rest, &occurrence, &err) == 1) {
            CHECK(occurrence.state < STATE_COUNT);
        }
    }
    free(copy);
    facts_store_free(store);
    unit_facts_free(unit);
    text_buffer_release(&text);
}

/* ---- occurrences ---- */

static void occurrences_come_unit_by_unit(void) {
    enum { PER_CHUNK = 2000, CHUNKS = 4 };
    static const uint32_t unit_of[CHUNKS] = {1, 0, 1, 2};
    struct field_facts places[2] = {{.number = 4}, {.number = 1}};
    struct field_result fields[] = {
        {.unit = 0, .field = &places[0], .kind_number = 2},
        {.unit = 1, .field = &places[0], .kind_number = 2},
        {.unit = 1, .field = &places[1], .kind_number = 7},
    };
    struct occurrence_chunk chunks[CHUNKS];
    struct results results = {.fields = fields,
                              .field_count = 3,
                              .occurrences = tmpfile(),
                              .chunks = chunks,
                              .chunk_count = CHUNKS};
    struct text_buffer text;
    text_buffer_init(&text, 0);
    uint64_t at = 0;
    for (unsigned c = 0; c < CHUNKS; c++) {
        text_buffer_clear(&text);
        for (unsigned i = 0; i < PER_CHUNK; i++) {
            struct occurrence one = {.field = i % 2 == 0 ? 4 : 1,
                                     .kind = i % 2 == 0 ? 2 : 7,
                                     .length = c,
                                     .at = {.row = i + 1, .offset = UINT64_MAX}};
            memset(one.at.shown, '*', SHOWN_MAX - 1);
            wire_put_occurrence(&one, &text);
        }
        CHECK_INT(fwrite(text.data, 1, text.len, results.occurrences), text.len);
        chunks[c] = (struct occurrence_chunk){unit_of[c], at, text.len};
        at += text.len;
    }
    struct occurrence_reader *reader = occurrence_reader_new(&results);
    CHECK(reader != NULL);
    static const unsigned order[CHUNKS] = {1, 0, 2, 3};
    struct occurrence one;
    const struct field_result *field = NULL;
    struct error err;
    for (unsigned n = 0; reader != NULL && n < CHUNKS * PER_CHUNK; n++) {
        unsigned c = order[n / PER_CHUNK], i = n % PER_CHUNK;
        CHECK_INT(occurrence_reader_next(reader, &one, &field, &err), 1);
        CHECK_INT(one.length, c);
        CHECK_INT(one.at.row, i + 1);
        CHECK(one.at.offset == UINT64_MAX);
        const struct field_result *expected = unit_of[c] == 0 ? (i % 2 == 0 ? &fields[0] : NULL)
                                              : unit_of[c] == 1
                                                  ? (i % 2 == 0 ? &fields[1] : &fields[2])
                                                  : NULL;
        CHECK(field == expected);
    }
    CHECK(reader == NULL || occurrence_reader_next(reader, &one, &field, &err) == 0);
    occurrence_reader_free(reader);
    text_buffer_release(&text);
    fclose(results.occurrences);
}

/* ---- fingerprints and keys ---- */

static void only_unread_text_is_a_gap(void) {
    struct unit_facts facts = {.status = COVERAGE_SKIPPED, .traits = UNIT_SPECIAL_FILE};
    struct unit_result unit = {.facts = &facts};
    CHECK(!unit_result_incomplete(&unit));
    facts.traits |= UNIT_NAMED;
    CHECK(unit_result_incomplete(&unit));
    facts = (struct unit_facts){.status = COVERAGE_PARTIAL};
    CHECK(unit_result_incomplete(&unit));
    facts.status = COVERAGE_OPAQUE;
    CHECK(!unit_result_incomplete(&unit));
    facts.status = COVERAGE_WAIVED;
    CHECK(!unit_result_incomplete(&unit));
}

static const struct test_case cases[] = {
    {"forms_keep_exact_counts", forms_keep_exact_counts},
    {"examples_are_the_first_by_position", examples_are_the_first_by_position},
    {"merging_ignores_splits_and_order", merging_ignores_splits_and_order},
    {"merging_joins_coverage_and_equal_names", merging_joins_coverage_and_equal_names},
    {"wire_gives_back_what_was_put", wire_gives_back_what_was_put},
    {"stored_units_are_the_same", stored_units_are_the_same},
    {"equal_dates_are_stored_once", equal_dates_are_stored_once},
    {"wire_survives_damage", wire_survives_damage},
    {"occurrences_come_unit_by_unit", occurrences_come_unit_by_unit},
    {"only_unread_text_is_a_gap", only_unread_text_is_a_gap},
};

TEST_MAIN(cases)
