/* made_results.h - results made by hand, with everything that a report may show. */
#ifndef YINMA_TESTS_MADE_RESULTS_H
#define YINMA_TESTS_MADE_RESULTS_H

#include "core/hash64.h"
#include "reports/terminal.h"
#include "result/saved/occurrence_reader.h"
#include "tests/unit/check.h"

enum { UNITS = 7, FIELDS = 6, VIOLATIONS = 6 };

static const char requirement_en[] = "Card data is kept in clear.";
static const struct rule rules_used[] = {
    {.id = "platform/5.3.6",
     .document = "platform",
     .section = "5.3.6",
     .level = LEVEL_REQUIREMENT,
     .scope = SCOPE_FIELD,
     .title = {"Card data is not kept", "不留存卡片資料"},
     .message = {requirement_en, "留存完整卡號，屬不符合事項。"},
     .remedy = {"Delete it.", "請刪除。"}},
    {.id = "platform/5.3.6.1",
     .document = "platform",
     .section = "5.3.6.1",
     .parent = "platform/5.3.6",
     .level = LEVEL_BETTER_PRACTICE,
     .scope = SCOPE_VALUE,
     .title = {"The card security code is never kept", NULL},
     .message = {"The security code is kept.", NULL},
     .remedy = {NULL, NULL}},
    {.id = "it-services/3.1.5.1.4",
     .printed = "3.1.5.1（四）",
     .document = "it-services",
     .section = "3.1.5.1.4",
     .level = LEVEL_BASELINE,
     .scope = SCOPE_FIELD,
     .message = {"Quotes \" and \\ in messages.", NULL},
     .remedy = {"Mask it.", "請遮蔽。"}},
    {.id = "yinma/clear-identity",
     .document = "yinma",
     .section = "clear-identity",
     .level = LEVEL_BUILTIN,
     .scope = SCOPE_FIELD,
     .title = {"Identity data stands in clear", "身分資料為明碼"},
     .message = {"Identity data in clear.", "明碼身分資料。"},
     .remedy = {"Mask it.", "請遮蔽。"}},
};

static inline struct unit_facts *new_unit(const char *name, const char *format, unsigned traits) {
    struct unit_facts *unit = unit_facts_new(bytes_of_string(name), bytes_of_string(name));
    if (unit == NULL) {
        exit(EXIT_FAILURE);
    }
    unit->format = format;
    unit->encoding = format[0] == '\0' ? "" : "utf-8";
    unit->traits = traits;
    unit->bytes = 1234567;
    return unit;
}

static inline void set_gap(struct unit_facts *unit, enum coverage_status status, int code,
                           const char *detail) {
    unit->status = status;
    unit->error_code = code;
    unit->bytes = 0;
    snprintf(unit->detail, sizeof unit->detail, "%s", detail);
}

static inline struct example example_at(uint64_t row, uint64_t line, uint64_t offset,
                                        const char *shown) {
    struct example example = {.row = row, .line = line, .offset = offset};
    snprintf(example.shown, sizeof example.shown, "%s", shown);
    snprintf(example.fingerprint, sizeof example.fingerprint, "%032llx",
             (unsigned long long)row * 1000 + line);
    return example;
}

/* The field's place and facts, in its unit; FIELD is filled but for what judging decides. */
static inline void new_field(struct unit_facts *unit, unsigned room, struct bytes table,
                             struct bytes column, struct field_result *field) {
    if (unit->fields == NULL) {
        unit->fields = calloc(room, sizeof *unit->fields);
    }
    if (unit->fields == NULL) {
        exit(EXIT_FAILURE);
    }
    struct field_facts *place = &unit->fields[unit->field_count++];
    if (!field_facts_init(place, table, column, (struct bytes){0})) {
        exit(EXIT_FAILURE);
    }
    place->number = unit->field_count;
    place->attribution = ATTRIBUTION_EXACT;
    struct kind_facts *facts = field_facts_kind(place, field->kind_number);
    if (facts == NULL) {
        exit(EXIT_FAILURE);
    }
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        field->values += field->count[state];
        facts->count[state] = field->count[state];
    }
    field->field = place;
    field->facts = facts;
    field->written = true;
}

static inline struct kind_facts *facts_of(struct unit_facts *unit, unsigned field) {
    return &unit->fields[field].kinds[0];
}

static inline void fill_units(struct results *results) {
    static const char *const names[UNITS] = {"備份/shop.sql.gz!/shop.sql",
                                             "logs/\033[31mred\033[0m\x80.log",
                                             "空白.csv",
                                             "backup.zip!/secret.sql",
                                             "photo.jpg",
                                             "run/mysql.sock",
                                             "old.7z"};
    for (unsigned i = 0; i < UNITS; i++) {
        struct unit_facts *unit = new_unit(names[i],
                                           i == 0   ? "mysqldump"
                                           : i == 1 ? "log"
                                           : i == 2 ? "csv"
                                                    : "",
                                           i == 5 ? UNIT_SPECIAL_FILE : 0);
        results->units[i].facts = unit;
        results->units[i].name = unit->name;
        results->unit_count++;
    }
    struct unit_result *units = results->units;
    units[0].zones = ZONE_BIT(ZONE_DB) | ZONE_BIT(ZONE_BACKUP);
    units[0].zone_reason = "format mysqldump";
    units[1].zones = ZONE_BIT(ZONE_LOG);
    set_gap(units[2].facts, COVERAGE_SCANNED, 0, "");
    set_gap(units[3].facts, COVERAGE_FAILED, YINMA_E_ENCRYPTED, "member \"secret.sql\" has a\nkey");
    set_gap(units[4].facts, COVERAGE_OPAQUE, 0, "image/jpeg");
    set_gap(units[5].facts, COVERAGE_SKIPPED, 0, "");
    set_gap(units[6].facts, COVERAGE_WAIVED, YINMA_E_UNSUPPORTED, "");
}

static inline void fill_fields(struct results *results) {
    struct field_result *fields = results->fields;
    fields[0] = (struct field_result){.kind = "card_number",
                                      .kind_title = "payment card number",
                                      .kind_number = 1,
                                      .legal = LEGAL_FINANCIAL,
                                      .confidence = CONFIDENCE_CERTAIN,
                                      .evidence = EVIDENCE_CHECKSUM | EVIDENCE_FIELD_NAME,
                                      .count = {1100, 60, 40, 0},
                                      .other = 3};
    fields[1] = (struct field_result){.kind = "card_security_code",
                                      .kind_title = "card security code",
                                      .kind_number = 2,
                                      .legal = LEGAL_FINANCIAL,
                                      .confidence = CONFIDENCE_LIKELY,
                                      .evidence = EVIDENCE_FIELD_NAME | EVIDENCE_COMPANY,
                                      .count = {1100, 0, 0, 0}};
    fields[2] = (struct field_result){.kind = "phone_mobile",
                                      .kind_title = "mobile telephone number",
                                      .kind_number = 3,
                                      .legal = LEGAL_CONTACT,
                                      .confidence = CONFIDENCE_CERTAIN,
                                      .count = {0, 0, 1200, 7}};
    fields[3] = (struct field_result){.unit = 1,
                                      .kind = "tw_national_id",
                                      .kind_title = "national ID number",
                                      .kind_number = 4,
                                      .legal = LEGAL_IDENTITY,
                                      .confidence = CONFIDENCE_CERTAIN,
                                      .evidence = EVIDENCE_CHECKSUM | EVIDENCE_DUMMY,
                                      .count = {2, 0, 0, 0},
                                      .dummies = 2};
    fields[4] = (struct field_result){.unit = 1,
                                      .kind = "email",
                                      .kind_title = "e-mail address",
                                      .kind_number = 5,
                                      .legal = LEGAL_CONTACT,
                                      .confidence = CONFIDENCE_LIKELY,
                                      .count = {UINT64_MAX / 2, 0, 0, 0}};
    fields[5] = (struct field_result){.unit = 1, .kind = "person_name", .kind_number = 6};
    struct unit_facts *dump = results->units[0].facts, *log = results->units[1].facts;
    new_field(dump, 4, BYTES_LIT("訂單"), BYTES_LIT("卡號"), &fields[0]);
    new_field(dump, 4, BYTES_LIT("訂單"), BYTES_LIT("cvv\"\n\x01\xE2\x80\xAE"), &fields[1]);
    new_field(dump, 4, BYTES_LIT("orders"),
              BYTES_LIT("a_column_with_a_name_that_goes_on_and_on_電話"), &fields[2]);
    new_field(log, 3, (struct bytes){0}, (struct bytes){0}, &fields[3]);
    new_field(log, 3, (struct bytes){0}, BYTES_LIT("mail"), &fields[4]);
    new_field(log, 3, (struct bytes){0}, BYTES_LIT("name"), &fields[5]);
    fields[5].written = false;
    results->field_count = FIELDS;

    struct kind_facts *card = facts_of(dump, 0);
    mask_forms_add(&card->forms, BYTES_LIT("######******####"), 60);
    mask_forms_add(&card->forms, BYTES_LIT("************####"), 40);
    card->residual_min = 100000;
    card->dates = date_facts_new();
    date_facts_period(card->dates, day_of(2019, 1, 1))->count[STATE_CLEAR][1] = 100;
    date_facts_period(card->dates, day_of(2025, 1, 1))->count[STATE_CLEAR][0] = 700;
    date_facts_period(card->dates, day_of(2025, 7, 4))->count[STATE_WEAK][1] = 60;
    date_facts_column(card->dates, BYTES_LIT("closed_at"), DATE_CLOSED, 160);
    date_facts_column(card->dates, BYTES_LIT("訂購日期"), DATE_CREATED, 700);
    fields[0].dated_by = DATED_BY_ROW;
    fields[0].oldest = day_of(2019, 3, 1);
    fields[0].newest = day_of(2025, 12, 30);
    fields[0].limited = true;
    fields[0].past_limit = 100;
    fields[2].dated_by = DATED_BY_DUMP;
    fields[2].oldest = DAY_NONE;
    fields[2].newest = day_of(2026, 1, 30);
    for (uint64_t i = 1; i <= 3; i++) {
        sketch_add(&card->distinct, i << 60 | i);
    }
    const struct example weak = example_at(2, 11, 1500, "424242******4242");
    const struct example clear = example_at(3, 12, 1600, "************1111");
    kind_facts_example(card, STATE_WEAK, &weak);
    kind_facts_example(card, STATE_CLEAR, &clear);
    const struct example bare = example_at(0, 0, UINT64_MAX, "A1******89");
    kind_facts_example(facts_of(log, 0), STATE_CLEAR, &bare);
    for (uint64_t i = 0; i < 5000; i++) {
        sketch_add(&facts_of(dump, 1)->distinct, hash64(bytes_of(&i, sizeof i), 1));
    }
}

static inline void add_violation(struct results *results, unsigned rule, uint32_t field,
                                 uint64_t count, enum severity severity) {
    struct violation *violation = &results->violations[results->violation_count++];
    const struct field_result *judged = &results->fields[field];
    *violation = (struct violation){.rule = &rules_used[rule],
                                    .unit = judged->unit,
                                    .field = field,
                                    .place = judged->field,
                                    .kind = judged->kind,
                                    .count = count,
                                    .severity = severity,
                                    .confidence = judged->confidence,
                                    .counts_for_exit = true};
    char fingerprint[65];
    snprintf(fingerprint, sizeof fingerprint, "%064zx", results->violation_count);
    CHECK(violation_set_fingerprint(violation, fingerprint));
    results->summary.violations[severity]++;
}

static inline void fill_violations(struct results *results) {
    add_violation(results, 0, 0, 1100, SEVERITY_HIGH);
    add_violation(results, 2, 0, 1160, SEVERITY_MEDIUM);
    add_violation(results, 0, 1, 1100, SEVERITY_CRITICAL);
    add_violation(results, 1, 1, 1100, SEVERITY_MEDIUM);
    static struct example inner;
    inner = example_at(3, 12, 1610, "***");
    results->violations[3].examples[0] = &inner;
    results->violations[3].example_count = 1;
    add_violation(results, 3, 3, 2, SEVERITY_LOW);
    results->violations[4].known = true;
    add_violation(results, 2, 2, 8, SEVERITY_MEDIUM);
    struct violation *role = &results->violations[5];
    role->field = UINT32_MAX;
    role->kind = NULL;
    role->role = "payment_amount";
}

static inline void put_spool(struct results *results) {
    static const struct occurrence values[] = {
        {.field = 1, .kind = 1, .state = STATE_CLEAR, .evidence = EVIDENCE_CHECKSUM, .length = 16},
        {.field = 1, .kind = 9, .state = STATE_CLEAR, .length = 16}, /* judged to be no such kind */
        {.field = 3, .kind = 6, .state = STATE_MASKED, .length = 3}, /* below the confidence */
        {.field = 1, .kind = 4, .state = STATE_CLEAR, .length = 10, .column_in_line = 17},
    };
    static const uint32_t unit_of[] = {0, 0, 1, 1};
    results->occurrences = tmpfile();
    results->chunks = calloc(4, sizeof *results->chunks);
    struct text_buffer text;
    text_buffer_init(&text, 0);
    for (size_t i = 0; i < 4; i++) {
        struct occurrence one = values[i];
        one.at = example_at(3, 12, 1600 + i, "***");
        size_t at = text.len;
        wire_put_occurrence(&one, &text);
        results->chunks[results->chunk_count++] =
            (struct occurrence_chunk){unit_of[i], at, text.len - at};
    }
    CHECK_INT(fwrite(text.data, 1, text.len, results->occurrences), text.len);
    text_buffer_release(&text);
}

static const char pack_yaml[] = "schema: 1\n"
                                "pack: platform\n"
                                "version: \"7\"\n"
                                "title:\n"
                                "  en: Sample\n"
                                "  zh: 範例\n"
                                "edition: sample\n"
                                "issuer: nobody\n"
                                "rank: administrative-reference\n"
                                "rules: []\n";

static inline struct catalog *new_catalog(void) {
    static const char *const none[] = {NULL};
    static const struct rule_vocabulary words = {.kinds = none, .roles = none};
    const struct pack_source source = {"sample.yaml", bytes_of_string(pack_yaml)};
    struct catalog *catalog = NULL;
    struct error err = {0};
    if (catalog_new(&source, 1, &words, &catalog, &err) != 0) {
        printf("%s\n", err.text);
    }
    return catalog;
}

static inline void make_results(struct results *results) {
    *results = (struct results){0};
    results->units = calloc(UNITS, sizeof *results->units);
    results->fields = calloc(FIELDS, sizeof *results->fields);
    results->violations = calloc(VIOLATIONS, sizeof *results->violations);
    results->run.profiles = calloc(3, sizeof results->run.profiles[0]);
    results->run.args = calloc(3, sizeof results->run.args[0]);
    if (results->units == NULL || results->fields == NULL || results->violations == NULL ||
        results->run.profiles == NULL || results->run.args == NULL) {
        exit(EXIT_FAILURE);
    }
    results->catalog = new_catalog();
    struct run_info *run = &results->run;
    run->started = 1769846400; /* 2026-01-31T08:00:00Z */
    memcpy(run->as_of, "2026-01-31", sizeof run->as_of);
    run->tz = "Asia/Taipei";
    run->profiles[0] = "platform";
    run->profiles[1] = "yinma";
    run->profile_assumed = true;
    run->key_ephemeral = true;
    memcpy(run->key_id, "0123456789abcdef", sizeof run->key_id);
    memcpy(run->host, "db-01", 6);
    run->args[0] = strdup("scan");
    run->args[1] = strdup("備份");
    run->engines[0] = (struct engine_version){"hyperscan", "5.4.0"};
    run->engines[1] = (struct engine_version){"libarchive", "3.6.2"};
    run->simd = "avx2";
    run->fail_on = SEVERITY_MEDIUM;
    fill_units(results);
    fill_fields(results);
    fill_violations(results);
    put_spool(results);
    results->summary.units = UNITS;
    results->summary.bytes_read = 2345678901;
    results->summary.bytes_scanned = 12345678901;
    results->summary.values = 4516;
    results->summary.below_confidence = 12;
    results->summary.subjects = 980;
    results->summary.subjects_basis = "tw_national_id";
    results->summary.subjects_error = 0.0325;
    results->summary.not_scanned = 1;
    results->summary.seconds = 1.25;
    results->summary.status = 1;
}

static inline void drop_results(struct results *results) {
    struct catalog *catalog = (struct catalog *)results->catalog; /* ours: results only look */
    results_release(results);
    catalog_free(catalog);
}

static inline void print_report(const struct report *report, const struct results *results,
                                const struct report_options *options, struct text_buffer *out) {
    char *text = NULL;
    size_t len = 0;
    struct error err = {0};
    FILE *file = open_memstream(&text, &len);
    if (file == NULL) {
        exit(EXIT_FAILURE);
    }
    CHECK_INT(report_write(report, results, options, file, &err), 0);
    fclose(file);
    text_buffer_clear(out);
    text_buffer_put(out, bytes_of(text, len));
    free(text);
}

#endif
