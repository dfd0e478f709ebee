/* One self-contained page: the shell stands in reports/html/, everything from data goes into one
 * inert JSON block and becomes text nodes in the reader's browser. The members of rows are short
 * arrays, so that 50,000 fields load at once; their order is that of page.js. */
#include <stdlib.h>

#include "catalog/glossary.h"
#include "reports/html_changes.h"
#include "reports/html_page.h"
#include "reports/html_words.h"
#include "reports/naming.h"
#include "reports/records.h"
#include "reports/text_rows.h"
#include "reports/translate.h"

enum { FORMS_SHOWN = 8 };

struct html {
    struct json_writer json;
    const struct results *results;
    const struct report_options *options;
    struct text_rows rows;
    size_t *unit_place;        /* of each unit in the page, from 1; 0 = not in it */
    const struct rule **rules; /* those broken, in order of their names */
    size_t rule_count;
    const struct field_result **kinds; /* one field of each kind, in order of their names */
    size_t kind_count;
};

/* ---- what the rows speak of ---- */

static int by_rule(const void *a, const void *b) {
    const struct rule *x = *(const struct rule *const *)a, *y = *(const struct rule *const *)b;
    return strcmp(x->id, y->id);
}

static int by_kind(const void *a, const void *b) {
    const struct field_result *x = *(const struct field_result *const *)a;
    const struct field_result *y = *(const struct field_result *const *)b;
    return strcmp(x->kind, y->kind);
}

static void collect(struct html *out) {
    const struct results *results = out->results;
    size_t rules = 0, kinds = 0;
    for (size_t i = 0; i < results->violation_count; i++) {
        out->rules[rules++] = results->violations[i].rule;
    }
    qsort(out->rules, rules, sizeof(const struct rule *), by_rule);
    for (size_t i = 0; i < rules; i++) {
        if (out->rule_count == 0 ||
            by_rule(&out->rules[out->rule_count - 1], &out->rules[i]) != 0) {
            out->rules[out->rule_count++] = out->rules[i];
        }
    }
    for (size_t i = 0; i < out->rows.count; i++) {
        if (out->rows.rows[i].field != NULL) {
            out->kinds[kinds++] = out->rows.rows[i].field;
        }
    }
    qsort(out->kinds, kinds, sizeof(const struct field_result *), by_kind);
    for (size_t i = 0; i < kinds; i++) {
        if (out->kind_count == 0 ||
            by_kind(&out->kinds[out->kind_count - 1], &out->kinds[i]) != 0) {
            out->kinds[out->kind_count++] = out->kinds[i];
        }
    }
}

static size_t place_of_rule(const struct html *out, const struct rule *rule) {
    const struct rule *const *found =
        bsearch(&rule, out->rules, out->rule_count, sizeof(const struct rule *), by_rule);
    return found == NULL ? 0 : (size_t)(found - out->rules);
}

static size_t place_of_kind(const struct html *out, const struct field_result *field) {
    const struct field_result *const *found =
        bsearch(&field, out->kinds, out->kind_count, sizeof(const struct field_result *), by_kind);
    return found == NULL ? 0 : (size_t)(found - out->kinds);
}

/* ---- the run ---- */

static void put_run(struct html *out) {
    struct json_writer *json = &out->json;
    const struct run_info *run = &out->results->run;
    char started[32] = "";
    struct tm time;
    if (run->started != 0 && gmtime_r(&run->started, &time) != NULL) {
        strftime(started, sizeof started, "%Y-%m-%d %H:%M UTC", &time);
    }
    json_key(json, "run");
    json_open(json, '{');
    json_member_string(json, "yinma", run->version == NULL ? YINMA_VERSION : run->version);
    json_member_string(json, "started", started);
    json_member_string(json, "as_of", run->as_of);
    json_member_string(json, "host", run->host);
    json_key(json, "profile_assumed");
    json_bool(json, run->profile_assumed);
    json_key(json, "profiles");
    json_open(json, '[');
    for (size_t i = 0; run->profiles != NULL && run->profiles[i] != NULL; i++) {
        json_string(json, run->profiles[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void put_summary(struct html *out) {
    struct json_writer *json = &out->json;
    const struct run_summary *summary = &out->results->summary;
    json_key(json, "summary");
    json_open(json, '{');
    json_member_number(json, "units", summary->units);
    json_member_number(json, "bytes_scanned", summary->bytes_scanned);
    json_member_number(json, "values", summary->values);
    json_member_number(json, "subjects", summary->subjects);
    json_key(json, "subjects_basis");
    html_both(json, out->options, summary->subjects_basis);
    json_key(json, "subjects_error");
    json_decimal(json, summary->subjects_error, 4);
    json_key(json, "violations"); /* from low to critical */
    json_open(json, '[');
    for (unsigned severity = SEVERITY_LOW; severity <= SEVERITY_CRITICAL; severity++) {
        json_number(json, summary->violations[severity]);
    }
    json_close(json, ']');
    json_member_number(json, "not_scanned", summary->not_scanned);
    json_key(json, "partial");
    json_bool(json, summary->partial);
    json_close(json, '}');
}

/* ---- rules, kinds, units ---- */

static void put_pair(struct json_writer *json, const char *key, const char *en, const char *zh) {
    json_key(json, key);
    json_open(json, '[');
    json_string(json, en == NULL ? "" : en);
    json_string(json, zh == NULL ? "" : zh);
    json_close(json, ']');
}

static void put_rules(struct html *out) {
    struct json_writer *json = &out->json;
    json_key(json, "rules");
    json_open(json, '[');
    for (size_t i = 0; i < out->rule_count; i++) {
        const struct rule *rule = out->rules[i];
        json_open(json, '{');
        json_member_string(json, "id", rule->id);
        json_member_known(json, "parent", rule->parent);
        const struct term *level = glossary_term(rule_level_name(rule->level));
        put_pair(json, "level", rule_level_name(rule->level), level == NULL ? NULL : level->zh);
        put_pair(json, "title", rule->title.en, rule->title.zh);
        put_pair(json, "message", rule->message.en, rule->message.zh);
        put_pair(json, "remedy", rule->remedy.en, rule->remedy.zh);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_kinds(struct html *out) {
    struct json_writer *json = &out->json;
    json_key(json, "kinds");
    json_open(json, '[');
    for (size_t i = 0; i < out->kind_count; i++) {
        json_open(json, '{');
        json_member_string(json, "name", out->kinds[i]->kind);
        json_key(json, "title");
        html_both(json, out->options, out->kinds[i]->kind_title);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_unit(struct html *out, const struct unit_result *unit) {
    struct json_writer *json = &out->json;
    const struct unit_facts *facts = unit->facts;
    const char *names[ZONE_COUNT];
    unsigned count = records_zone_names(unit->zones, names);
    char reason[ZONE_REASON_TEXT];
    bool told = facts->error_code != 0 || (facts->traits & UNIT_SPECIAL_FILE) != 0;
    json_open(json, '{');
    json_member_text(json, "name", unit->name);
    json_key(json, "zones");
    json_open(json, '[');
    for (unsigned i = 0; i < count; i++) {
        json_string(json, names[i]);
    }
    json_close(json, ']');
    json_key(json, "reason");
    html_both_sentence(json, out->options, unit_zone_reason(unit, reason));
    json_member_string(json, "format", facts->format);
    json_member_string(json, "encoding", facts->encoding);
    json_member_string(json, "status", coverage_status_name(facts->status));
    json_member_string(json, "why", told ? coverage_reason(facts->error_code) : "");
    json_key(json, "detail");
    html_both_sentence(json, out->options, facts->detail);
    json_key(json, "incomplete");
    json_bool(json, unit_result_incomplete(unit));
    json_close(json, '}');
    report_putc(json->sink, '\n');
}

/* Those that rows speak of and those that were not plainly read. */
static void put_units(struct html *out) {
    const struct results *results = out->results;
    size_t place = 0;
    for (size_t i = 0; i < out->rows.count; i++) {
        if (out->rows.rows[i].unit < results->unit_count) {
            out->unit_place[out->rows.rows[i].unit] = 1;
        }
    }
    json_key(&out->json, "units");
    json_open(&out->json, '[');
    for (size_t i = 0; i < results->unit_count; i++) {
        const struct unit_result *unit = &results->units[i];
        if (out->unit_place[i] != 0 || unit->facts->status != COVERAGE_SCANNED) {
            out->unit_place[i] = ++place;
            put_unit(out, unit);
        }
    }
    json_close(&out->json, ']');
}

/* ---- rules in force ---- */

static void put_statuses(struct html *out) {
    struct json_writer *json = &out->json;
    json_key(json, "statuses");
    json_open(json, '[');
    for (size_t i = 0; i < out->results->status_count; i++) {
        const struct rule_status *status = &out->results->statuses[i];
        json_open(json, '{');
        json_member_string(json, "id", status->rule->id);
        put_pair(json, "title", status->rule->title.en, status->rule->title.zh);
        json_member_string(json, "status", rule_verdict_name(status->verdict));
        if (status->why != DECIDED) {
            json_key(json, "why");
            html_both(json, out->options, undecided_text(status->why));
        }
        json_member_known(json, "setting", status->setting);
        json_member_number(json, "units", status->units);
        json_member_number(json, "unread", status->unread);
        json_member_number(json, "violations", status->violations);
        json_close(json, '}');
        report_putc(json->sink, '\n');
    }
    json_close(json, ']');
}

/* ---- rows ---- */

/* null where there is none. */
static void put_place(struct json_writer *json, bool known, size_t place) {
    if (known) {
        json_number(json, place);
    } else {
        json_null(json);
    }
}

static void put_forms(struct json_writer *json, const struct field_result *field) {
    json_open(json, '[');
    for (uint32_t i = 0; field != NULL && i < field->facts->forms.used && i < FORMS_SHOWN; i++) {
        json_open(json, '[');
        json_string(json, field->facts->forms.forms[i].text);
        json_number(json, field->facts->forms.forms[i].count);
        json_close(json, ']');
    }
    json_close(json, ']');
}

static void put_evidence(struct json_writer *json, const struct field_result *field) {
    json_open(json, '[');
    for (unsigned i = 0; field != NULL && i < EVIDENCE_COUNT; i++) {
        if ((field->evidence >> i & 1) != 0) {
            json_string(json, evidence_name(i));
        }
    }
    json_close(json, ']');
}

/* How old the values are: [dated by, oldest, newest, past their limit or null, [[year, values] …]];
 * empty where that is not known. */
static void put_ages(struct json_writer *json, const struct field_result *field) {
    char day[DAY_TEXT];
    json_open(json, '[');
    if (field != NULL && field->dated_by != DATED_BY_NOTHING) {
        const struct date_facts *dates = field->facts->dates;
        json_string(json, dated_by_name(field->dated_by));
        day_text(field->oldest, day);
        json_string(json, day);
        day_text(field->newest, day);
        json_string(json, day);
        put_place(json, field->limited, (size_t)field->past_limit);
        json_open(json, '[');
        for (struct date_year year = {0}; dates != NULL && date_facts_next_year(dates, &year);) {
            json_open(json, '[');
            json_number(json, year.year);
            json_number(json, year.values);
            json_close(json, ']');
        }
        json_close(json, ']');
    }
    json_close(json, ']');
}

static void put_violations(struct html *out, const struct text_row *row) {
    struct json_writer *json = &out->json;
    json_open(json, '[');
    for (size_t i = 0; i < row->violation_count; i++) {
        const struct violation *violation = row->violations[i];
        json_open(json, '[');
        json_number(json, place_of_rule(out, violation->rule));
        json_number(json, violation->severity);
        json_number(json, violation->count);
        json_bool(json, violation->known);
        json_close(json, ']');
    }
    json_close(json, ']');
}

static void put_example(struct json_writer *json, const struct example *example) {
    json_open(json, '[');
    json_number(json, example->row);
    json_number(json, example->line);
    json_string(json, example->shown);
    json_close(json, ']');
}

/* Of the worst violation that has some, else of the field. */
static void put_examples(struct json_writer *json, const struct text_row *row) {
    unsigned count = 0;
    json_open(json, '[');
    for (size_t i = 0; i < row->violation_count && count == 0; i++) {
        for (unsigned j = 0; j < row->violations[i]->example_count; j++, count++) {
            put_example(json, row->violations[i]->examples[j]);
        }
    }
    for (unsigned state = 0; row->field != NULL && state < STATE_COUNT && count == 0; state++) {
        const struct kind_facts *facts = row->field->facts;
        for (unsigned j = 0; j < facts->example_count[state]; j++, count++) {
            put_example(json, &facts->examples[state][j]);
        }
    }
    json_close(json, ']');
}

static void put_row(struct html *out, const struct text_row *row) {
    struct json_writer *json = &out->json;
    const struct field_result *field = row->field;
    const struct bytes nothing = {0};
    json_open(json, '[');
    put_place(json, row->unit < out->results->unit_count,
              row->unit < out->results->unit_count ? out->unit_place[row->unit] - 1 : 0);
    json_text(json, row->place == NULL ? nothing : row->place->table);
    json_text(json, row->place == NULL ? nothing : row->place->column);
    put_place(json, field != NULL, field != NULL ? place_of_kind(out, field) : 0);
    json_string(json, row->role == NULL ? "" : row->role);
    json_number(json, row->severity);
    json_bool(json, row->known);
    json_string(json, field == NULL ? "" : confidence_name(field->confidence));
    json_open(json, '[');
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        json_number(json, field == NULL ? 0 : field->count[state]);
    }
    json_close(json, ']');
    json_number(json, field == NULL ? 0 : field->other);
    json_number(json, field == NULL ? 0 : sketch_estimate(&field->facts->distinct));
    put_forms(json, field);
    put_evidence(json, field);
    put_violations(out, row);
    put_examples(json, row);
    put_ages(json, field);
    json_close(json, ']');
    report_putc(json->sink, '\n');
}

static void put_page(struct html *out) {
    struct json_writer *json = &out->json;
    report_put(json->sink, html_page_head);
    json_open(json, '{');
    json_member_string(json, "language", out->options->language == LANGUAGE_ZH ? "zh" : "en");
    html_words(json, out->options);
    put_run(out);
    put_summary(out);
    put_rules(out);
    put_kinds(out);
    put_units(out);
    put_statuses(out);
    html_changes(json, out->options);
    json_key(json, "rows");
    json_open(json, '[');
    for (size_t i = 0; i < out->rows.count; i++) {
        put_row(out, &out->rows.rows[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
    report_put(json->sink, html_page_tail);
}

static void write_html(const struct results *results, const struct report_options *options,
                       struct report_sink *sink) {
    struct html out = {
        .json = {.sink = sink, .in_page = true}, .results = results, .options = options};
    bool made = text_rows_make(results, &out.rows);
    out.unit_place = calloc(results->unit_count + 1, sizeof *out.unit_place);
    out.rules = calloc(results->violation_count + 1, sizeof(const struct rule *));
    out.kinds = calloc(out.rows.count + 1, sizeof(const struct field_result *));
    if (!made || out.unit_place == NULL || out.rules == NULL || out.kinds == NULL) {
        report_fail_memory(sink);
    } else {
        collect(&out);
        put_page(&out);
    }
    free(out.kinds);
    free(out.rules);
    free(out.unit_place);
    text_rows_release(&out.rows);
}

const struct report report_html = {
    .name = "html",
    .summary = N_("one page to look at in a browser: charts, a table to sort and filter, print"),
    .machine = false,
    .compares = true,
    .write = write_html,
};
