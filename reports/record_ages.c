#include "reports/record_ages.h"

#include <stdio.h>

static void put_day(struct json_writer *json, const char *key, int32_t day) {
    char text[DAY_TEXT];
    day_text(day, text);
    json_member_known(json, key, text);
}

static void put_columns(struct json_writer *json, const struct date_facts *dates) {
    const struct date_column *main = date_facts_main_column(dates);
    if (main == NULL) {
        return;
    }
    json_member_text(json, "date_column", main->name);
    if (dates->column_count < 2) {
        return;
    }
    json_key(json, "date_columns");
    json_open(json, '[');
    for (uint32_t i = 0; i < dates->column_count; i++) {
        json_open(json, '{');
        json_member_text(json, "column", dates->columns[i].name);
        json_member_number(json, "values", dates->columns[i].values);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_years(struct json_writer *json, const struct date_facts *dates) {
    json_key(json, "years");
    json_open(json, '{');
    for (struct date_year year = {0}; date_facts_next_year(dates, &year);) {
        char key[12];
        snprintf(key, sizeof key, "%u", year.year);
        json_member_number(json, key, year.values);
    }
    json_close(json, '}');
}

void record_ages(struct json_writer *json, const struct field_result *field) {
    const struct date_facts *dates = field->facts->dates;
    if (field->dated_by == DATED_BY_NOTHING) {
        return;
    }
    json_member_known(json, "dated_by", dated_by_name(field->dated_by));
    if (dates != NULL) {
        put_columns(json, dates);
    }
    put_day(json, "oldest", field->oldest);
    put_day(json, "newest", field->newest);
    if (dates != NULL && dates->period_count > 0) {
        put_years(json, dates);
    }
    if (field->limited) { /* which takes a date to tell */
        json_member_number(json, "past_limit", field->past_limit);
    }
}

static void put_keeps(struct json_writer *json, const struct violation *violation, bool chinese) {
    json_key(json, "keep");
    json_open(json, '[');
    for (unsigned i = 0; i < violation->keep_count; i++) {
        const struct violation_keep *keep = &violation->keeps[i];
        char text[PERIOD_TEXT];
        struct text_buffer control;
        text_buffer_init(&control, 0);
        text_buffer_printf(&control, "%s/%s", keep->pack, keep->section);
        rule_period_print(&keep->at_least, text);
        json_open(json, '{');
        json_member_text(json, "control", text_buffer_view(&control));
        json_member_known(json, "at_least", text);
        json_member_known(json, "title", chinese ? keep->title.zh : keep->title.en);
        json_close(json, '}');
        text_buffer_release(&control);
    }
    json_close(json, ']');
}

void record_violation_age(struct json_writer *json, const struct violation *violation,
                          enum report_language language) {
    if (violation->age.dated_by == DATED_BY_NOTHING) {
        return;
    }
    json_member_known(json, "dated_by", dated_by_name(violation->age.dated_by));
    put_day(json, "before", violation->age.before);
    if (violation->age.assumed) {
        json_key(json, "date_assumed");
        json_bool(json, true);
    }
    if (violation->keep_count > 0) {
        put_keeps(json, violation, language == LANGUAGE_ZH);
    }
}

void record_log_span(struct json_writer *json, const struct log_span *span) {
    json_member_number(json, "units", span->units);
    if (span->undated > 0) {
        json_member_number(json, "undated", span->undated);
    }
    put_day(json, "first", span->first);
    put_day(json, "last", span->last);
    if (span->first != DAY_NONE) {
        json_member_number(json, "days", (uint64_t)(span->last - span->first) + 1);
    }
    if (span->year_assumed) {
        json_key(json, "year_assumed");
        json_bool(json, true);
    }
}
