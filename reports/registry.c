#include "reports/report.h"

#include <string.h>

extern const struct report report_text, report_ndjson, report_json, report_csv, report_sarif,
    report_junit, report_code_quality, report_html, report_baseline, report_checklist,
    report_inventory, report_backups, report_exchange, report_incident;

// clang-format off
const struct report *const reports[] = {
    &report_text,
    &report_ndjson,
    &report_json,
    &report_csv,
    &report_sarif,
    &report_junit,
    &report_code_quality,
    &report_html,
    &report_baseline,
    &report_checklist,
    &report_inventory,
    &report_backups,
    &report_exchange,
    &report_incident,
    NULL,
};
// clang-format on

const struct report *report_find(const char *name) {
    for (size_t i = 0; reports[i] != NULL; i++) {
        if (strcmp(reports[i]->name, name) == 0) {
            return reports[i];
        }
    }
    return NULL;
}
