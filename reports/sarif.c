/* SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"): a result a violation, worst
 * first. Services that show SARIF take 25,000 results of a run and show the 5,000 most severe
 * (GitHub, "SARIF support for code scanning"; further runs of the same tool in one file are
 * refused), so there is one run with no more, and it says how many were left out. */
#include <stdlib.h>

#include "reports/json_writer.h"
#include "reports/naming.h"
#include "reports/terminal.h"
#include "reports/translate.h"

enum { RESULTS_MAX = 25000, GAPS_MAX = 1000 };

struct sarif {
    struct json_writer json;
    const struct results *results;
    const struct report_options *options;
    const struct violation **violations; /* worst first */
    size_t written;                      /* of them */
    const struct rule **rules;           /* of those written, sorted by address */
    size_t rule_count;
    struct text_buffer text;
};

/* ---- parts ---- */

/* In messages, brackets make links and braces placeholders (SARIF 3.11.5, 3.11.6): names from data
 * shall do neither. */
static void put_message(struct sarif *out, const char *key, struct bytes text) {
    struct json_writer *json = &out->json;
    struct text_buffer escaped;
    text_buffer_init(&escaped, 0);
    for (size_t i = 0; i < text.len; i++) {
        char c = (char)text.ptr[i];
        if (c == '[' || c == ']' || c == '\\') {
            text_buffer_putc(&escaped, '\\');
        } else if (c == '{' || c == '}') {
            text_buffer_putc(&escaped, c);
        }
        text_buffer_putc(&escaped, c);
    }
    if (escaped.failed) {
        report_fail_memory(json->sink);
    }
    json_key(json, key);
    json_open(json, '{');
    json_member_text(json, "text", text_buffer_view(&escaped));
    json_close(json, '}');
    text_buffer_release(&escaped);
}

static void put_known_message(struct sarif *out, const char *key, const char *text) {
    if (text[0] != '\0') {
        put_message(out, key, bytes_of_string(text));
    }
}

static bool stands_in_uri(uint8_t c) {
    return byte_is_alnum(c) || strchr("-._~/", c) != NULL;
}

/* The outer file as a URI reference; everything else is percent-encoded. */
static void put_artifact(struct sarif *out, struct bytes unit) {
    struct bytes path = source_file_name(unit);
    struct text_buffer uri;
    text_buffer_init(&uri, 0);
    if (bytes_starts_with(path, BYTES_LIT("/"))) {
        text_buffer_puts(&uri, "file://");
    }
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] != '\0' && stands_in_uri(path.ptr[i])) {
            text_buffer_putc(&uri, (char)path.ptr[i]);
        } else {
            text_buffer_printf(&uri, "%%%02X", path.ptr[i]);
        }
    }
    if (uri.failed) {
        report_fail_memory(out->json.sink);
    }
    json_key(&out->json, "artifactLocation");
    json_open(&out->json, '{');
    json_member_text(&out->json, "uri", text_buffer_view(&uri));
    json_close(&out->json, '}');
    text_buffer_release(&uri);
}

/* Lines count in the file itself only when nothing is packed around them. */
static void put_physical(struct sarif *out, struct bytes unit, uint64_t line) {
    struct json_writer *json = &out->json;
    json_key(json, "physicalLocation");
    json_open(json, '{');
    put_artifact(out, unit);
    if (line != 0 && source_file_name(unit).len == unit.len) {
        json_key(json, "region");
        json_open(json, '{');
        json_member_number(json, "startLine", line);
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void put_logical(struct sarif *out, struct bytes unit, const struct field_facts *place) {
    struct json_writer *json = &out->json;
    text_buffer_clear(&out->text);
    name_place(&out->text, place);
    size_t place_len = out->text.len;
    if (place_len == 0 && source_file_name(unit).len == unit.len) {
        return;
    }
    json_key(json, "logicalLocations");
    json_open(json, '[');
    json_open(json, '{');
    if (place_len > 0) {
        json_member_text(json, "name", text_buffer_view(&out->text));
    }
    text_buffer_clear(&out->text);
    terminal_safe(&out->text, unit);
    text_buffer_puts(&out->text, place_len > 0 ? "#" : "");
    name_place(&out->text, place);
    json_member_text(json, "fullyQualifiedName", text_buffer_view(&out->text));
    json_close(json, '}');
    json_close(json, ']');
}

static const char *level_of(enum severity severity) {
    return severity >= SEVERITY_HIGH ? "error" : severity == SEVERITY_MEDIUM ? "warning" : "note";
}

/* ---- rules ---- */

static int by_address(const void *a, const void *b) {
    const struct rule *x = *(const struct rule *const *)a, *y = *(const struct rule *const *)b;
    return (x > y) - (x < y);
}

static int by_id(const void *a, const void *b) {
    const struct rule *x = *(const struct rule *const *)a, *y = *(const struct rule *const *)b;
    return strcmp(x->id, y->id);
}

static void collect_rules(struct sarif *out) {
    for (size_t i = 0; i < out->written; i++) {
        out->rules[i] = out->violations[i]->rule;
    }
    qsort(out->rules, out->written, sizeof(const struct rule *), by_address);
    for (size_t i = 0; i < out->written; i++) {
        if (out->rule_count == 0 || out->rules[out->rule_count - 1] != out->rules[i]) {
            out->rules[out->rule_count++] = out->rules[i];
        }
    }
    qsort(out->rules, out->rule_count, sizeof(const struct rule *), by_id);
}

static enum severity worst_of(const struct sarif *out, const struct rule *rule) {
    enum severity worst = SEVERITY_NONE;
    for (size_t i = 0; i < out->written; i++) {
        if (out->violations[i]->rule == rule && out->violations[i]->severity > worst) {
            worst = out->violations[i]->severity;
        }
    }
    return worst;
}

/* The requirement that the rule refines, where both are told (SARIF 3.53.3). */
static void put_parent(struct sarif *out, const struct rule *rule) {
    struct json_writer *json = &out->json;
    for (size_t i = 0; rule->parent != NULL && i < out->rule_count; i++) {
        if (strcmp(out->rules[i]->id, rule->parent) != 0) {
            continue;
        }
        json_key(json, "relationships");
        json_open(json, '[');
        json_open(json, '{');
        json_key(json, "target");
        json_open(json, '{');
        json_member_string(json, "id", rule->parent);
        json_member_number(json, "index", i);
        json_close(json, '}');
        json_key(json, "kinds");
        json_open(json, '[');
        json_string(json, "superset");
        json_close(json, ']');
        json_close(json, '}');
        json_close(json, ']');
        return;
    }
}

static void put_rule(struct sarif *out, const struct rule *rule) {
    /* what GitHub makes its own four words of: from 9.0, 7.0, 4.0 and above 0 */
    static const char *const security[] = {"0.0", "2.0", "5.0", "8.0", "9.5"};
    struct json_writer *json = &out->json;
    enum severity worst = worst_of(out, rule);
    const char *message = pack_text(out->options, rule->message.en, rule->message.zh);
    const char *title = pack_text(out->options, rule->title.en, rule->title.zh);
    const char *remedy = pack_text(out->options, rule->remedy.en, rule->remedy.zh);
    json_open(json, '{');
    json_member_string(json, "id", rule->id);
    put_known_message(out, "shortDescription", title[0] != '\0' ? title : message);
    put_known_message(out, "fullDescription", message);
    put_known_message(out, "help", remedy[0] != '\0' ? remedy : message);
    json_key(json, "defaultConfiguration");
    json_open(json, '{');
    json_member_string(json, "level", level_of(worst));
    json_close(json, '}');
    json_key(json, "properties");
    json_open(json, '{');
    json_key(json, "tags");
    json_open(json, '[');
    json_string(json, "security");
    json_string(json, "personal-data");
    json_string(json, rule->document);
    json_string(json, rule_level_name(rule->level));
    json_close(json, ']');
    json_member_string(json, "security-severity", security[worst]);
    json_member_string(json, "section", rule->printed != NULL ? rule->printed : rule->section);
    json_close(json, '}');
    put_parent(out, rule);
    json_close(json, '}');
    report_putc(json->sink, '\n');
}

static void put_tool(struct sarif *out) {
    struct json_writer *json = &out->json;
    const struct run_info *run = &out->results->run;
    json_key(json, "tool");
    json_open(json, '{');
    json_key(json, "driver");
    json_open(json, '{');
    json_member_string(json, "name", "yinma");
    json_member_string(json, "version", run->version == NULL ? YINMA_VERSION : run->version);
    json_key(json, "rules");
    json_open(json, '[');
    for (size_t i = 0; i < out->rule_count; i++) {
        put_rule(out, out->rules[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}

/* ---- invocation: what was not read, what was left out ---- */

static void put_gap(struct sarif *out, const struct unit_result *unit) {
    struct json_writer *json = &out->json;
    json_open(json, '{');
    json_member_string(json, "level", unit_result_incomplete(unit) ? "error" : "note");
    text_buffer_clear(&out->text);
    text_buffer_puts(&out->text, _("Not plainly read: "));
    name_gap(&out->text, out->options, unit->facts);
    put_message(out, "message", text_buffer_view(&out->text));
    json_key(json, "locations");
    json_open(json, '[');
    json_open(json, '{');
    put_physical(out, unit->name, 0);
    put_logical(out, unit->name, NULL);
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
    report_putc(json->sink, '\n');
}

static void put_left_out(struct sarif *out, const char *what, size_t written, size_t all) {
    struct json_writer *json = &out->json;
    json_open(json, '{');
    json_member_string(json, "level", "warning");
    text_buffer_clear(&out->text);
    text_buffer_printf(&out->text,
                       "Only %zu of %zu %s are in this file, the most severe first; the format "
                       "ndjson has them all.",
                       written, all, what);
    put_message(out, "message", text_buffer_view(&out->text));
    json_close(json, '}');
}

static void put_notifications(struct sarif *out) {
    size_t gaps = 0, written = 0;
    for (size_t i = 0; i < out->results->unit_count; i++) {
        gaps += out->results->units[i].facts->status != COVERAGE_SCANNED;
    }
    json_key(&out->json, "toolExecutionNotifications");
    json_open(&out->json, '[');
    if (out->written < out->results->violation_count) {
        put_left_out(out, "results", out->written, out->results->violation_count);
    }
    if (gaps > GAPS_MAX) {
        put_left_out(out, "units that were not plainly read", GAPS_MAX, gaps);
    }
    for (size_t pass = 0; pass < 2; pass++) { /* those that matter first */
        for (size_t i = 0; i < out->results->unit_count && written < GAPS_MAX; i++) {
            const struct unit_result *unit = &out->results->units[i];
            if (unit->facts->status != COVERAGE_SCANNED &&
                unit_result_incomplete(unit) == (pass == 0)) {
                put_gap(out, unit);
                written++;
            }
        }
    }
    json_close(&out->json, ']');
}

static void put_invocation(struct sarif *out) {
    struct json_writer *json = &out->json;
    const struct results *results = out->results;
    struct tm time;
    char started[32];
    json_key(json, "invocations");
    json_open(json, '[');
    json_open(json, '{');
    json_key(json, "executionSuccessful");
    json_bool(json, !results->summary.partial && results->summary.not_scanned == 0);
    json_member_number(json, "exitCode", (uint64_t)results->summary.status);
    if (results->run.started != 0 && gmtime_r(&results->run.started, &time) != NULL &&
        strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", &time) > 0) {
        json_member_string(json, "startTimeUtc", started);
    }
    put_notifications(out);
    json_close(json, '}');
    json_close(json, ']');
}

/* ---- results ---- */

static size_t rule_index(const struct sarif *out, const struct rule *rule) {
    size_t low = 0, high = out->rule_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(out->rules[middle]->id, rule->id) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static void put_locations(struct sarif *out, const struct violation *violation) {
    struct json_writer *json = &out->json;
    const struct unit_result *unit = unit_of(out->results, violation);
    json_key(json, "locations");
    json_open(json, '[');
    if (unit != NULL) {
        json_open(json, '{');
        put_physical(out, unit->name, first_line(violation));
        put_logical(out, unit->name, violation->place);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_properties(struct sarif *out, const struct violation *violation) {
    struct json_writer *json = &out->json;
    json_key(json, "properties");
    json_open(json, '{');
    json_member_string(json, "severity", severity_name(violation->severity));
    json_member_known(json, "kind", violation->kind);
    json_member_known(json, "role", violation->role);
    if (violation->confidence != CONFIDENCE_NONE) {
        json_member_string(json, "confidence", confidence_name(violation->confidence));
    }
    json_key(json, "shown");
    json_open(json, '[');
    for (unsigned i = 0; i < violation->example_count; i++) {
        json_string(json, violation->examples[i]->shown);
    }
    json_close(json, ']');
    json_close(json, '}');
}

/* By this one GitHub knows an alert again ("SARIF support for code scanning": no other fingerprint
 * is read), whatever line it has moved to. */
static void put_alert(struct sarif *out, const struct violation *violation, const char *of_source) {
    char fingerprint[65];
    const struct unit_result *unit = unit_of(out->results, violation);
    struct bytes name = unit == NULL ? BYTES_LIT("-") : unit->name;
    if (fingerprint_in_unit(of_source, name, fingerprint)) {
        json_member_string(&out->json, "primaryLocationLineHash", fingerprint);
    } else {
        report_fail_memory(out->json.sink);
    }
}

static void put_result(struct sarif *out, const struct violation *violation) {
    struct json_writer *json = &out->json;
    json_open(json, '{');
    json_member_string(json, "ruleId", violation->rule->id);
    json_member_number(json, "ruleIndex", rule_index(out, violation->rule));
    json_member_string(json, "level", level_of(violation->severity));
    text_buffer_clear(&out->text);
    name_violation(&out->text, out->options, violation);
    put_message(out, "message", text_buffer_view(&out->text));
    put_locations(out, violation);
    json_key(json, "partialFingerprints");
    json_open(json, '{');
    char fingerprint[65];
    violation_fingerprint(out->results, violation, fingerprint);
    json_member_string(json, "yinmaViolation/v1", fingerprint);
    put_alert(out, violation, fingerprint);
    json_close(json, '}');
    if (violation->count > 0) {
        json_member_number(json, "occurrenceCount", violation->count);
    }
    json_member_string(json, "baselineState", violation->known ? "unchanged" : "new");
    put_properties(out, violation);
    json_close(json, '}');
    report_putc(json->sink, '\n');
}

static void put_run(struct sarif *out) {
    struct json_writer *json = &out->json;
    json_open(json, '{');
    json_member_string(json, "$schema",
                       "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                       "sarif-schema-2.1.0.json");
    json_member_string(json, "version", "2.1.0");
    json_key(json, "runs");
    json_open(json, '[');
    json_open(json, '{');
    put_tool(out);
    put_invocation(out);
    json_member_string(json, "columnKind", "utf16CodeUnits");
    json_key(json, "results");
    json_open(json, '[');
    for (size_t i = 0; i < out->written; i++) {
        put_result(out, out->violations[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, ']');
    json_close(json, '}');
    report_putc(json->sink, '\n');
}

static void write_sarif(const struct results *results, const struct report_options *options,
                        struct report_sink *sink) {
    struct sarif out = {.json = {.sink = sink}, .results = results, .options = options};
    size_t all = results->violation_count;
    text_buffer_init(&out.text, 0);
    out.written = all < RESULTS_MAX ? all : RESULTS_MAX;
    out.violations = violations_worst_first(results);
    out.rules = calloc(out.written + 1, sizeof(const struct rule *));
    if (out.violations == NULL || out.rules == NULL) {
        report_fail_memory(sink);
    } else {
        collect_rules(&out);
        put_run(&out);
    }
    if (out.text.failed) {
        report_fail_memory(sink);
    }
    free(out.rules);
    free(out.violations);
    text_buffer_release(&out.text);
}

const struct report report_sarif = {
    .name = "sarif",
    .summary = N_("SARIF 2.1.0 for code scanning services and editors, most severe first"),
    .machine = true,
    .write = write_sarif,
};
