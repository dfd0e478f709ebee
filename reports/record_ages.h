/* record_ages.h - what a field record says of the ages of its values. */
#ifndef YINMA_REPORTS_RECORD_AGES_H
#define YINMA_REPORTS_RECORD_AGES_H

#include "reports/json_writer.h"
#include "reports/report.h"
#include "result/results.h"

/* "dated_by", "date_column", "dated", "oldest", "newest", "years", "past_limit": those that are
 * known. */
void record_ages(struct json_writer *json, const struct field_result *field);

/* "dated_by", "before", "date_assumed" and "keep" of a violation of a rule about age. */
void record_violation_age(struct json_writer *json, const struct violation *violation,
                          enum report_language language);

/* One record "logs" a span: `begin` and `end` stand around it. */
void record_log_span(struct json_writer *json, const struct log_span *span);

#endif
