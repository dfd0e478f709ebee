#include "reports/receipt.h"

#include "reports/records.h"
#include "reports/translate.h"

static void write_list(struct record_writer *out, const char *name,
                       void (*write)(struct record_writer *out)) {
    json_key(&out->json, name);
    json_open(&out->json, '[');
    write(out);
    json_close(&out->json, ']');
}

static void write_receipt(const struct results *results, const struct report_options *options,
                          struct report_sink *sink) {
    struct record_writer out = {.json = {.sink = sink}, .results = results, .options = options};
    const struct receipt_facts *facts = options->receipt;
    struct json_writer *json = &out.json;
    json_open(json, '{');
    json_member_string(json, "type", "receipt");
    json_member_number(json, "schema", 1);
    json_member_string(json, "mode", facts->mode);
    json_member_string(json, "verdict", facts->verdict);
    json_member_number(json, "status", (uint64_t)facts->status);
    json_member_number(json, "bytes_read", facts->read);
    json_member_number(json, "bytes_passed", facts->passed);
    json_member_number(json, "bytes_withheld", facts->read - facts->passed);
    json_member_string(json, "sha256", facts->sha256);
    json_key(json, "run");
    records_run(&out);
    write_list(&out, "fields", records_fields);
    write_list(&out, "violations", records_violations);
    write_list(&out, "coverage", records_coverage);
    json_key(json, "summary");
    records_summary(&out);
    json_close(json, '}');
    report_putc(sink, '\n');
}

const struct report report_receipt = {
    .name = "receipt",
    .summary = N_("what a guard let pass and why it stopped"),
    .machine = true,
    .write = write_receipt,
};
