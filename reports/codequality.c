/* The "Code Quality" report of GitLab (docs.gitlab.com, "Code Quality", section "Code Quality
 * report format"): an array of issues with description, check_name, fingerprint, severity and
 * location. */
#include <stdlib.h>

#include "reports/json_writer.h"
#include "reports/naming.h"
#include "reports/translate.h"

struct code_quality {
    struct json_writer json;
    const struct results *results;
    const struct report_options *options;
    struct text_buffer text;
};

static const char *severity_word(const struct violation *violation) {
    static const char *const words[] = {
        [SEVERITY_NONE] = "info",     [SEVERITY_LOW] = "minor",        [SEVERITY_MEDIUM] = "major",
        [SEVERITY_HIGH] = "critical", [SEVERITY_CRITICAL] = "blocker",
    };
    return violation->known ? "info" : words[violation->severity];
}

/* Paths are relative to the repository, without "./". */
static void put_location(struct json_writer *json, struct bytes unit, uint64_t line) {
    struct bytes path = source_file_name(unit);
    while (bytes_starts_with(path, BYTES_LIT("./")) && path.len > 2) {
        path = bytes_from(path, 2);
    }
    json_key(json, "location");
    json_open(json, '{');
    json_member_text(json, "path", path);
    json_key(json, "lines");
    json_open(json, '{');
    json_member_number(json, "begin", line == 0 ? 1 : line);
    json_close(json, '}');
    json_close(json, '}');
}

static void put_fingerprint(struct code_quality *out, const char *what, struct bytes unit) {
    char fingerprint[65];
    if (fingerprint_in_unit(what, unit, fingerprint)) {
        json_member_string(&out->json, "fingerprint", fingerprint);
    } else {
        report_fail_memory(out->json.sink);
    }
}

static void put_issue(struct code_quality *out, const struct violation *violation) {
    const struct unit_result *unit = unit_of(out->results, violation);
    struct bytes name = unit == NULL ? BYTES_LIT("-") : unit->name;
    struct bytes whole = source_file_name(name);
    struct json_writer *json = &out->json;
    text_buffer_clear(&out->text);
    name_violation(&out->text, out->options, violation);
    if (whole.len < name.len) { /* the path in the location ends at the archive */
        text_buffer_puts(&out->text, " (");
        text_buffer_put(&out->text, bytes_from(name, whole.len));
        text_buffer_putc(&out->text, ')');
    }
    if (out->text.failed) {
        report_fail_memory(json->sink);
        return;
    }
    json_open(json, '{');
    json_member_text(json, "description", text_buffer_view(&out->text));
    json_member_string(json, "check_name", violation->rule->id);
    char fingerprint[65];
    violation_fingerprint(out->results, violation, fingerprint);
    put_fingerprint(out, fingerprint, name);
    json_member_string(json, "severity", severity_word(violation));
    put_location(json, name, whole.len == name.len ? first_line(violation) : 0);
    json_close(json, '}');
    report_putc(json->sink, '\n');
}

static void put_gap(struct code_quality *out, const struct unit_result *unit) {
    struct json_writer *json = &out->json;
    text_buffer_clear(&out->text);
    text_buffer_puts(&out->text, _("Not read: "));
    name_gap(&out->text, out->options, unit->facts);
    if (out->text.failed) {
        report_fail_memory(json->sink);
        return;
    }
    json_open(json, '{');
    json_member_text(json, "description", text_buffer_view(&out->text));
    json_member_string(json, "check_name", "yinma/not-read");
    put_fingerprint(out, "yinma/not-read", unit->name);
    json_member_string(json, "severity", "major");
    put_location(json, unit->name, 0);
    json_close(json, '}');
    report_putc(json->sink, '\n');
}

static void write_code_quality(const struct results *results, const struct report_options *options,
                               struct report_sink *sink) {
    struct code_quality out = {.json = {.sink = sink}, .results = results, .options = options};
    const struct violation **violations = violations_worst_first(results);
    text_buffer_init(&out.text, 0);
    json_open(&out.json, '[');
    if (violations == NULL) {
        report_fail_memory(sink);
    }
    for (size_t i = 0; violations != NULL && i < results->violation_count; i++) {
        put_issue(&out, violations[i]);
    }
    for (size_t i = 0; i < results->unit_count; i++) {
        if (unit_result_incomplete(&results->units[i])) {
            put_gap(&out, &results->units[i]);
        }
    }
    json_close(&out.json, ']');
    report_putc(sink, '\n');
    free(violations);
    text_buffer_release(&out.text);
}

const struct report report_code_quality = {
    .name = "codequality",
    .summary = N_("issues for the code quality view of GitLab"),
    .machine = true,
    .write = write_code_quality,
};
