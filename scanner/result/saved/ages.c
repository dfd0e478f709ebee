/* Ages in saved records: of the rows of a field, of what breaks a rule about age. */
#include <stdlib.h>

#include "result/saved/work.h"

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for saved results");
}

/* Years are all that is left of the periods. */
int saved_field_dates(struct kind_facts *facts, const struct json_value *record,
                      struct error *err) {
    const struct json_value *years = json_find(record, "years", JSON_OBJECT);
    struct bytes column = json_find_text(record, "date_column");
    if (years == NULL) {
        return 0;
    }
    facts->dates = date_facts_new();
    bool ok = facts->dates != NULL;
    uint64_t all = 0;
    for (const struct json_value *year = years->first; ok && year != NULL; year = year->next) {
        char name[5];
        saved_copy(name, sizeof name, year->key);
        unsigned number = (unsigned)strtoul(name, NULL, 10);
        if (number < 1 || number > 9999 || year->type != JSON_NUMBER ||
            facts->dates->period_count == DATE_PERIODS_MAX) {
            continue;
        }
        struct date_period *period = date_facts_period(facts->dates, day_of(number, 1, 1));
        ok = period != NULL;
        if (ok) {
            period->count[STATE_CLEAR][0] += year->whole;
            all += year->whole;
        }
    }
    const struct json_value *columns = json_find_list(record, "date_columns");
    for (const struct json_value *each = columns; ok && each != NULL; each = each->next) {
        ok = date_facts_column(facts->dates, json_find_text(each, "column"), DATE_NOTHING,
                               json_find_whole(each, "values"));
    }
    if (ok && columns == NULL && column.len > 0) {
        ok = date_facts_column(facts->dates, column, DATE_NOTHING, all);
    }
    return ok ? 0 : no_memory(err);
}

void saved_field_ages(struct field_result *field, const struct json_value *record) {
    field->dated_by = dated_by_from_name(json_find_text(record, "dated_by"));
    field->oldest = day_read(json_find_text(record, "oldest"));
    field->newest = day_read(json_find_text(record, "newest"));
    field->limited = json_find(record, "past_limit", JSON_NUMBER) != NULL;
    field->past_limit = json_find_whole(record, "past_limit");
}

static int read_keep(struct saved_results *saved, const struct json_value *record,
                     struct violation_keep *out, struct error *err) {
    struct bytes control = json_find_text(record, "control");
    const uint8_t *slash = control.len == 0 ? NULL : memchr(control.ptr, '/', control.len);
    size_t len = slash == NULL ? 0 : (size_t)(slash - control.ptr);
    char period[PERIOD_TEXT];
    saved_copy(period, sizeof period, json_find_text(record, "at_least"));
    out->at_least = rule_period_parse(period);
    out->pack = saved_text(saved, bytes_first(control, len));
    out->section = saved_text(saved, bytes_from(control, slash == NULL ? 0 : len + 1));
    out->title.en = saved_text(saved, json_find_text(record, "title"));
    out->title.zh = out->title.en;
    return out->pack == NULL || out->section == NULL || out->title.en == NULL ? no_memory(err) : 0;
}

int saved_violation_age(struct saved_results *saved, const struct json_value *record,
                        struct violation *violation, struct error *err) {
    violation->age = violation_age_none;
    violation->age.dated_by = dated_by_from_name(json_find_text(record, "dated_by"));
    violation->age.before = day_read(json_find_text(record, "before"));
    violation->age.assumed = json_find_truth(record, "date_assumed");
    int rc = 0;
    const struct json_value *keeps = json_find_list(record, "keep");
    if (keeps != NULL) {
        violation->keeps = calloc(KEEPS_SHOWN, sizeof *violation->keeps);
        if (violation->keeps == NULL) {
            return no_memory(err);
        }
    }
    for (const struct json_value *each = keeps;
         rc == 0 && each != NULL && violation->keep_count < KEEPS_SHOWN; each = each->next) {
        rc = read_keep(saved, each, &violation->keeps[violation->keep_count++], err);
    }
    return rc;
}

int saved_take_logs(struct saved_results *saved, const struct json_value *record,
                    struct error *err) {
    struct results *results = &saved->results;
    struct log_span span = {.units = (uint32_t)json_find_whole(record, "units"),
                            .undated = (uint32_t)json_find_whole(record, "undated"),
                            .first = day_read(json_find_text(record, "first")),
                            .last = day_read(json_find_text(record, "last")),
                            .year_assumed = json_find_truth(record, "year_assumed")};
    int rc = saved_unit(saved, record, &span.unit, err);
    if (rc < 0) {
        return rc;
    }
    struct bytes source = json_find_text(record, "source");
    const char *copy = saved_text(saved, source);
    if (copy == NULL) {
        return no_memory(err);
    }
    span.source = bytes_of(copy, source.len);
    span.zones = results->units[span.unit].zones;
    if (!saved_room(&results->log_spans, &saved->work->span_room, results->log_span_count,
                    sizeof *results->log_spans)) {
        return no_memory(err);
    }
    results->log_spans[results->log_span_count++] = span;
    return 0;
}
