/* One row a violation, a field without one, or a unit that was not plainly read. RFC 4180, with a
 * byte order mark so that spreadsheets take it for UTF-8, and with a guard: a cell that a
 * spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"). */
#include "reports/cell_guard.h"
#include "reports/changes.h"
#include "reports/naming.h"
#include "reports/records.h"
#include "reports/terminal.h"
#include "reports/text_rows.h"
#include "reports/translate.h"

struct csv {
    struct report_sink *sink;
    const struct report_options *options;
    const struct results *results;
    struct text_buffer cell;
    bool first; /* cell of its row */
};

static const char *const columns[] = {
    "record",      "severity", "rule",      "unit",       "source",      "zones",
    "table",       "column",   "kind",      "role",       "values",      "clear",
    "weak",        "masked",   "encrypted", "other",      "distinct",    "confidence",
    "count",       "baseline", "row",       "line",       "shown",       "message",
    "remedy",      "status",   "reason",    "detail",     "fingerprint", "dated_by",
    "date_column", "oldest",   "newest",    "past_limit", "keep",        NULL};
/* Behind them in a comparison. */
static const char *const change_columns[] = {"change", "causes", "count_before", NULL};
enum { COLUMNS_BEHIND_COUNT = 16, CHANGE_COLUMNS = 3 };

/* ---- cells ---- */

static void begin_cell(struct csv *csv) {
    if (!csv->first) {
        report_putc(csv->sink, ',');
    }
    csv->first = false;
}

static void put_cell(struct csv *csv, struct bytes text) {
    begin_cell(csv);
    text_buffer_clear(&csv->cell);
    if (looks_like_formula(text)) {
        text_buffer_putc(&csv->cell, '\'');
    }
    terminal_safe(&csv->cell, text);
    if (csv->cell.failed) {
        report_fail_memory(csv->sink);
        return;
    }
    struct bytes safe = text_buffer_view(&csv->cell);
    bool quoted = false;
    for (size_t i = 0; i < safe.len && !quoted; i++) {
        quoted = strchr("\",; '", safe.ptr[i]) != NULL;
    }
    if (!quoted) {
        report_put(csv->sink, safe);
        return;
    }
    report_putc(csv->sink, '"');
    for (size_t at = 0; at < safe.len; at++) {
        if (safe.ptr[at] == '"') {
            report_putc(csv->sink, '"');
        }
        report_putc(csv->sink, (char)safe.ptr[at]);
    }
    report_putc(csv->sink, '"');
}

static void put_word(struct csv *csv, const char *word) {
    put_cell(csv, bytes_of_string(word == NULL ? "" : word));
}

static void put_count(struct csv *csv, uint64_t number) {
    begin_cell(csv);
    report_printf(csv->sink, "%llu", (unsigned long long)number);
}

static void put_known(struct csv *csv, uint64_t number) {
    begin_cell(csv);
    if (number != 0) {
        report_printf(csv->sink, "%llu", (unsigned long long)number);
    }
}

static void put_empty(struct csv *csv, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        begin_cell(csv);
    }
}

static void end_row(struct csv *csv) {
    report_puts(csv->sink, "\r\n");
    csv->first = true;
}

/* Of a row that is no change. */
static void end_finding(struct csv *csv) {
    if (csv->options->comparison != NULL) {
        put_empty(csv, CHANGE_COLUMNS);
    }
    end_row(csv);
}

/* ---- rows ---- */

static void put_zones(struct csv *csv, zone_set zones) {
    const char *names[ZONE_COUNT];
    unsigned count = records_zone_names(zones, names);
    char text[256] = "";
    size_t len = 0;
    for (unsigned i = 0; i < count && len < sizeof text; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", i > 0 ? " " : "", names[i]);
    }
    put_word(csv, text);
}

static void put_unit(struct csv *csv, uint32_t number) {
    if (number >= csv->results->unit_count) {
        put_empty(csv, 3);
        return;
    }
    const struct unit_result *unit = &csv->results->units[number];
    put_cell(csv, unit->name);
    put_cell(csv, unit->source);
    put_zones(csv, unit->zones);
}

static void put_figures(struct csv *csv, const struct field_result *field) {
    if (field == NULL) {
        put_empty(csv, 4 + STATE_COUNT);
        return;
    }
    put_count(csv, field->values);
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        put_count(csv, field->count[state]);
    }
    put_count(csv, field->other);
    put_count(csv, sketch_estimate(&field->facts->distinct));
    put_word(csv, confidence_name(field->confidence));
}

static void put_day(struct csv *csv, int32_t day) {
    char text[DAY_TEXT];
    day_text(day, text);
    put_word(csv, text);
}

static void put_keeps(struct csv *csv, const struct violation *violation) {
    char text[256] = "", period[PERIOD_TEXT];
    size_t len = 0;
    for (unsigned i = 0; violation != NULL && i < violation->keep_count && len < sizeof text; i++) {
        const struct violation_keep *keep = &violation->keeps[i];
        rule_period_print(&keep->at_least, period);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s/%s %s", i > 0 ? "; " : "",
                                keep->pack, keep->section, period);
    }
    put_word(csv, text);
}

/* How old the values are, and what must be kept all the same. */
static void put_ages(struct csv *csv, const struct field_result *field,
                     const struct violation *violation) {
    if (field == NULL || field->dated_by == DATED_BY_NOTHING) {
        put_empty(csv, 5);
    } else {
        const struct date_facts *dates = field->facts->dates;
        const struct date_column *column = dates == NULL ? NULL : date_facts_main_column(dates);
        const struct bytes nothing = {0};
        put_word(csv, dated_by_name(field->dated_by));
        put_cell(csv, column == NULL ? nothing : column->name);
        put_day(csv, field->oldest);
        put_day(csv, field->newest);
        if (field->limited) {
            put_count(csv, field->past_limit);
        } else {
            put_empty(csv, 1);
        }
    }
    put_keeps(csv, violation);
}

static void put_finding(struct csv *csv, const struct text_row *row,
                        const struct violation *violation) {
    put_word(csv, violation == NULL ? "field" : "violation");
    put_word(csv, violation == NULL ? "" : severity_name(violation->severity));
    put_word(csv, violation == NULL ? "" : violation->rule->id);
    put_unit(csv, row->unit);
    const struct bytes nothing = {0};
    put_cell(csv, row->place == NULL ? nothing : row->place->table);
    put_cell(csv, row->place == NULL ? nothing : row->place->column);
    put_word(csv, row->field == NULL ? "" : row->field->kind);
    put_word(csv, row->role);
    put_figures(csv, row->field);
    if (violation == NULL) {
        put_empty(csv, 11);
        put_ages(csv, row->field, NULL);
        end_finding(csv);
        return;
    }
    const struct rule *rule = violation->rule;
    const struct example *example = violation->example_count > 0 ? violation->examples[0] : NULL;
    put_count(csv, violation->count);
    put_word(csv, violation->known ? "known" : "new");
    put_known(csv, example == NULL ? 0 : example->row);
    put_known(csv, example == NULL ? 0 : example->line);
    put_word(csv, example == NULL ? "" : example->shown);
    put_word(csv, pack_text(csv->options, rule->message.en, rule->message.zh));
    put_word(csv, pack_text(csv->options, rule->remedy.en, rule->remedy.zh));
    put_empty(csv, 3);
    char fingerprint[65];
    violation_fingerprint(csv->results, violation, fingerprint);
    put_word(csv, fingerprint);
    put_ages(csv, row->field, violation);
    end_finding(csv);
}

static void put_gap(struct csv *csv, uint32_t number) {
    const struct unit_facts *facts = csv->results->units[number].facts;
    put_word(csv, "coverage");
    put_empty(csv, 2);
    put_unit(csv, number);
    put_empty(csv, 19);
    put_word(csv, coverage_status_name(facts->status));
    bool told = facts->error_code != 0 || (facts->traits & UNIT_SPECIAL_FILE) != 0;
    put_word(csv, told ? coverage_reason(facts->error_code) : "");
    put_word(csv, facts->detail);
    put_empty(csv, 7);
    end_finding(csv);
}

static void put_causes(struct csv *csv, unsigned causes) {
    char text[128] = "";
    size_t len = 0;
    for (unsigned cause = 0; cause < CAUSE_COUNT && len < sizeof text; cause++) {
        if ((causes & CAUSE_BIT(cause)) != 0) {
            len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", len > 0 ? " " : "",
                                    cause_name((enum cause)cause));
        }
    }
    put_word(csv, text);
}

/* Against the results of --diff. What is gone stands as it was then. */
static void put_change(struct csv *csv, const struct change_entry *entry) {
    const struct change_side *now = &entry->now, *before = &entry->before;
    bool there = now->field != NULL || now->violation != NULL;
    const struct change_side *side = there ? now : before;
    const struct bytes nothing = {0};
    put_word(csv, "change");
    put_word(csv, entry->is_violation ? severity_name(entry->severity) : "");
    put_word(csv, entry->rule == NULL ? "" : entry->rule->id);
    put_cell(csv, side->unit == NULL ? nothing : side->unit->name);
    put_cell(csv, entry->source);
    put_zones(csv, side->unit == NULL ? 0 : side->unit->zones);
    put_cell(csv, entry->table);
    put_cell(csv, entry->column);
    put_word(csv, entry->kind);
    put_word(csv, entry->role);
    put_figures(csv, side->field);
    put_count(csv, there ? now->count : 0);
    put_empty(csv, COLUMNS_BEHIND_COUNT);
    put_word(csv, change_name(entry->change));
    put_causes(csv, entry->causes);
    put_count(csv, before->count);
    end_row(csv);
}

static void put_rows(struct csv *csv, const struct text_rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        const struct text_row *row = &rows->rows[i];
        for (size_t j = 0; j < row->violation_count; j++) {
            put_finding(csv, row, row->violations[j]);
        }
        if (row->violation_count == 0) {
            put_finding(csv, row, NULL);
        }
    }
    for (uint32_t i = 0; i < csv->results->unit_count; i++) {
        if (csv->results->units[i].facts->status != COVERAGE_SCANNED || csv->options->all_units) {
            put_gap(csv, i);
        }
    }
    for (size_t i = 0; csv->options->comparison != NULL && i < csv->options->comparison->count;
         i++) {
        put_change(csv, &csv->options->comparison->entries[i]);
    }
}

static void write_csv(const struct results *results, const struct report_options *options,
                      struct report_sink *sink) {
    struct csv csv = {.sink = sink, .options = options, .results = results, .first = true};
    struct text_rows rows;
    text_buffer_init(&csv.cell, 0);
    report_puts(sink, "\xEF\xBB\xBF");
    for (size_t i = 0; columns[i] != NULL; i++) {
        put_word(&csv, columns[i]);
    }
    for (size_t i = 0; options->comparison != NULL && change_columns[i] != NULL; i++) {
        put_word(&csv, change_columns[i]);
    }
    end_row(&csv);
    if (text_rows_make(results, &rows)) {
        put_rows(&csv, &rows);
    } else {
        report_fail_memory(sink);
    }
    text_rows_release(&rows);
    text_buffer_release(&csv.cell);
}

const struct report report_csv = {
    .name = "csv",
    .summary = N_("a table for spreadsheets: one row a violation or field"),
    .machine = true,
    .compares = true,
    .write = write_csv,
};
