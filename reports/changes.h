/* changes.h - a comparison (result/comparison.h) as a section of reports: which changes are told,
 * in which words. Reports that have such a section set report.compares. */
#ifndef YINMA_REPORTS_CHANGES_H
#define YINMA_REPORTS_CHANGES_H

#include "core/text_buffer.h"
#include "reports/json_writer.h"
#include "reports/report.h"
#include "result/comparison.h"

/* A record "comparison", then one "change" for each entry. RECORD_END as in struct record_writer.
 */
void changes_summary_record(struct json_writer *json, const struct report_options *options,
                            const char *record_end);
void changes_records(struct json_writer *json, const struct report_options *options,
                     const char *record_end);

/* The word for an enum change, an enum cause; gettext messages. */
const char *change_message(unsigned change);
const char *cause_message(unsigned cause);
/* "data", "rules or version": short names of the causes in the set. */
void cause_words(struct text_buffer *out, unsigned causes);
/* "yinma 1.0.0 -> 1.1.0; rules: platform; another configuration or other options"; nothing when
 * the runs differ in their data only. */
void differences_words(struct text_buffer *out, const struct comparison *comparison);

/* Parts of it: "yinma 1.0.0 → 1.1.0"; "platform, pci: the text of the rules". */
void version_difference(struct text_buffer *out, const struct comparison *comparison);
void pack_differences(struct text_buffer *out, const struct comparison *comparison);

struct text_report;
/* text_changes.c */
void text_report_changes(struct text_report *report);

#endif
