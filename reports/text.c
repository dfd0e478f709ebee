/* The report for people: worst first, then what was not read, then what it comes to and what to do.
 * About a screen; -v shows all. */
#include "reports/text_cells.h"
#include "reports/text_statuses.h"
#include "reports/translate.h"

#include "core/utf8.h"

enum {
    ROW_LINES = 18,     /* lines of fields and unit headings without -v */
    RULE_LINES = 4,     /* titles of broken rules, without -v */
    COVERAGE_LINES = 5, /* units that were not read, without -v */
    RULES_MAX = 512,
    EXAMPLE_WIDTH_MIN = 8,
};

struct text_report {
    struct terminal terminal;
    const struct results *results;
    const struct report_options *options;
    struct text_rows rows;
    size_t shown; /* rows */
    struct text_cells cells;
    size_t width[COLUMN_COUNT];
    struct text_buffer line;
};

static void put_line(struct text_report *report) {
    if (report->line.failed) {
        struct error error;
        error_set(&error, YINMA_E_MEMORY, "memory ran out while the report was written");
        report_fail(report->terminal.sink, &error);
    }
    report_put(report->terminal.sink, text_buffer_view(&report->line));
    report_putc(report->terminal.sink, '\n');
    text_buffer_clear(&report->line);
}

/* ---- fields ---- */

static void measure_cells(struct text_report *report) {
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        size_t width = utf8_width(text_buffer_view(&report->cells.text[i]));
        if (width > report->width[i]) {
            report->width[i] = width;
        }
    }
}

static void measure(struct text_report *report) {
    text_cells_head(&report->cells);
    measure_cells(report);
    bool encrypted = false;
    for (size_t i = 0; i < report->rows.count; i++) {
        const struct text_row *row = &report->rows.rows[i];
        if (!row->shown) {
            continue;
        }
        text_cells_row(&report->cells, row);
        measure_cells(report);
        encrypted = encrypted || (row->field != NULL && row->field->count[STATE_ENCRYPTED] > 0);
    }
    if (!encrypted) {
        report->width[COLUMN_ENCRYPTED] = 0;
    }
}

static enum style style_of(const struct text_row *row) {
    static const enum style styles[] = {
        [SEVERITY_NONE] = STYLE_DIM,       [SEVERITY_LOW] = STYLE_BLUE,
        [SEVERITY_MEDIUM] = STYLE_YELLOW,  [SEVERITY_HIGH] = STYLE_RED,
        [SEVERITY_CRITICAL] = STYLE_ALARM,
    };
    return row->known ? STYLE_DIM : styles[row->severity];
}

/* Columns that all but the example take. */
static size_t width_before_example(const struct text_report *report) {
    size_t width = 2;
    for (unsigned i = 0; i < COLUMN_EXAMPLE; i++) {
        width += report->width[i] == 0 ? 0 : report->width[i] + 2;
    }
    return width;
}

/* Names give way when the terminal is narrow, each down to what still tells. */
static void shrink_to_terminal(struct text_report *report) {
    static const struct {
        enum text_column column;
        size_t least;
    } rows[] = {{COLUMN_KIND, 14}, {COLUMN_FIELD, 20}, {COLUMN_CONTROLS, 24}, {COLUMN_FIELD, 12}};
    size_t room = report->options->width;
    for (size_t i = 0; room > 0 && i < sizeof rows / sizeof *rows; i++) {
        size_t *width = &report->width[rows[i].column];
        size_t need = width_before_example(report);
        if (need > room && *width > rows[i].least) {
            size_t spare = *width - rows[i].least;
            *width -= need - room < spare ? need - room : spare;
        }
    }
}

static void fit_names(struct text_report *report) {
    terminal_fit(&report->cells.text[COLUMN_FIELD], 0, report->width[COLUMN_FIELD]);
    terminal_fit(&report->cells.text[COLUMN_KIND], 0, report->width[COLUMN_KIND]);
    terminal_fit(&report->cells.text[COLUMN_CONTROLS], 0, report->width[COLUMN_CONTROLS]);
}

/* The example goes to what is left of the terminal's width. */
static void fit_example(struct text_report *report) {
    if (report->options->width == 0) {
        return;
    }
    size_t before = width_before_example(report);
    struct text_buffer *example = &report->cells.text[COLUMN_EXAMPLE];
    if (before + EXAMPLE_WIDTH_MIN > report->options->width) {
        text_buffer_clear(example);
    } else {
        terminal_fit(example, 0, report->options->width - before);
    }
}

static bool nothing_from(const struct text_cells *cells, unsigned column) {
    for (; column < COLUMN_COUNT; column++) {
        if (cells->text[column].len > 0) {
            return false;
        }
    }
    return true;
}

static void put_cells(struct text_report *report, enum style first, enum style others) {
    const struct terminal *terminal = &report->terminal;
    fit_names(report);
    fit_example(report);
    report_puts(terminal->sink, " ");
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        struct bytes text = text_buffer_view(&report->cells.text[i]);
        enum style style = i == COLUMN_SEVERITY ? first : others;
        if (report->width[i] == 0 || (i >= COLUMN_CONTROLS && nothing_from(&report->cells, i))) {
            continue;
        }
        report_puts(terminal->sink, i == COLUMN_SEVERITY ? " " : "  ");
        if (style != STYLE_PLAIN) {
            terminal_style(terminal, style);
        }
        bool figure = i >= COLUMN_CLEAR && i <= COLUMN_ENCRYPTED;
        bool last = i == COLUMN_EXAMPLE ||
                    (i == COLUMN_CONTROLS && report->cells.text[COLUMN_EXAMPLE].len == 0);
        terminal_cell(terminal, text, last ? 0 : report->width[i], figure ? SIDE_RIGHT : SIDE_LEFT);
        if (style != STYLE_PLAIN) {
            terminal_style(terminal, STYLE_PLAIN);
        }
    }
    report_putc(terminal->sink, '\n');
}

static void put_unit_name(struct text_report *report, uint32_t unit) {
    struct text_buffer *line = &report->line;
    if (unit >= report->results->unit_count) {
        text_buffer_puts(line, _("the whole run"));
        put_line(report);
        return;
    }
    const struct unit_result *result = &report->results->units[unit];
    const char *names[ZONE_COUNT];
    unsigned count = 0;
    for (unsigned zone = 0; zone < ZONE_COUNT; zone++) {
        if ((result->zones & ZONE_BIT(zone)) != 0) {
            names[count++] = zone_name((enum zone)zone);
        }
    }
    terminal_style(&report->terminal, STYLE_BOLD);
    terminal_safe(line, result->name);
    report_put(report->terminal.sink, text_buffer_view(line));
    text_buffer_clear(line);
    terminal_style(&report->terminal, STYLE_PLAIN);
    const char *format = result->facts->format;
    if (format[0] == '\0' && count == 0) {
        put_line(report);
        return;
    }
    text_buffer_printf(line, "  (%s%s", format, format[0] != '\0' && count > 0 ? "; " : "");
    for (unsigned i = 0; i < count; i++) {
        text_buffer_printf(line, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    text_buffer_putc(line, ')');
    put_line(report);
}

static void put_more_fields(struct text_report *report) {
    size_t more = report->rows.count - report->shown, units = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < report->rows.count; i++) {
        const struct text_row *row = &report->rows.rows[i];
        if (!row->shown && row->unit != last) {
            units++;
            last = row->unit;
        }
    }
    struct text_buffer *line = &report->line;
    text_buffer_puts(line, "… ");
    text_buffer_printf(line, plural_("%zu more field", "%zu more fields", more), more);
    text_buffer_printf(line, plural_(" in %zu unit", " in %zu units", units), units);
    text_buffer_puts(line, _("; -v shows all"));
    put_line(report);
}

static void put_fields(struct text_report *report) {
    if (report->rows.count == 0) {
        text_buffer_puts(&report->line, _("No personal data was found."));
        put_line(report);
        return;
    }
    bool ok;
    report->shown =
        text_rows_choose(&report->rows, report->options->all_units ? SIZE_MAX : ROW_LINES, &ok);
    report->line.failed = !ok;
    measure(report);
    shrink_to_terminal(report);
    text_cells_head(&report->cells);
    put_cells(report, STYLE_DIM, STYLE_DIM);
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < report->rows.count; i++) {
        const struct text_row *row = &report->rows.rows[i];
        if (!row->shown) {
            continue;
        }
        if (row->unit != last) {
            put_unit_name(report, row->unit);
            last = row->unit;
        }
        text_cells_row(&report->cells, row);
        put_cells(report, style_of(row), STYLE_PLAIN);
    }
    if (report->shown < report->rows.count) {
        put_more_fields(report);
    }
}

/* ---- rules ---- */

static bool is_new(const struct rule *const *rules, size_t count, const struct rule *rule) {
    for (size_t i = 0; i < count; i++) {
        if (rules[i] == rule) {
            return false;
        }
    }
    return true;
}

/* The rules that are broken, in the order in which the rows name them. */
static size_t broken_rules(const struct text_report *report, const struct rule **rules) {
    size_t count = 0;
    for (size_t i = 0; i < report->rows.count; i++) {
        const struct text_row *row = &report->rows.rows[i];
        for (size_t j = 0; j < row->violation_count && count < RULES_MAX; j++) {
            if (is_new(rules, count, row->violations[j]->rule)) {
                rules[count++] = row->violations[j]->rule;
            }
        }
    }
    return count;
}

static void put_rules(struct text_report *report) {
    const struct rule *rules[RULES_MAX];
    size_t count = broken_rules(report, rules), width = 0;
    size_t shown = report->options->all_units || count <= RULE_LINES ? count : RULE_LINES;
    for (size_t i = 0; i < shown; i++) {
        size_t len = strlen(rules[i]->id);
        width = len > width ? len : width;
    }
    for (size_t i = 0; i < shown; i++) {
        const char *zh = report->options->language == LANGUAGE_ZH ? rules[i]->title.zh : NULL;
        const char *title = zh != NULL ? zh : rules[i]->title.en;
        if (i == 0) {
            report_putc(report->terminal.sink, '\n');
        }
        text_buffer_printf(&report->line, "  %-*s  %s", (int)width, rules[i]->id,
                           title == NULL ? "" : title);
        put_line(report);
    }
    if (shown < count) {
        size_t more = count - shown;
        text_buffer_puts(&report->line, "  … ");
        text_buffer_printf(&report->line,
                           plural_("%zu more rule is broken; -v shows all",
                                   "%zu more rules are broken; -v shows all", more),
                           more);
        put_line(report);
    }
}

/* ---- coverage ---- */

static void put_gap(struct text_report *report, const struct unit_result *unit) {
    struct text_buffer *line = &report->line;
    const struct unit_facts *facts = unit->facts;
    text_buffer_puts(line, "  ");
    text_buffer_puts(line, translate_row(coverage_status_name(facts->status)));
    text_buffer_puts(line, "  ");
    terminal_safe(line, unit->name);
    if (facts->error_code != 0 || (facts->traits & UNIT_SPECIAL_FILE) != 0) {
        text_buffer_printf(line, "  %s", translate_row(coverage_reason(facts->error_code)));
    }
    if (facts->detail[0] != '\0') {
        text_buffer_puts(line, ": ");
        terminal_safe(line, bytes_of_string(facts->detail));
    }
    put_line(report);
}

/* Units that make the answer incomplete. */
static void put_gaps(struct text_report *report) {
    size_t count = 0;
    for (size_t i = 0; i < report->results->unit_count; i++) {
        const struct unit_result *unit = &report->results->units[i];
        if (!unit_result_incomplete(unit)) {
            continue;
        }
        if (count++ == 0) {
            report_putc(report->terminal.sink, '\n');
            terminal_style(&report->terminal, STYLE_YELLOW);
            report_puts(report->terminal.sink, _("Not read, so the answer is not complete:"));
            terminal_style(&report->terminal, STYLE_PLAIN);
            report_putc(report->terminal.sink, '\n');
        }
        if (count <= COVERAGE_LINES || report->options->all_units) {
            put_gap(report, unit);
        }
    }
    if (count > COVERAGE_LINES && !report->options->all_units) {
        size_t more = count - COVERAGE_LINES;
        text_buffer_puts(&report->line, "  … ");
        text_buffer_printf(
            &report->line,
            plural_("%zu more unit; -v shows all", "%zu more units; -v shows all", more), more);
        put_line(report);
    }
}

/* Units that are listed and do not count: one line, or one line each with -v. */
static void put_others(struct text_report *report) {
    size_t by_status[COVERAGE_WAIVED + 1] = {0}, count = 0;
    for (size_t i = 0; i < report->results->unit_count; i++) {
        const struct unit_result *unit = &report->results->units[i];
        if (unit->facts->status != COVERAGE_SCANNED && !unit_result_incomplete(unit)) {
            by_status[unit->facts->status]++;
            count++;
        }
    }
    if (count == 0) {
        return;
    }
    report_putc(report->terminal.sink, '\n');
    text_buffer_puts(&report->line, _("Listed, not counted as gaps: "));
    const char *before = "";
    for (unsigned status = 0; status <= COVERAGE_WAIVED; status++) {
        if (by_status[status] > 0) {
            text_buffer_printf(&report->line, "%s%s ", before,
                               translate_row(coverage_status_name((enum coverage_status)status)));
            terminal_number(&report->line, by_status[status]);
            before = _(", ");
        }
    }
    put_line(report);
    for (size_t i = 0; i < report->results->unit_count && report->options->all_units; i++) {
        const struct unit_result *unit = &report->results->units[i];
        if (unit->facts->status != COVERAGE_SCANNED && !unit_result_incomplete(unit)) {
            put_gap(report, unit);
        }
    }
}

/* ---- what it comes to ---- */

static void put_totals(struct text_report *report) {
    const struct run_summary *summary = &report->results->summary;
    struct text_buffer *line = &report->line;
    report_putc(report->terminal.sink, '\n');
    text_buffer_printf(line, _("Violations: %llu critical, %llu high, %llu medium, %llu low"),
                       (unsigned long long)summary->violations[SEVERITY_CRITICAL],
                       (unsigned long long)summary->violations[SEVERITY_HIGH],
                       (unsigned long long)summary->violations[SEVERITY_MEDIUM],
                       (unsigned long long)summary->violations[SEVERITY_LOW]);
    put_line(report);
    text_buffer_puts(line, _("Values found: "));
    terminal_number(line, summary->values);
    if (summary->subjects > 0) {
        text_buffer_puts(line, _("; people: "));
        terminal_number(line, summary->subjects);
        if (summary->subjects_error > 0) {
            text_buffer_printf(line, " ±%u %%", (unsigned)(summary->subjects_error * 100 + 0.5));
        }
        if (summary->subjects_basis != NULL) {
            text_buffer_printf(line, _(" (by %s)"), translate_row(summary->subjects_basis));
        }
    }
    put_line(report);
    text_buffer_puts(line, _("Read: "));
    terminal_bytes(line, summary->bytes_read);
    uint64_t tenths = summary->seconds > 0 ? (uint64_t)(summary->seconds * 10 + 0.5) : 0;
    text_buffer_printf(line, _(" in %llu.%llu s"), (unsigned long long)(tenths / 10),
                       (unsigned long long)(tenths % 10));
    text_buffer_puts(line, _("; units: "));
    terminal_number(line, summary->units);
    text_buffer_puts(line, _("; not read: "));
    terminal_number(line, summary->not_scanned);
    put_line(report);
}

static void put_profiles(struct text_report *report) {
    struct text_buffer names;
    text_buffer_init(&names, 0);
    const char **profiles = report->results->run.profiles;
    for (size_t i = 0; profiles != NULL && profiles[i] != NULL; i++) {
        text_buffer_printf(&names, "%s%s", i > 0 ? ", " : "", profiles[i]);
    }
    text_buffer_printf(&report->line, _("Judged by: %s"), text_buffer_string(&names));
    if (report->results->run.profile_assumed) {
        text_buffer_puts(&report->line, _(" (assumed; --profile chooses others)"));
    }
    text_buffer_release(&names);
    put_line(report);
}

/* What holds is worth a line, and what nobody can tell yet its reasons. */
static void put_statuses(struct text_report *report) {
    if (report->results->status_count == 0) {
        return;
    }
    text_status_counts(&report->line, report->results);
    put_line(report);
    for (unsigned i = 0; text_status_reason(&report->line, report->results, i); i++) {
        struct bytes text = text_buffer_view(&report->line);
        report_puts(report->terminal.sink, "  ");
        report_put(report->terminal.sink, text);
        report_putc(report->terminal.sink, '\n');
        text_buffer_clear(&report->line);
    }
}

static void put_notes(struct text_report *report) {
    const struct run_info *run = &report->results->run;
    const struct run_summary *summary = &report->results->summary;
    struct text_buffer *line = &report->line;
    put_profiles(report);
    put_statuses(report);
    if (summary->partial) {
        text_buffer_puts(line, _("Interrupted: this is what was found until then."));
        put_line(report);
    }
    if (summary->below_confidence > 0) {
        text_buffer_puts(line, _("Less sure, counted and not listed: "));
        terminal_number(line, summary->below_confidence);
        text_buffer_puts(line, _(" (--min-confidence possible lists them)"));
        put_line(report);
    }
    if (run->key_ephemeral) {
        text_buffer_puts(line,
                         _("The key of this run is not kept: its value fingerprints cannot be "
                           "compared with other runs (--key FILE)."));
        put_line(report);
    }
    if (run->revealed) {
        text_buffer_puts(line, _("Values are shown in clear (--reveal)."));
        put_line(report);
    }
}

static const char *meaning_of(int status) {
    switch (status) {
    case 0:
        return _("Exit status 0: all was read, and nothing breaks at or above --fail-on.");
    case 1:
        return _("Exit status 1: violations at or above --fail-on.");
    case 3:
        return _("Exit status 3: no violation counts, but something could not be read.");
    default:
        return NULL;
    }
}

static void put_next(struct text_report *report) {
    struct text_buffer *line = &report->line;
    const struct text_row *worst = report->rows.count > 0 ? &report->rows.rows[0] : NULL;
    const char *meaning = meaning_of(report->results->summary.status);
    if (meaning != NULL) {
        text_buffer_puts(line, meaning);
        put_line(report);
    }
    text_buffer_puts(line, _("Next: "));
    if (worst != NULL && worst->violation_count > 0) {
        text_buffer_printf(line, "yinma explain %s", worst->violations[0]->rule->id);
        text_buffer_puts(line, _(" says what to do; "));
    }
    text_buffer_puts(line, _("--format ndjson:FILE writes every record"));
    put_line(report);
}

static void write_text(const struct results *results, const struct report_options *options,
                       struct report_sink *sink) {
    struct text_report report = {
        .terminal = {sink, options->color}, .results = results, .options = options};
    text_cells_init(&report.cells);
    text_buffer_init(&report.line, 0);
    if (text_rows_make(results, &report.rows)) {
        put_fields(&report);
        put_rules(&report);
        put_gaps(&report);
        put_others(&report);
        put_totals(&report);
        put_notes(&report);
        put_next(&report);
    } else {
        report.line.failed = true;
        put_line(&report);
    }
    text_rows_release(&report.rows);
    text_cells_release(&report.cells);
    text_buffer_release(&report.line);
}

const struct report report_text = {
    .name = "text",
    .summary = N_("a summary for people: worst first, one line a field"),
    .machine = false,
    .write = write_text,
};
