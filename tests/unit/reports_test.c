/* A small set of results made by hand, with Chinese and hostile names, through every row of the
 * registry; compared with tests/golden/reports/NAME[.zh].txt. YINMA_UPDATE_GOLDEN=1 writes those
 * files anew. With an argument `print NAME` the report goes to standard output instead, for checks
 * by other programs. */
#include "reports/report.h"

#include <libintl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/hash64.h"
#include "core/utf8.h"
#include "reports/html_page.h"
#include "reports/json_writer.h"
#include "reports/terminal.h"
#include "reports/text_controls.h"
#include "result/saved/occurrence_reader.h"
#include "tests/unit/check.h"

/* ---- results made by hand ---- */

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

static struct unit_facts *new_unit(const char *name, const char *format, unsigned traits) {
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

static void set_gap(struct unit_facts *unit, enum coverage_status status, int code,
                    const char *detail) {
    unit->status = status;
    unit->error_code = code;
    unit->bytes = 0;
    snprintf(unit->detail, sizeof unit->detail, "%s", detail);
}

static struct example example_at(uint64_t row, uint64_t line, uint64_t offset, const char *shown) {
    struct example example = {.row = row, .line = line, .offset = offset};
    snprintf(example.shown, sizeof example.shown, "%s", shown);
    snprintf(example.fingerprint, sizeof example.fingerprint, "%032llx",
             (unsigned long long)row * 1000 + line);
    return example;
}

/* The field's place and facts, in its unit; FIELD is filled but for what judging decides. */
static void new_field(struct unit_facts *unit, unsigned room, struct bytes table,
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

static struct kind_facts *facts_of(struct unit_facts *unit, unsigned field) {
    return &unit->fields[field].kinds[0];
}

static void fill_units(struct results *results) {
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
    snprintf(units[0].zone_reason, sizeof units[0].zone_reason, "format mysqldump");
    units[1].zones = ZONE_BIT(ZONE_LOG);
    set_gap(units[2].facts, COVERAGE_SCANNED, 0, "");
    set_gap(units[3].facts, COVERAGE_FAILED, YINMA_E_ENCRYPTED, "member \"secret.sql\" has a\nkey");
    set_gap(units[4].facts, COVERAGE_OPAQUE, 0, "image/jpeg");
    set_gap(units[5].facts, COVERAGE_SKIPPED, 0, "");
    set_gap(units[6].facts, COVERAGE_WAIVED, YINMA_E_UNSUPPORTED, "");
}

static void fill_fields(struct results *results) {
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

static void add_violation(struct results *results, unsigned rule, uint32_t field, uint64_t count,
                          enum severity severity) {
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

static void fill_violations(struct results *results) {
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

static void put_spool(struct results *results) {
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

static struct catalog *new_catalog(void) {
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

static void make_results(struct results *results) {
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

static void drop_results(struct results *results) {
    struct catalog *catalog = (struct catalog *)results->catalog; /* ours: results only look */
    results_release(results);
    catalog_free(catalog);
}

/* ---- JSON ---- */

/* What BYTE becomes in a text of plain letters. */
static void write_as_json(uint8_t byte, bool in_page, char out[8]) {
    static const char named[] = "btn?fr";
    bool page = in_page && (byte == '<' || byte == '>' || byte == '&');
    if (byte >= 0x80) {
        snprintf(out, 8, "\xEF\xBF\xBD"); /* alone, it is no UTF-8 */
    } else if (byte == '"' || byte == '\\') {
        snprintf(out, 8, "\\%c", byte);
    } else if (byte >= 8 && byte <= 13 && byte != 11) {
        snprintf(out, 8, "\\%c", named[byte - 8]);
    } else if (byte < 0x20 || byte == 0x7F || page) {
        snprintf(out, 8, "\\u%04x", byte);
    } else {
        snprintf(out, 8, "%c", byte);
    }
}

/* Wherever it stands: eight bytes are looked at in one go. */
static void every_byte_is_escaped_where_it_must_be(void) {
    enum { TEXT = 21 };
    for (unsigned round = 0; round < 2 * 256 * TEXT; round++) {
        uint8_t byte = (uint8_t)(round / 2), text[TEXT];
        size_t at = round / 512;
        char *written = NULL, escaped[8], expected[2 * TEXT + 16];
        size_t len = 0;
        FILE *file = open_memstream(&written, &len);
        struct report_sink sink;
        struct json_writer json = {.sink = &sink, .in_page = round % 2 == 1};
        memset(text, 'k', sizeof text);
        text[at] = byte;
        if (file == NULL) {
            exit(EXIT_FAILURE);
        }
        report_sink_init(&sink, file);
        json_text(&json, bytes_of(text, sizeof text));
        report_flush(&sink);
        fclose(file);
        write_as_json(byte, json.in_page, escaped);
        snprintf(expected, sizeof expected, "\"%.*s%s%.*s\"", (int)at, "kkkkkkkkkkkkkkkkkkkkk",
                 escaped, (int)(TEXT - 1 - at), "kkkkkkkkkkkkkkkkkkkkk");
        CHECK_STR(written, expected);
        free(written);
    }
}

/* Pieces of all lengths, longer than what is held too, come out in order. */
static void what_is_put_comes_out_whole(void) {
    enum { MOST = 2 * REPORT_BUFFER };
    char *written = NULL, *text = malloc(MOST);
    size_t len = 0, put = 0;
    FILE *file = open_memstream(&written, &len);
    struct report_sink sink;
    if (file == NULL || text == NULL) {
        exit(EXIT_FAILURE);
    }
    for (size_t i = 0; i < MOST; i++) {
        text[i] = (char)('a' + i % 26);
    }
    report_sink_init(&sink, file);
    for (size_t size = 1; size < MOST; size = size * 3 + 1) {
        report_put(&sink, bytes_of(text, size));
        report_printf(&sink, "%.*s", (int)size, text);
        memcpy(report_room(&sink, 26), text, 26);
        put += 2 * size + 26;
    }
    report_flush(&sink);
    fclose(file);
    CHECK_INT(len, put);
    for (size_t size = 1, at = 0; size < MOST; size = size * 3 + 1) {
        CHECK(memcmp(written + at, text, size) == 0);
        CHECK(memcmp(written + at + size, text, size) == 0);
        CHECK(memcmp(written + at + 2 * size, text, 26) == 0);
        at += 2 * size + 26;
    }
    free(written);
    free(text);
}

/* ---- golden files ---- */

static void print_report(const struct report *report, const struct results *results,
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

/* The program's version changes without the reports changing. */
static void hide_version(struct text_buffer *text) {
    static const char *const quoted[] = {"\"yinma\":\"" YINMA_VERSION "\"",
                                         "\"version\":\"" YINMA_VERSION "\""};
    for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++) {
        struct bytes given = bytes_of_string(quoted[i]);
        size_t at = bytes_find(text_buffer_view(text), given);
        if (at != SIZE_MAX) {
            size_t version = at + given.len - 1 - strlen(YINMA_VERSION);
            struct text_buffer out;
            text_buffer_init(&out, 0);
            text_buffer_put(&out, bytes_first(text_buffer_view(text), version));
            text_buffer_puts(&out, "VERSION\"");
            text_buffer_put(&out, bytes_from(text_buffer_view(text), at + given.len));
            text_buffer_release(text);
            *text = out;
        }
    }
}

/* Of the html report only what comes from the results: its page stands in reports/html/. */
static void keep_data(struct text_buffer *text) {
    struct bytes whole = text_buffer_view(text);
    if (bytes_starts_with(whole, html_page_head)) {
        CHECK(bytes_ends_with(whole, html_page_tail));
        size_t len = whole.len - html_page_head.len - html_page_tail.len;
        memmove(text->data, text->data + html_page_head.len, len);
        text->len = len;
        text_buffer_putc(text, '\n');
    }
}

static void compare_golden(const char *name, struct text_buffer *text) {
    char path[512];
    hide_version(text);
    keep_data(text);
    snprintf(path, sizeof path, "%s/%s", GOLDEN_FOLDER, name);
    const char *update = getenv("YINMA_UPDATE_GOLDEN");
    if (update != NULL && strcmp(update, "1") == 0) {
        FILE *file = fopen(path, "we");
        CHECK(file != NULL && fwrite(text->data, 1, text->len, file) == text->len);
        CHECK(file != NULL && fclose(file) == 0);
        return;
    }
    struct text_buffer golden;
    text_buffer_init(&golden, 0);
    FILE *file = fopen(path, "re");
    CHECK(file != NULL);
    for (int c; file != NULL && (c = getc(file)) != EOF;) {
        text_buffer_putc(&golden, (char)c);
    }
    if (file != NULL) {
        fclose(file);
    }
    if (!bytes_equal(text_buffer_view(&golden), text_buffer_view(text))) {
        printf("%s differs; YINMA_UPDATE_GOLDEN=1 writes it anew. This was written:\n%s\n", name,
               text_buffer_string(text));
        check_failures++;
    }
    text_buffer_release(&golden);
}

static const char *in_chinese(const char *message) {
    char locale[64];
    snprintf(locale, sizeof locale, "%s", setlocale(LC_MESSAGES, NULL));
    setenv("LANGUAGE", "zh_TW", 1);
    setlocale(LC_MESSAGES, "C.UTF-8");
    const char *text = dgettext("yinma", message);
    setlocale(LC_MESSAGES, locale);
    return text;
}

static void every_report_matches_its_golden_file(void) {
    struct results results;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    make_results(&results);
    const struct report_options plain = {.occurrences = true, .in_chinese = in_chinese};
    const struct report_options chinese = {
        .language = LANGUAGE_ZH, .all_units = true, .in_chinese = in_chinese};
    for (size_t i = 0; reports[i] != NULL; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s.txt", reports[i]->name);
        print_report(reports[i], &results, &plain, &text);
        compare_golden(name, &text);
        snprintf(name, sizeof name, "%s.zh.txt", reports[i]->name);
        setenv("LANGUAGE", "zh_TW", 1);
        CHECK(setlocale(LC_MESSAGES, "C.UTF-8") != NULL);
        print_report(reports[i], &results, &chinese, &text);
        setlocale(LC_MESSAGES, "C");
        compare_golden(name, &text);
    }
    CHECK(report_find("ndjson") != NULL);
    CHECK(report_find("nonsense") == NULL);
    text_buffer_release(&text);
    drop_results(&results);
}

/* ---- behaviour ---- */

static void nothing_a_terminal_acts_on(void) {
    struct results results;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    make_results(&results);
    const struct report_options options = {.all_units = true, .occurrences = true};
    for (size_t i = 0; reports[i] != NULL; i++) {
        print_report(reports[i], &results, &options, &text);
        for (size_t at = 0; at < text.len; at++) {
            bool line_end = text.data[at] == '\n' || /* of a CSV file: */
                            (text.data[at] == '\r' && text.data[at + 1] == '\n');
            CHECK((uint8_t)text.data[at] >= 0x20 || line_end);
        }
        CHECK(bytes_find(text_buffer_view(&text), BYTES_LIT("\x80.log")) == SIZE_MAX);
    }
    text_buffer_release(&text);
    drop_results(&results);
}

/* ---- hostile names ---- */

static size_t count_of(struct bytes text, const char *what) {
    size_t count = 0, at;
    while ((at = bytes_find(text, bytes_of_string(what))) != SIZE_MAX) {
        count++;
        text = bytes_from(text, at + 1);
    }
    return count;
}

static void names_from_data_stay_data(void) {
    static const char script[] = "</script><script>alert(1)</script>";
    struct results results;
    struct text_buffer text;
    struct unit_facts *unit =
        new_unit("a<!--b&amp;</script><img src=x onerror=alert(1)>.sql", "", 0);
    text_buffer_init(&text, 0);
    make_results(&results);
    unit_facts_free(results.units[2].facts);
    set_gap(unit, COVERAGE_FAILED, YINMA_E_DAMAGED, "]]><svg onload=alert(1)>");
    results.units[2].facts = unit;
    results.units[2].name = unit->name;
    struct unit_facts *dump = results.units[0].facts;
    for (unsigned i = 0; i < 2; i++) {
        field_facts_release(&dump->fields[i + 1]);
        CHECK(field_facts_init(&dump->fields[i + 1], bytes_of_string(script),
                               i == 0 ? BYTES_LIT("=cmd|' /C calc'!A0 [x](http://example.org) {0}")
                                      : BYTES_LIT("javascript:alert(1)<!--"),
                               (struct bytes){0}));
        struct field_result *field = &results.fields[i + 1];
        field->facts = field_facts_kind(&dump->fields[i + 1], field->kind_number);
    }
    const struct report_options options = {.in_chinese = in_chinese};

    print_report(report_find("html"), &results, &options, &text);
    struct bytes page = text_buffer_view(&text);
    CHECK(bytes_starts_with(page, html_page_head) && bytes_ends_with(page, html_page_tail));
    keep_data(&text);
    struct bytes data = text_buffer_view(&text);
    CHECK_INT(count_of(data, "<") + count_of(data, ">") + count_of(data, "&"), 0);
    CHECK(count_of(data, "\\u003c/script\\u003e\\u003cscript\\u003ealert(1)") > 0);

    print_report(report_find("junit"), &results, &options, &text);
    data = text_buffer_view(&text);
    CHECK_INT(count_of(data, "<script") + count_of(data, "<!--") + count_of(data, "<svg"), 0);
    CHECK(count_of(data, "&lt;script&gt;alert(1)") > 0);

    print_report(report_find("csv"), &results, &options, &text);
    CHECK_INT(count_of(text_buffer_view(&text), ",=") + count_of(text_buffer_view(&text), ",\"="),
              0);
    CHECK(count_of(text_buffer_view(&text), ",\"'=cmd|") > 0);

    print_report(report_find("sarif"), &results, &options, &text);
    CHECK_INT(count_of(text_buffer_view(&text),
                       "text\":\"</script><script>alert(1)</script>.=cmd|' /C "
                       "calc'!A0 [x]"),
              0);
    CHECK(count_of(text_buffer_view(&text), "\\\\[x\\\\](http://example.org) {{0}}") > 0);
    text_buffer_release(&text);
    drop_results(&results);
}

/* The most severe results stay, and it is said how many went. */
static void sarif_stays_within_what_services_take(void) {
    enum { MANY = 26000 };
    struct results results;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    make_results(&results);
    struct violation *violations = calloc(MANY + 1, sizeof *violations);
    CHECK(violations != NULL);
    if (violations != NULL) {
        for (size_t i = 0; i <= MANY; i++) {
            violations[i] = results.violations[i == MANY ? 2 : 4]; /* critical, else low */
            violations[i].fingerprint = NULL;
        }
        for (size_t i = 0; i < results.violation_count; i++) {
            free(results.violations[i].fingerprint);
        }
        free(results.violations);
        results.violations = violations;
        results.violation_count = MANY + 1;
    }
    const struct report_options options = {0};
    print_report(report_find("sarif"), &results, &options, &text);
    CHECK_INT(count_of(text_buffer_view(&text), "\"partialFingerprints\""), 25000);
    CHECK_INT(count_of(text_buffer_view(&text), "\"severity\":\"critical\""), 1);
    CHECK_INT(count_of(text_buffer_view(&text), "Only 25000 of 26001 results are in this file"), 1);
    text_buffer_release(&text);
    drop_results(&results);
}

static size_t lines_of(const struct text_buffer *text) {
    size_t lines = 0;
    for (size_t i = 0; i < text->len; i++) {
        lines += text->data[i] == '\n';
    }
    return lines;
}

static void many_fields_stay_on_a_screen(void) {
    enum { MANY = 500 };
    struct results results;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    make_results(&results);
    struct field_result *fields = calloc(FIELDS + MANY, sizeof *fields);
    CHECK(fields != NULL);
    if (fields != NULL) {
        memcpy(fields, results.fields, sizeof *fields * FIELDS);
        for (size_t i = 0; i < MANY; i++) {
            fields[FIELDS + i] = results.fields[4];
        }
        free(results.fields);
        results.fields = fields;
        results.field_count = FIELDS + MANY;
    }
    struct report_options options = {.width = 100};
    print_report(report_find("text"), &results, &options, &text);
    CHECK(lines_of(&text) <= 40);
    CHECK(bytes_find(text_buffer_view(&text), BYTES_LIT("more fields in ")) != SIZE_MAX);
    for (options.height = 25; options.height <= 60; options.height++) {
        print_report(report_find("text"), &results, &options, &text);
        CHECK(lines_of(&text) < options.height);
    }
    options.all_units = true;
    print_report(report_find("text"), &results, &options, &text);
    CHECK(lines_of(&text) > MANY);
    text_buffer_release(&text);
    drop_results(&results);
}

/* Every line of the table fits when the names in it can be shortened. */
static void narrow_terminals_are_respected(void) {
    struct results results;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    make_results(&results);
    results.fields[4].count[STATE_CLEAR] = 5;
    const struct report_options options = {.width = 112};
    print_report(report_find("text"), &results, &options, &text);
    struct bytes rest = text_buffer_view(&text);
    size_t end = 0;
    for (unsigned line = 0; line < 9 && end != SIZE_MAX; line++) {
        end = bytes_find(rest, BYTES_LIT("\n"));
        CHECK(end != SIZE_MAX && utf8_width(bytes_first(rest, end)) <= options.width);
        rest = bytes_from(rest, end + 1);
    }
    text_buffer_release(&text);
    drop_results(&results);
}

/* "5.3.5.….6" is no number of a rule: what has no room is counted. */
static void numbers_of_rules_are_never_cut(void) {
    struct results results;
    struct text_rows rows;
    struct text_buffer whole, cut;
    text_buffer_init(&whole, 0);
    text_buffer_init(&cut, 0);
    make_results(&results);
    CHECK(text_rows_make(&results, &rows));
    size_t counted = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const struct text_row *row = &rows.rows[i];
        text_buffer_clear(&whole);
        text_controls(&whole, row, SIZE_MAX);
        for (size_t width = 1; row->violation_count > 0 && width < 90; width++) {
            text_buffer_clear(&cut);
            text_controls(&cut, row, width);
            size_t rest = bytes_find(text_buffer_view(&cut), BYTES_LIT(" +"));
            bool fits = utf8_width(text_buffer_view(&whole)) <= width;
            CHECK_INT(rest == SIZE_MAX, fits || row->violation_count == 1);
            counted += rest != SIZE_MAX;
            struct bytes kept = bytes_first(text_buffer_view(&cut), rest);
            size_t len = kept.len;
            while (len > 0 && (len > whole.len || memcmp(kept.ptr, whole.data, len) != 0)) {
                len--; /* the bracket that closes early */
            }
            CHECK(len + 1 >= kept.len && len > 0);
            CHECK(len == whole.len || strchr(",;) (", whole.data[len]) != NULL);
        }
    }
    CHECK(counted > 0);
    text_buffer_release(&cut);
    text_buffer_release(&whole);
    text_rows_release(&rows);
    drop_results(&results);
}

static void what_stands_behind_is_kept(void) {
    static const struct {
        const char *text, *expected;
        size_t keep, width;
    } rows[] = {
        {"logistics_017.card_no", "logistics_017.card_no", 13, 21},
        {"logistics_017.card_no", "log…_017.card_no", 13, 16},
        {"logistics_017.card_no", "log…017.card_no", 13, 15},
        {"訂單.a_name_that_is_too_long", "訂單.a…oo_long", 6, 14},
        {"card_no", "ca…_no", 0, 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text_buffer out;
        text_buffer_init(&out, 0);
        text_buffer_puts(&out, rows[i].text);
        terminal_fit_before(&out, rows[i].keep, rows[i].width);
        CHECK(utf8_width(text_buffer_view(&out)) <= rows[i].width);
        CHECK_STR(text_buffer_string(&out), rows[i].expected);
        text_buffer_release(&out);
    }
}

static void names_are_shortened_in_their_middle(void) {
    static const struct {
        const char *text, *expected;
        size_t width;
    } rows[] = {
        {"short", "short", 10},
        {"abcdefghij", "abcd…ghij", 9},
        {"身分證字號", "身分證字號", 10},
        {"身分證字號", "身分…字號", 9},
        {"身分證字號", "身…號", 6},
        {"a\xCC\x81"
         "bcdefgh",
         "a\xCC\x81"
         "b…gh",
         5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text_buffer out;
        text_buffer_init(&out, 0);
        text_buffer_puts(&out, rows[i].text);
        terminal_fit(&out, 0, rows[i].width);
        CHECK_STR(text_buffer_string(&out), rows[i].expected);
        text_buffer_release(&out);
    }
}

static void figures_can_be_read(void) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    terminal_number(&out, 0);
    text_buffer_putc(&out, ' ');
    terminal_number(&out, 999);
    text_buffer_putc(&out, ' ');
    terminal_number(&out, UINT64_MAX);
    CHECK_STR(text_buffer_string(&out), "0 999 18,446,744,073,709,551,615");
    text_buffer_clear(&out);
    terminal_bytes(&out, 999);
    text_buffer_putc(&out, ' ');
    terminal_bytes(&out, 1000);
    text_buffer_putc(&out, ' ');
    terminal_bytes(&out, 12345678);
    text_buffer_putc(&out, ' ');
    terminal_bytes(&out, UINT64_MAX);
    CHECK_STR(text_buffer_string(&out), "999 B 1.0 kB 12.3 MB 18446.7 PB");
    text_buffer_release(&out);
}

static char folder[] = "/tmp/yinma-reports-XXXXXX";

static void files_are_private_and_never_behind_links(void) {
    struct results results;
    make_results(&results);
    struct report_options options = {0};
    struct error err = {0};
    const struct report *report = report_find("ndjson");
    CHECK(mkdtemp(folder) != NULL);
    char path[128], other[128];
    snprintf(path, sizeof path, "%s/報告.ndjson", folder);
    snprintf(other, sizeof other, "%s/link", folder);
    struct stat info;
    CHECK_INT(report_write_file(report, &results, &options, path, &err), 0);
    CHECK_INT(stat(path, &info), 0);
    CHECK_INT(info.st_mode & 07777, 0600);
    chmod(path, 0644);
    CHECK_INT(report_write_file(report, &results, &options, path, &err), 0);
    CHECK_INT(stat(path, &info), 0);
    CHECK_INT(info.st_mode & 07777, 0600);
    off_t size = info.st_size;
    CHECK(size > 0);
    CHECK_INT(symlink(path, other), 0);
    CHECK_INT(report_write_file(report, &results, &options, other, &err), YINMA_E_IO);
    CHECK(strstr(err.text, "symbolic link") != NULL);
    CHECK_INT(report_write_file(report, &results, &options, folder, &err), YINMA_E_IO);
    CHECK_INT(report_write_file(report, &results, &options, "/dev/full", &err), YINMA_E_IO);
    CHECK_INT(report_write_file(report, &results, &options, "/dev/null", &err), 0);
    CHECK_INT(stat("/dev/null", &info) == 0 && S_ISCHR(info.st_mode), 1);
    snprintf(other, sizeof other, "%s/none/report", folder);
    CHECK_INT(report_write_file(report, &results, &options, other, &err), YINMA_E_IO);
    snprintf(other, sizeof other, "%s/link", folder);
    unlink(other);
    unlink(path);
    CHECK_INT(rmdir(folder), 0); /* nothing else was left behind */
    drop_results(&results);
}

static void a_spool_that_is_cut_off_is_an_error(void) {
    struct results results;
    struct text_buffer text;
    make_results(&results);
    text_buffer_init(&text, 0);
    results.chunks[3].length += 5;
    const struct report_options options = {.occurrences = true};
    struct error err = {0};
    FILE *file = fopen("/dev/null", "we");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK_INT(report_write(report_find("ndjson"), &results, &options, file, &err), YINMA_E_IO);
        fclose(file);
    }
    text_buffer_release(&text);
    drop_results(&results);
}

/* The same fields and violations over and over, as views. Some fields are not written. */
static void multiply_results(const struct results *from, size_t count, struct results *out) {
    *out = *from;
    out->fields = calloc(count, sizeof *out->fields);
    out->violations = calloc(count, sizeof *out->violations);
    if (out->fields == NULL || out->violations == NULL) {
        exit(EXIT_FAILURE);
    }
    for (size_t i = 0; i < count; i++) {
        out->fields[i] = from->fields[i / 3 % from->field_count];
        out->fields[i].values = i;
        out->fields[i].written = i % 7 != 0 && (i < 1000 || i > 1500);
        out->violations[i] = from->violations[i * i % from->violation_count];
        out->violations[i].count = i;
    }
    out->field_count = out->violation_count = count;
}

static void parts_of_threads_are_the_whole(void) {
    static const unsigned threads[] = {2, 3, 64};
    static const size_t counts[] = {1, 1024, 1025, 7000};
    struct results results, many;
    struct text_buffer alone, shared;
    make_results(&results);
    text_buffer_init(&alone, 0);
    text_buffer_init(&shared, 0);
    for (size_t i = 0; i < 2 * sizeof counts / sizeof *counts; i++) {
        const struct report *report = report_find(i % 2 == 0 ? "ndjson" : "json");
        multiply_results(&results, counts[i / 2], &many);
        print_report(report, &many, &(struct report_options){0}, &alone);
        for (size_t k = 0; k < sizeof threads / sizeof *threads; k++) {
            print_report(report, &many, &(struct report_options){.threads = threads[k]}, &shared);
            CHECK_INT(shared.len, alone.len);
            CHECK(strcmp(text_buffer_string(&shared), text_buffer_string(&alone)) == 0);
        }
        FILE *full = fopen("/dev/full", "we");
        struct error err = {0};
        if (full != NULL) {
            const struct report_options options = {.threads = 3};
            CHECK_INT(report_write(report, &many, &options, full, &err), YINMA_E_IO);
            (void)fclose(full);
        }
        free(many.fields);
        free(many.violations);
    }
    text_buffer_release(&alone);
    text_buffer_release(&shared);
    drop_results(&results);
}

static const struct test_case cases[] = {
    {"every_byte_is_escaped_where_it_must_be", every_byte_is_escaped_where_it_must_be},
    {"what_is_put_comes_out_whole", what_is_put_comes_out_whole},
    {"every_report_matches_its_golden_file", every_report_matches_its_golden_file},
    {"nothing_a_terminal_acts_on", nothing_a_terminal_acts_on},
    {"names_from_data_stay_data", names_from_data_stay_data},
    {"sarif_stays_within_what_services_take", sarif_stays_within_what_services_take},
    {"many_fields_stay_on_a_screen", many_fields_stay_on_a_screen},
    {"narrow_terminals_are_respected", narrow_terminals_are_respected},
    {"numbers_of_rules_are_never_cut", numbers_of_rules_are_never_cut},
    {"what_stands_behind_is_kept", what_stands_behind_is_kept},
    {"names_are_shortened_in_their_middle", names_are_shortened_in_their_middle},
    {"figures_can_be_read", figures_can_be_read},
    {"files_are_private_and_never_behind_links", files_are_private_and_never_behind_links},
    {"a_spool_that_is_cut_off_is_an_error", a_spool_that_is_cut_off_is_an_error},
    {"parts_of_threads_are_the_whole", parts_of_threads_are_the_whole},
};

static int print_one(const char *name) {
    struct results results;
    struct error err = {0};
    const struct report *report = report_find(name);
    const struct report_options options = {
        .occurrences = true, .all_units = true, .in_chinese = in_chinese};
    make_results(&results);
    int status = report == NULL ? -1 : report_write(report, &results, &options, stdout, &err);
    drop_results(&results);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv) {
    bindtextdomain("yinma", LOCALE_FOLDER);
    bind_textdomain_codeset("yinma", "UTF-8");
    if (argc == 3 && strcmp(argv[1], "print") == 0) {
        return print_one(argv[2]);
    }
    return check_run(cases, sizeof cases / sizeof *cases, argc, argv);
}
