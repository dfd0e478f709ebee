/* What is there now, as accepted: for --baseline of later runs. One entry a line, sorted, without
 * values and times, so that versions of the file can be compared and put together. */
#include "result/saved/baseline.h"

#include "reports/json_writer.h"
#include "reports/translate.h"

static void put_entry(struct json_writer *json, const struct baseline_entry *entry) {
    json_open(json, '{');
    json_member_string(json, "type", "accepted");
    json_member_string(json, "rule", entry->rule);
    json_member_text(json, "source", entry->source);
    json_member_text(json, "table", entry->table);
    json_member_text(json, "column", entry->column);
    json_member_known(json, entry->role ? "role" : "kind", entry->about);
    if (entry->state < STATE_COUNT) {
        json_member_string(json, "state", mask_state_name(entry->state));
    }
    json_member_number(json, "count", entry->count);
    json_member_string(json, "reason", entry->reason);
    json_member_string(json, "approver", entry->approver);
    json_member_string(json, "expiry", entry->expiry);
    if (entry->value_count > 0) {
        json_member_known(json, "key_id", entry->key_id);
        json_key(json, "values");
        json_open(json, '[');
        for (size_t i = 0; i < entry->value_count; i++) {
            json_string(json, entry->values[i]);
        }
        json_close(json, ']');
    }
    json_member_string(json, "fingerprint", entry->fingerprint);
    json_close(json, '}');
    json->comma = false;
    report_putc(json->sink, '\n');
}

static void write_baseline(const struct results *results, const struct report_options *options,
                           struct report_sink *sink) {
    struct json_writer json = {.sink = sink};
    struct baseline *baseline = NULL;
    struct error error = {0};
    (void)options;
    if (baseline_of_results(results, &baseline, &error) < 0) {
        report_fail(sink, &error);
        return;
    }
    for (size_t i = 0; i < baseline_count(baseline); i++) {
        put_entry(&json, baseline_entry_at(baseline, i));
    }
    baseline_free(baseline);
}

const struct report report_baseline = {
    .name = "baseline",
    .summary = N_("what is there now, to be accepted: for --baseline of later scans"),
    .machine = true,
    .fingerprints = true,
    .write = write_baseline,
};
