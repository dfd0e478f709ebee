#include "reports/text_closing.h"

#include <stdio.h>

#include "core/utf8.h"
#include "reports/naming.h"
#include "reports/text_statuses.h"
#include "reports/translate.h"

struct text_screen text_screen(const struct report_options *options, uint64_t unread) {
    enum { LOW = 32, CLOSING_LOW = 17, CLOSING = 26, ROWS = 14, ROWS_LEAST = 4, ROWS_MOST = 40 };
    struct text_screen screen = {.rows = ROWS, .rules = 5, .gaps = 4, .reasons = 8, .advice = 5};
    size_t height = options->height, closing = CLOSING;
    if (options->all_units) {
        return (struct text_screen){SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    }
    if (height == 0) {
        return screen;
    }
    screen.reasons = 2;
    if (height < LOW) {
        screen = (struct text_screen){.rules = 1, .gaps = 1, .reasons = 0, .advice = 3};
        closing = CLOSING_LOW;
    }
    if (unread > 0) { /* a heading, "more", an advice */
        closing += 3 + (unread < screen.gaps ? (size_t)unread : screen.gaps);
    }
    screen.rows = height < closing + ROWS_LEAST ? ROWS_LEAST : height - closing;
    screen.rows = screen.rows > ROWS_MOST ? ROWS_MOST : screen.rows;
    return screen;
}

void text_report_line(struct text_report *report) {
    if (report->line.failed) {
        report_fail_memory(report->terminal.sink);
    }
    report_put(report->terminal.sink, text_buffer_view(&report->line));
    report_putc(report->terminal.sink, '\n');
    text_buffer_clear(&report->line);
}

/* ---- what was not read ---- */

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
        name_detail(line, facts, translate_row);
    }
    if (report->options->width > 0 && !report->options->all_units) {
        terminal_cut(line, report->options->width); /* -v shows all of it */
    }
    text_report_line(report);
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
            terminal_style(&report->terminal, STYLE_MAGENTA);
            report_puts(report->terminal.sink, _("Not read, so the answer is not complete:"));
            terminal_style(&report->terminal, STYLE_PLAIN);
            report_putc(report->terminal.sink, '\n');
        }
        if (count <= report->screen.gaps) {
            put_gap(report, unit);
        }
    }
    if (count > report->screen.gaps) {
        size_t more = count - report->screen.gaps;
        text_buffer_puts(&report->line, "  … ");
        text_buffer_printf(
            &report->line,
            plural_("%zu more unit; -v shows all", "%zu more units; -v shows all", more), more);
        text_report_line(report);
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
    text_report_line(report);
    for (size_t i = 0; i < report->results->unit_count && report->options->all_units; i++) {
        const struct unit_result *unit = &report->results->units[i];
        if (unit->facts->status != COVERAGE_SCANNED && !unit_result_incomplete(unit)) {
            put_gap(report, unit);
        }
    }
}

/* ---- what it comes to ---- */

/* Violations that are severe enough and yet fail no run: status 0 beside them needs a reason. */
static void put_unsure(struct text_report *report) {
    const struct results *results = report->results;
    size_t unsure = 0;
    for (size_t i = 0; i < results->violation_count; i++) {
        struct violation sure = results->violations[i];
        sure.counts_for_exit = !sure.known;
        unsure += !results->violations[i].counts_for_exit && violation_fails(&results->run, &sure);
    }
    if (unsure == 0) {
        return;
    }
    text_buffer_printf(
        &report->line,
        plural_("  %zu of them is not sure enough to fail the run (--fail-confidence; "
                "in zones test and source only what is certain does)",
                "  %zu of them are not sure enough to fail the run (--fail-confidence; "
                "in zones test and source only what is certain does)",
                unsure),
        unsure);
    text_report_line(report);
}

static void put_totals(struct text_report *report) {
    const struct run_summary *summary = &report->results->summary;
    struct text_buffer *line = &report->line;
    report_putc(report->terminal.sink, '\n');
    text_buffer_printf(line, _("Violations: %llu critical, %llu high, %llu medium, %llu low"),
                       (unsigned long long)summary->violations[SEVERITY_CRITICAL],
                       (unsigned long long)summary->violations[SEVERITY_HIGH],
                       (unsigned long long)summary->violations[SEVERITY_MEDIUM],
                       (unsigned long long)summary->violations[SEVERITY_LOW]);
    text_report_line(report);
    put_unsure(report);
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
    text_report_line(report);
    text_buffer_puts(line, _("Read: "));
    terminal_bytes(line, summary->bytes_read);
    uint64_t tenths = summary->seconds > 0 ? (uint64_t)(summary->seconds * 10 + 0.5) : 0;
    text_buffer_printf(line, _(" in %llu.%llu s"), (unsigned long long)(tenths / 10),
                       (unsigned long long)(tenths % 10));
    text_buffer_puts(line, _("; units: "));
    terminal_number(line, summary->units);
    text_buffer_puts(line, _("; not read: "));
    terminal_number(line, summary->not_scanned);
    text_report_line(report);
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
    text_report_line(report);
}

/* What holds is worth a line, and what nobody can tell yet its reasons. */
static void put_statuses(struct text_report *report) {
    if (report->results->status_count == 0) {
        return;
    }
    text_status_counts(&report->line, report->results);
    text_report_line(report);
    for (unsigned i = 0;
         i < report->screen.reasons && text_status_reason(&report->line, report->results, i); i++) {
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
        text_report_line(report);
    }
    if (summary->below_confidence > 0) {
        text_buffer_puts(line, _("Less sure, counted and not listed: "));
        terminal_number(line, summary->below_confidence);
        text_buffer_puts(line, _(" (--min-confidence possible lists them)"));
        text_report_line(report);
    }
    if (run->key_ephemeral) {
        text_buffer_puts(line,
                         _("The key of this run is not kept: its value fingerprints cannot be "
                           "compared with other runs (--key FILE)."));
        text_report_line(report);
    }
    if (run->revealed) {
        text_buffer_puts(line, _("Values are shown in clear (--reveal)."));
        text_report_line(report);
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

/* "  yinma explain platform/5.3.6   what it demands and what to do" */
static void put_advice(struct text_report *report, const char *what, const char *gives) {
    enum { WHAT_WIDTH = 32 };
    size_t width = utf8_width(bytes_of_string(what));
    text_buffer_printf(&report->line, "  %s%*s  %s", what,
                       width < WHAT_WIDTH ? (int)(WHAT_WIDTH - width) : 0, "", gives);
    text_report_line(report);
}

static void put_next(struct text_report *report) {
    char what[96];
    const struct run_summary *summary = &report->results->summary;
    const struct text_row *worst = report->rows.count > 0 ? &report->rows.rows[0] : NULL;
    const char *meaning = meaning_of(summary->status);
    if (meaning != NULL) {
        text_buffer_puts(&report->line, meaning);
        text_report_line(report);
    }
    text_buffer_puts(&report->line, _("Next:"));
    text_report_line(report);
    if (worst != NULL && worst->violation_count > 0) {
        snprintf(what, sizeof what, "yinma explain %s", worst->violations[0]->rule->id);
        put_advice(report, what, _("what it demands and what to do"));
    }
    bool all = report->screen.advice > 3;
    if (all && report->shown < report->rows.count) {
        put_advice(report, "-v", _("all fields, here"));
    }
    put_advice(report, "--format html:FILE", _("everything on one page, to filter and sort"));
    if (all) {
        put_advice(report, "--format ndjson:FILE",
                   _("every record, for programs and `yinma report`"));
    }
    if (summary->not_scanned > 0 && !summary->partial) {
        put_advice(report, "expect: | waive: (yinma.yaml)", _("accepts what cannot be read"));
    }
}

void text_report_gaps(struct text_report *report) {
    put_gaps(report);
    put_others(report);
}

void text_report_closing(struct text_report *report) {
    put_totals(report);
    put_notes(report);
    text_report_gaps(report);
    report_putc(report->terminal.sink, '\n');
    put_next(report);
}
