#include "reports/ledger_line.h"

#include "reports/records.h"

static void write_run(const struct results *results, const struct report_options *options,
                      struct report_sink *sink) {
    struct record_writer out = {.json = {.sink = sink}, .results = results, .options = options};
    records_run(&out);
}

static void put_reports(struct json_writer *json, const struct ledger_facts *facts) {
    json_key(json, "reports");
    json_open(json, '[');
    for (size_t i = 0; i < facts->report_count; i++) {
        json_open(json, '{');
        json_member_string(json, "format", facts->reports[i].format);
        json_member_string(json, "file", facts->reports[i].file);
        json_member_string(json, "sha256", facts->reports[i].sha256);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_line(const struct results *results, const struct report_options *options,
                       struct report_sink *sink) {
    struct record_writer out = {.json = {.sink = sink}, .results = results, .options = options};
    struct json_writer *json = &out.json;
    const struct ledger_facts *facts = options->ledger;
    const struct run_info *run = &results->run;
    char time[RECORDS_TIME_TEXT];
    records_time(facts->time, time);
    json_open(json, '{');
    json_member_string(json, "type", "ledger");
    json_member_number(json, "schema", 1);
    json_member_number(json, "line", facts->number);
    json_member_string(json, "previous", facts->previous);
    if (facts->after_cut) {
        json_key(json, "after_cut");
        json_bool(json, true);
    }
    json_member_string(json, "time", time);
    json_member_string(json, "yinma", YINMA_VERSION);
    json_member_known(json, "host", run->host);
    json_member_string(json, "run_sha256", facts->run_sha256);
    records_digests(&out);
    json_member_number(json, "status", (uint64_t)results->summary.status);
    json_key(json, "partial");
    json_bool(json, results->summary.partial);
    put_reports(json, facts);
    json_close(json, '}');
}

const struct report report_run_record = {
    .name = "run-record",
    .summary = "",
    .machine = true,
    .write = write_run,
};

const struct report report_ledger_line = {
    .name = "ledger-line",
    .summary = "",
    .machine = true,
    .write = write_line,
};
