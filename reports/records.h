/* records.h - the records of the machine-readable formats (ndjson, json): which there are, in which
 * order, with which members. The contract names them; what is not known is left out. */
#ifndef YINMA_REPORTS_RECORDS_H
#define YINMA_REPORTS_RECORDS_H

#include "reports/json_writer.h"

enum { RULES_REMEMBERED = 16 };

struct record_memory {
    struct json_stretch unit_names, unit_file; /* those of one unit stand behind each other */
    struct json_stretch rule_names[RULES_REMEMBERED], rule_advice[RULES_REMEMBERED];
    struct text_buffer sketch;
    enum isa isa;
};

struct record_writer {
    struct json_writer json;
    const struct results *results;
    const struct report_options *options;
    const char *record_end; /* put behind every record; starts the commas anew when not NULL */
    /* Of the thread that writes, all zero before records_in_parts(): members that many records have
     * in common, room for a text. */
    struct record_memory memory;
};

/* COUNT records, each written by PUT (or not written), in their order: by several threads where
 * options allow it and there are many. */
void records_in_parts(struct record_writer *out, size_t count,
                      void (*put)(struct record_writer *out, size_t at));

void records_run(struct record_writer *out);
/* Members of the run record: digests of what it judged by and of what it read. */
void records_digests(struct record_writer *out);
void records_fields(struct record_writer *out);
void records_occurrences(struct record_writer *out); /* nothing unless options ask for them */
void records_request(struct record_writer *out); /* whom the run was asked for: nothing without … */
void records_found(struct record_writer *out);   /* … --find, as where that person stands */
void records_violations(struct record_writer *out);
void records_controls(struct record_writer *out);
void records_logs(struct record_writer *out); /* how far logs reach */
void records_coverage(struct record_writer *out);
void records_sources(struct record_writer *out);
void records_summary(struct record_writer *out);

/* For the files that write records. */
void record_begin(struct record_writer *out, const char *type);
void record_end(struct record_writer *out);
void record_place(struct json_writer *json, const struct field_facts *place);
/* "unit", "source", "zones" and what PUT_MORE (may be NULL) puts behind them: the same for all
 * records of one sort, as members of one unit are remembered. */
void record_unit(struct record_writer *out, uint32_t number,
                 void (*put_more)(struct json_writer *json, const struct unit_result *unit));
/* "zones", "examples" and "mask_forms". */
void record_zones(struct json_writer *json, zone_set zones);
void record_examples(struct json_writer *json, const struct example *const *examples,
                     unsigned count);
void record_forms(struct json_writer *json, const struct mask_forms *forms);

/* "2026-01-31T08:00:00Z"; "" when it is no time. */
enum { RECORDS_TIME_TEXT = 32 };
void records_time(time_t when, char out[RECORDS_TIME_TEXT]);

/* Names of the zones in the set, in alphabetical order; returns their number. */
unsigned records_zone_names(zone_set zones, const char *names[ZONE_COUNT]);

#endif
