#include "reports/changes.h"
#include "reports/records.h"
#include "reports/translate.h"

static void write_ndjson(const struct results *results, const struct report_options *options,
                         struct report_sink *sink) {
    struct record_writer out = {
        .json = {.sink = sink}, .results = results, .options = options, .record_end = "\n"};
    records_run(&out);
    records_request(&out);
    records_found(&out);
    records_fields(&out);
    records_occurrences(&out);
    records_violations(&out);
    records_controls(&out);
    records_logs(&out);
    records_coverage(&out);
    records_sources(&out);
    if (options->comparison != NULL) {
        changes_summary_record(&out.json, options, out.record_end);
        changes_records(&out.json, options, out.record_end);
    }
    records_summary(&out);
}

const struct report report_ndjson = {
    .name = "ndjson",
    .summary = N_("one JSON record a line: everything that was found, for other programs"),
    .sources = true,
    .machine = true,
    .compares = true,
    .places = true,
    .fingerprints = true,
    .sketches = true,
    .write = write_ndjson,
};
