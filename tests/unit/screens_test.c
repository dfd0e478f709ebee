/* reports: what people see on a terminal. */
#include "core/utf8.h"
#include "reports/text_controls.h"
#include "tests/unit/check.h"
#include "tests/unit/made_results.h"

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

static const struct test_case cases[] = {
    {"nothing_a_terminal_acts_on", nothing_a_terminal_acts_on},
    {"many_fields_stay_on_a_screen", many_fields_stay_on_a_screen},
    {"narrow_terminals_are_respected", narrow_terminals_are_respected},
    {"numbers_of_rules_are_never_cut", numbers_of_rules_are_never_cut},
    {"what_stands_behind_is_kept", what_stands_behind_is_kept},
    {"names_are_shortened_in_their_middle", names_are_shortened_in_their_middle},
    {"figures_can_be_read", figures_can_be_read},
};

TEST_MAIN(cases)
