/* A small set of results made by hand, with Chinese and hostile names, through every row of the
 * registry; compared with tests/golden/reports/NAME[.zh].txt. YINMA_UPDATE_GOLDEN=1 writes those
 * files anew. With an argument `print NAME` the report goes to standard output instead, for checks
 * by other programs. */
#include <libintl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reports/html_page.h"
#include "reports/json_writer.h"
#include "tests/unit/check.h"
#include "tests/unit/made_results.h"

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

/* What stands in a text, and in the JSON of it. */
static const struct character {
    const char *text, *json, *in_page;
} characters[] = {{"k", "k", "k"},
                  {"0912-345-678", "0912-345-678", "0912-345-678"},
                  {"\u3000", "\u3000", "\u3000"},
                  {"\u738B\u5C0F\u660E", "\u738B\u5C0F\u660E", "\u738B\u5C0F\u660E"},
                  {"\uFF0C", "\uFF0C", "\uFF0C"},
                  {"\u2028", "\\u2028", "\\u2028"},
                  {"\"", "\\\"", "\\\""},
                  {"\t", "\\t", "\\t"},
                  {"<", "<", "\\u003c"},
                  {"\xFF", "\uFFFD", "\uFFFD"},
                  {"\xE7", "\uFFFD", "\uFFFD"}};
enum { CHARACTERS = sizeof characters / sizeof *characters, NEVER_ESCAPED = 5 };

static void check_json_text(struct bytes text, bool in_page, struct text_buffer *expected) {
    char *written = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&written, &len);
    struct report_sink sink;
    struct json_writer json = {.sink = &sink, .in_page = in_page};
    if (file == NULL) {
        exit(EXIT_FAILURE);
    }
    report_sink_init(&sink, file);
    json_text(&json, text);
    report_flush(&sink);
    fclose(file);
    CHECK_STR(written, text_buffer_string(expected));
    free(written);
}

static void texts_of_all_characters_are_written_as_json(void) {
    struct text_buffer text, expected;
    text_buffer_init(&text, 0);
    text_buffer_init(&expected, 0);
    uint64_t chance = 1;
    for (unsigned round = 0; round < 3000; round++) {
        const bool in_page = round % 2 == 1;
        const unsigned count = round % 100 == 0 ? 4000 : round % 12,
                       sorts = round % 3 == 0 ? NEVER_ESCAPED : CHARACTERS;
        text_buffer_clear(&text);
        text_buffer_clear(&expected);
        text_buffer_putc(&expected, '"');
        for (unsigned i = 0; i < count; i++) {
            chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            const struct character *next = &characters[(chance >> 33) % sorts];
            text_buffer_puts(&text, next->text);
            text_buffer_puts(&expected, in_page ? next->in_page : next->json);
        }
        text_buffer_putc(&expected, '"');
        check_json_text(text_buffer_view(&text), in_page, &expected);
    }
    text_buffer_release(&text);
    text_buffer_release(&expected);
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

static const struct test_case cases[] = {
    {"every_byte_is_escaped_where_it_must_be", every_byte_is_escaped_where_it_must_be},
    {"texts_of_all_characters_are_written_as_json", texts_of_all_characters_are_written_as_json},
    {"what_is_put_comes_out_whole", what_is_put_comes_out_whole},
    {"every_report_matches_its_golden_file", every_report_matches_its_golden_file},
    {"names_from_data_stay_data", names_from_data_stay_data},
    {"sarif_stays_within_what_services_take", sarif_stays_within_what_services_take},
    {"files_are_private_and_never_behind_links", files_are_private_and_never_behind_links},
    {"a_spool_that_is_cut_off_is_an_error", a_spool_that_is_cut_off_is_an_error},
    {"parts_of_threads_are_the_whole", parts_of_threads_are_the_whole},
};

int main(int argc, char **argv) {
    bindtextdomain("yinma", LOCALE_FOLDER);
    bind_textdomain_codeset("yinma", "UTF-8");
    if (argc == 3 && strcmp(argv[1], "print") == 0) {
        return print_one(argv[2]);
    }
    return check_run(cases, sizeof cases / sizeof *cases, argc, argv);
}
