#include "reports/changes.h"
#include "reports/records.h"
#include "reports/translate.h"

/* The same records as ndjson in one object: what stands once is a member, what may stand more often
 * an array. */
static void write_group(struct record_writer *out, const char *name,
                        void (*group)(struct record_writer *out)) {
    json_key(&out->json, name);
    json_open(&out->json, '[');
    group(out);
    json_close(&out->json, ']');
    report_putc(out->json.sink, '\n');
}

static void write_json(const struct results *results, const struct report_options *options,
                       struct report_sink *sink) {
    struct record_writer out = {.json = {.sink = sink}, .results = results, .options = options};
    json_open(&out.json, '{');
    json_key(&out.json, "run");
    records_run(&out);
    report_putc(sink, '\n');
    if (results->person.count != 0) {
        json_key(&out.json, "request");
        records_request(&out);
        report_putc(sink, '\n');
        write_group(&out, "found", records_found);
    }
    write_group(&out, "fields", records_fields);
    if (options->occurrences) {
        write_group(&out, "occurrences", records_occurrences);
    }
    write_group(&out, "violations", records_violations);
    write_group(&out, "controls", records_controls);
    write_group(&out, "logs", records_logs);
    write_group(&out, "coverage", records_coverage);
    if (results->sources.known) {
        write_group(&out, "sources", records_sources);
    }
    if (options->comparison != NULL) {
        json_key(&out.json, "comparison");
        changes_summary_record(&out.json, options, NULL);
        json_key(&out.json, "changes");
        json_open(&out.json, '[');
        changes_records(&out.json, options, NULL);
        json_close(&out.json, ']');
    }
    json_key(&out.json, "summary");
    records_summary(&out);
    json_close(&out.json, '}');
    report_putc(sink, '\n');
}

const struct report report_json = {
    .name = "json",
    .summary = N_("the same as one JSON object with arrays"),
    .sources = true,
    .machine = true,
    .compares = true,
    .places = true,
    .fingerprints = true,
    .sketches = true,
    .write = write_json,
};
