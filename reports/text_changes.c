/* What became of the findings of an earlier run: the section of the text report that a comparison
 * adds. One line a field, with the rules that it breaks. */
#include "core/utf8.h"
#include "reports/changes.h"
#include "reports/text_closing.h"
#include "reports/translate.h"

enum cell {
    CELL_CHANGE,
    CELL_SEVERITY,
    CELL_PLACE,
    CELL_KIND,
    CELL_COUNTS,
    CELL_CAUSE,
    CELL_RULES
};
enum { CELLS = 7, LINES = 14, PLACE_LEAST = 16 };

struct lines {
    struct text_report *report;
    const struct comparison *comparison;
    struct text_buffer text[CELLS];
    size_t width[CELLS], lines, place_at;
};

static bool is_listed(const struct change_entry *entry) {
    return entry->change != CHANGE_SAME && !entry->told_by_other;
}

/* "backup/shop.sql: orders.card_no" */
static void put_place(struct lines *out, const struct change_entry *entry) {
    struct text_buffer *text = &out->text[CELL_PLACE];
    const struct unit_result *unit = entry->now.unit != NULL ? entry->now.unit : entry->before.unit;
    if (unit == NULL) {
        text_buffer_puts(text, _("the whole run"));
    } else {
        terminal_safe(text, unit->name);
    }
    out->place_at = 0;
    if (entry->table.len + entry->column.len > 0) {
        text_buffer_puts(text, ": ");
        out->place_at = text->len;
        terminal_safe(text, entry->table);
        text_buffer_puts(text, entry->table.len > 0 && entry->column.len > 0 ? "." : "");
        terminal_safe(text, entry->column);
    }
}

static void put_counts(struct text_buffer *text, const struct change_entry *entry) {
    terminal_number(text, entry->before.count);
    text_buffer_puts(text, " → ");
    if (entry->change == CHANGE_NOT_SEEN) {
        text_buffer_puts(text, "?");
    } else {
        terminal_number(text, entry->now.count);
    }
}

static void fill(struct lines *out, const struct change_entry *entry) {
    const struct change_side *side = entry->now.unit != NULL ? &entry->now : &entry->before;
    for (unsigned i = 0; i < CELLS; i++) {
        text_buffer_clear(&out->text[i]);
    }
    text_buffer_puts(&out->text[CELL_CHANGE], _(change_message(entry->change)));
    text_buffer_puts(&out->text[CELL_SEVERITY],
                     entry->is_violation ? translate_row(severity_name(entry->severity)) : "-");
    put_place(out, entry);
    text_buffer_puts(&out->text[CELL_KIND], side->field != NULL
                                                ? translate_row(side->field->kind_title)
                                            : entry->kind != NULL ? entry->kind
                                            : entry->role != NULL ? entry->role
                                                                  : "");
    put_counts(&out->text[CELL_COUNTS], entry);
    cause_words(&out->text[CELL_CAUSE], entry->causes);
    if (entry->is_violation) {
        text_buffer_puts(&out->text[CELL_RULES], entry->rule->id);
    }
    if (entry->more_rules > 0) {
        text_buffer_printf(&out->text[CELL_RULES], " +%u", entry->more_rules);
    }
}

static void measure(struct lines *out) {
    for (unsigned i = 0; i < CELLS; i++) {
        size_t width = utf8_width(text_buffer_view(&out->text[i]));
        out->width[i] = width > out->width[i] ? width : out->width[i];
    }
}

/* Names of places give way first, then rules are cut off. */
static void fit(struct lines *out) {
    size_t room = out->report->options->width, others = 1;
    for (unsigned i = 0; i < CELLS; i++) {
        others += i == CELL_PLACE ? 2 : out->width[i] + 2;
    }
    if (room > 0 && others + out->width[CELL_PLACE] > room) {
        out->width[CELL_PLACE] = room > others + PLACE_LEAST ? room - others : PLACE_LEAST;
    }
}

static void put_line(struct lines *out) {
    const struct terminal *terminal = &out->report->terminal;
    terminal_fit_before(&out->text[CELL_PLACE], out->place_at, out->width[CELL_PLACE]);
    size_t used = 0, room = out->report->options->width;
    unsigned cells = out->text[CELL_RULES].len > 0 ? CELLS : CELL_RULES;
    for (unsigned i = 0; i < cells; i++) {
        struct text_buffer *text = &out->text[i];
        report_puts(terminal->sink, "  ");
        used += 2;
        if (i == CELL_RULES && room > used) {
            terminal_cut(text, room - used);
        }
        terminal_cell(terminal, text_buffer_view(text), i + 1 == cells ? 0 : out->width[i],
                      i == CELL_COUNTS ? SIDE_RIGHT : SIDE_LEFT);
        used += out->width[i];
    }
    report_putc(terminal->sink, '\n');
}

static void put_lines(struct lines *out, size_t most) {
    size_t shown = 0;
    for (unsigned pass = 0; pass < 2; pass++) {
        shown = 0;
        for (size_t i = 0; i < out->comparison->count; i++) {
            if (is_listed(&out->comparison->entries[i]) && shown++ < most) {
                fill(out, &out->comparison->entries[i]);
                (pass == 0 ? measure : put_line)(out);
            }
        }
        fit(out);
    }
    if (shown > most) {
        size_t more = shown - most;
        text_buffer_printf(&out->report->line,
                           plural_("  … %zu more change; -v shows all",
                                   "  … %zu more changes; -v shows all", more),
                           more);
        text_report_line(out->report);
    }
}

static void put_heading(struct text_report *report) {
    const struct report_options *options = report->options;
    const struct run_info *before = &options->comparison->before->run;
    struct text_buffer *line = &report->line;
    text_buffer_puts(line, _("Compared with "));
    terminal_safe(line, bytes_of_string(options->compared_with));
    if (before->as_of[0] != '\0') {
        text_buffer_printf(line, _(" (judged as of %s)"), before->as_of);
    }
    terminal_style(&report->terminal, STYLE_BOLD);
    report_put(report->terminal.sink, text_buffer_view(line));
    terminal_style(&report->terminal, STYLE_PLAIN);
    text_buffer_clear(line);
    text_report_line(report);
}

static void put_totals(struct text_report *report) {
    const struct comparison *comparison = report->options->comparison;
    struct text_buffer *line = &report->line;
    const char *parted = "";
    text_buffer_puts(line, _("Violations: "));
    for (unsigned change = 0; change < CHANGE_COUNT; change++) {
        text_buffer_printf(line, "%s%s ", parted, _(change_message(change)));
        terminal_number(line, comparison->violations[change]);
        parted = _(", ");
    }
    text_report_line(report);
    text_buffer_puts(line, _("Other differences: "));
    size_t before = line->len;
    differences_words(line, comparison);
    if (line->len == before) {
        text_buffer_puts(line, _("none: the same program, rules and settings"));
    }
    text_report_line(report);
    if (comparison->by_data > 0) {
        text_buffer_puts(line, _("New or more, where other data can be the cause: "));
        terminal_number(line, comparison->by_data);
        text_report_line(report);
    }
}

void text_report_changes(struct text_report *report) {
    struct lines out = {.report = report, .comparison = report->options->comparison};
    for (unsigned i = 0; i < CELLS; i++) {
        text_buffer_init(&out.text[i], 0);
    }
    put_heading(report);
    put_lines(&out, report->options->all_units ? SIZE_MAX : LINES);
    put_totals(report);
    report_putc(report->terminal.sink, '\n');
    for (unsigned i = 0; i < CELLS; i++) {
        report->line.failed = report->line.failed || out.text[i].failed;
        text_buffer_release(&out.text[i]);
    }
}
