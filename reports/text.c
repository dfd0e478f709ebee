/* The report for people: worst first, then what it comes to, what was not read and what to do. At
 * most a screen; -v shows all. */
#include "core/utf8.h"
#include "reports/changes.h"
#include "reports/text_closing.h"
#include "reports/translate.h"

enum { EXAMPLE_WIDTH_MIN = 8 };

/* ---- fields ---- */

static void measure_cells(struct text_report *report) {
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        size_t width = utf8_width(text_buffer_view(&report->cells.text[i]));
        if (width > report->width[i]) {
            report->width[i] = width;
        }
    }
}

/* A state that no row has needs no column. */
static void measure_states(struct text_report *report, const bool used[STATE_COUNT]) {
    for (unsigned state = STATE_CLEAR + 1; state < STATE_COUNT; state++) {
        if (!used[state]) {
            report->width[COLUMN_CLEAR + state] = 0;
        }
    }
}

static void measure(struct text_report *report) {
    bool used[STATE_COUNT] = {false};
    text_cells_head(&report->cells);
    measure_cells(report);
    for (size_t i = 0; i < report->rows.count; i++) {
        const struct text_row *row = &report->rows.rows[i];
        if (!row->shown) {
            continue;
        }
        text_cells_row(&report->cells, row);
        measure_cells(report);
        for (unsigned state = 0; state < STATE_COUNT; state++) {
            used[state] = used[state] || (row->field != NULL && row->field->count[state] > 0);
        }
        text_cells_fit(&report->cells, COLUMN_CONTROLS, 1);
        size_t least = utf8_width(text_buffer_view(&report->cells.text[COLUMN_CONTROLS]));
        report->controls_least = least > report->controls_least ? least : report->controls_least;
    }
    measure_states(report, used);
}

static enum style style_of(const struct text_row *row) {
    static const enum style styles[] = {
        [SEVERITY_NONE] = STYLE_DIM,       [SEVERITY_LOW] = STYLE_CYAN,
        [SEVERITY_MEDIUM] = STYLE_MAGENTA, [SEVERITY_HIGH] = STYLE_RED,
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
    size_t numbers = report->controls_least;
    const struct {
        enum text_column column;
        size_t least;
    } steps[] = {{COLUMN_KIND, 16},          {COLUMN_CONTROLS, numbers > 28 ? numbers : 28},
                 {COLUMN_FIELD, 24},         {COLUMN_KIND, 10},
                 {COLUMN_CONTROLS, numbers}, {COLUMN_FIELD, 12}};
    size_t room = report->options->width;
    for (size_t i = 0; room > 0 && i < sizeof steps / sizeof *steps; i++) {
        size_t *width = &report->width[steps[i].column];
        size_t need = width_before_example(report) - 2; /* nothing has to stand behind them */
        if (need > room && *width > steps[i].least) {
            size_t spare = *width - steps[i].least;
            *width -= need - room < spare ? need - room : spare;
        }
    }
}

/* The example goes to what is left of the terminal's width. */
static void fit_cells(struct text_report *report) {
    struct text_cells *cells = &report->cells;
    text_cells_fit(cells, COLUMN_FIELD, report->width[COLUMN_FIELD]);
    text_cells_fit(cells, COLUMN_KIND, report->width[COLUMN_KIND]);
    text_cells_fit(cells, COLUMN_CONTROLS, report->width[COLUMN_CONTROLS]);
    size_t room = report->options->width, before = width_before_example(report);
    if (room > 0 && before + EXAMPLE_WIDTH_MIN > room) {
        text_buffer_clear(&cells->text[COLUMN_EXAMPLE]);
    } else if (room > 0) {
        text_cells_fit(cells, COLUMN_EXAMPLE, room - before);
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
    fit_cells(report);
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
    text_report_line(report);
}

static void put_fields(struct text_report *report) {
    if (report->rows.count == 0) {
        text_buffer_puts(&report->line, _("No personal data was found."));
        text_report_line(report);
        return;
    }
    bool ok;
    report->shown = text_rows_choose(&report->rows, report->screen.rows, &ok);
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
            text_report_unit(report, row->unit);
            last = row->unit;
        }
        text_cells_row(&report->cells, row);
        put_cells(report, style_of(row), STYLE_PLAIN);
    }
    if (report->shown < report->rows.count) {
        put_more_fields(report);
    }
}

static void write_text(const struct results *results, const struct report_options *options,
                       struct report_sink *sink) {
    struct text_report report = {
        .terminal = {sink, options->color}, .results = results, .options = options};
    text_cells_init(&report.cells);
    text_buffer_init(&report.line, 0);
    report.screen = text_screen(options, results->summary.not_scanned);
    if (options->comparison != NULL) {
        text_report_changes(&report);
    }
    if (results->person.count != 0) {
        text_report_person(&report);
    } else if (text_rows_make(results, &report.rows)) {
        put_fields(&report);
        text_report_rules(&report);
        text_report_closing(&report);
    } else {
        report.line.failed = true;
        text_report_line(&report);
    }
    text_rows_release(&report.rows);
    text_cells_release(&report.cells);
    text_buffer_release(&report.line);
}

const struct report report_text = {
    .name = "text",
    .summary = N_("a summary for people: worst first, one line a field"),
    .machine = false,
    .compares = true,
    .places = true,
    .one_example = true,
    .write = write_text,
};
