#include "judge/retention.h"

#include <stdio.h>
#include <stdlib.h>

#include "catalog/suggest.h"

enum { COMPLAINT_TEXT = 400, NAMES_MAX = 64 };

/* ---- limits ---- */

int32_t retention_day(const struct rule_period *limit, int32_t day) {
    int number = (int)limit->number;
    switch (limit->unit) {
    case PERIOD_HOURS:
        return day - (number + 23) / 24;
    case PERIOD_DAYS:
        return day - number;
    case PERIOD_MONTHS:
        return day_add_months(day, -number);
    case PERIOD_YEARS:
        return day_add_months(day, -12 * number);
    case PERIOD_SAME_DAY:
        return day;
    case PERIOD_NONE:
    case PERIOD_UNITS:
        break;
    }
    return DAY_NONE;
}

struct day_list {
    int32_t *days;
    size_t count, room;
};

static void add_day(struct day_list *list, int32_t day) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->days[i] == day) {
            return;
        }
    }
    if (day != DAY_NONE && list->count < list->room) {
        list->days[list->count++] = day;
    }
}

size_t retention_days(const struct catalog *catalog, const struct config *config, int32_t day,
                      int32_t *days, size_t room) { // NOLINT(readability-non-const-parameter)
    struct day_list list = {.days = days, .room = room};
    for (size_t i = 0; i < catalog_pack_count(catalog); i++) {
        const struct pack *pack = catalog_pack(catalog, i);
        for (unsigned j = 0; j < pack->rule_count; j++) {
            const struct rule *rule = &pack->rules[j];
            for (unsigned k = 0; k < rule->clause_count; k++) {
                if (rule->clauses[k].ages) {
                    add_day(&list, retention_day(&rule->clauses[k].older_than.limit, day));
                }
            }
        }
    }
    for (size_t i = 0; config != NULL && i < config->retention_count; i++) {
        add_day(&list, retention_day(&config->retention[i].at_most, day));
    }
    return list.count;
}

/* ---- `retention:` ---- */

/* Settings that rules ask for, NULL-terminated. */
static void names_of_settings(const struct catalog *catalog, const char *out[NAMES_MAX + 1]) {
    size_t count = 0;
    for (size_t i = 0; i < catalog_pack_count(catalog); i++) {
        const struct pack *pack = catalog_pack(catalog, i);
        for (unsigned j = 0; j < pack->rule_count; j++) {
            for (unsigned k = 0; k < pack->rules[j].clause_count; k++) {
                const struct rule_clause *clause = &pack->rules[j].clauses[k];
                const char *name = clause->ages ? clause->older_than.setting : NULL;
                size_t known = 0;
                while (name != NULL && known < count && strcmp(out[known], name) != 0) {
                    known++;
                }
                if (name != NULL && known == count && count < NAMES_MAX) {
                    out[count++] = name;
                }
            }
        }
    }
    out[count] = NULL;
}

static void names_of_packs(const struct catalog *catalog, const char *out[NAMES_MAX + 1]) {
    size_t count = 0;
    for (size_t i = 0; i < catalog_pack_count(catalog) && count < NAMES_MAX; i++) {
        out[count++] = catalog_pack(catalog, i)->name;
    }
    out[count] = NULL;
}

static bool is_among(const char *name, const char *const *names) {
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

int retention_check(const struct catalog *catalog, const struct config *config, struct error *err) {
    const char *settings[NAMES_MAX + 1], *packs[NAMES_MAX + 1];
    char text[COMPLAINT_TEXT];
    if (config == NULL || config->retention_count == 0) {
        return 0;
    }
    names_of_settings(catalog, settings);
    names_of_packs(catalog, packs);
    for (size_t i = 0; i < config->retention_count; i++) {
        const struct retention_setting *entry = &config->retention[i];
        text[0] = '\0';
        if (entry->setting != NULL && !is_among(entry->setting, settings)) {
            name_complaint("setting", bytes_of_string(entry->setting), settings, text, sizeof text);
        } else if (entry->pack != NULL && !is_among(entry->pack, packs)) {
            name_complaint("pack", bytes_of_string(entry->pack), packs, text, sizeof text);
        }
        if (text[0] != '\0') {
            return error_set(err, YINMA_E_USAGE, "%s:%u: retention[%zu]: %s", config->file,
                             entry->line, i, text);
        }
    }
    return 0;
}

static bool is_of_pack(const struct rule *rule, const char *pack) {
    size_t len = strlen(pack);
    return strncmp(rule->id, pack, len) == 0 && rule->id[len] == '/';
}

/* The first entry that fits; NULL: none. */
static const struct rule_period *limit_of_setting(const struct age_question *q) {
    const struct config *config = q->settings->config;
    for (size_t i = 0; config != NULL && i < config->retention_count; i++) {
        const struct retention_setting *entry = &config->retention[i];
        if ((entry->setting == NULL || strcmp(entry->setting, q->age->setting) == 0) &&
            (entry->pack == NULL || is_of_pack(q->rule, entry->pack)) &&
            (entry->zones == 0 || (entry->zones & q->unit->zones) != 0) &&
            (entry->kinds == 0 ||
             (q->field != NULL && (entry->kinds >> q->field->kind_number & 1) != 0))) {
            return &entry->at_most;
        }
    }
    return NULL;
}

/* ---- ages ---- */

enum dated_by retention_unit_day(const struct judge_settings *settings,
                                 const struct unit_facts *unit, enum age_since since,
                                 int32_t *day_out) {
    const struct unit_age *age = &unit->age;
    const int32_t zone = settings->zone_seconds;
    if (since == SINCE_RECORD && age->log_last != DAY_NONE) {
        *day_out = age->log_last; /* nothing in it is younger */
        return DATED_BY_LOG;
    }
    if (since == SINCE_RECORD && age->dumped != DAY_NONE) {
        *day_out = age->dumped;
        return DATED_BY_DUMP;
    }
    if (age->member != DAY_NONE) {
        *day_out = age->member;
        return DATED_BY_MEMBER;
    }
    *day_out = unit->file.known ? day_of_seconds(unit->file.modified, zone) : DAY_NONE;
    return *day_out == DAY_NONE ? DATED_BY_NOTHING : DATED_BY_FILE;
}

/* Values in the states asked about; of a role: all of them, as one. */
static uint64_t count_values(const struct age_question *q) {
    uint64_t count = q->field == NULL;
    for (unsigned state = 0; q->field != NULL && state < STATE_COUNT; state++) {
        count += (q->states >> state & 1) != 0 ? q->field->count[state] : 0;
    }
    return count;
}

/* COUNT values that are as old as the unit is. */
static bool ask_unit(const struct age_question *q, uint64_t count, struct age_answer *out) {
    int32_t day;
    enum dated_by by = retention_unit_day(q->settings, q->unit->facts, q->age->since, &day);
    const struct file_facts *file = &q->unit->facts->file;
    if (q->age->since == SINCE_LAST_USE) {
        out->assumed = true;
        int32_t used = file->known && file->access_kept
                           ? day_of_seconds(file->accessed, q->settings->zone_seconds)
                           : DAY_NONE;
        day = used > day ? used : day;
    }
    if (by == DATED_BY_NOTHING) {
        out->why = UNDECIDED_DATE;
        return false;
    }
    if (day < out->before) {
        out->past += count;
        out->dated_by = out->dated_by == DATED_BY_NOTHING ? by : out->dated_by;
    }
    return true;
}

/* Rows whose purpose has not ended are not too old, whatever else they are. */
static bool ask_purpose_end(const struct age_question *q, const struct date_facts *dates,
                            struct age_answer *out) {
    if (!q->place->end_column) {
        return ask_unit(q, count_values(q), out);
    }
    out->dated_by = DATED_BY_ROW;
    out->past = dates == NULL ? 0 : date_facts_before(dates, q->states, out->before, true);
    return true;
}

static bool ask_record(const struct age_question *q, const struct date_facts *dates,
                       struct age_answer *out) {
    uint64_t dated = dates == NULL ? 0 : date_facts_dated(dates, q->states, false);
    uint64_t all = count_values(q);
    if (dated > 0) {
        out->dated_by = DATED_BY_ROW;
        out->past = date_facts_before(dates, q->states, out->before, false);
    }
    if (dated >= all) {
        return true;
    }
    return ask_unit(q, all - dated, out) || dated > 0;
}

bool clause_older_than(const struct age_question *question, struct age_answer *out) {
    const struct rule_age *age = question->age;
    const struct rule_period *limit =
        age->setting == NULL ? &age->limit : limit_of_setting(question);
    const struct date_facts *dates = question->field == NULL ? NULL : question->field->facts->dates;
    *out = (struct age_answer){.why = DECIDED, .before = DAY_NONE};
    if (limit == NULL) {
        out->why = UNDECIDED_SETTING;
        return false;
    }
    if (question->settings->day != DAY_NONE) {
        out->before = retention_day(limit, question->settings->day);
    }
    if (out->before == DAY_NONE) {
        out->why = UNDECIDED_DATE;
        return false;
    }
    switch (age->since) {
    case SINCE_PURPOSE_END:
        return ask_purpose_end(question, dates, out);
    case SINCE_RECORD:
        return ask_record(question, dates, out);
    case SINCE_FILE:
    case SINCE_LAST_USE:
        break;
    }
    return ask_unit(question, count_values(question), out);
}

/* ---- minimum ages ---- */

bool retention_keeps(const struct results *results, zone_set zones, unsigned kind,
                     struct violation *violation) {
    for (size_t i = 0; i < catalog_pack_count(results->catalog); i++) {
        const struct pack *pack = catalog_pack(results->catalog, i);
        for (unsigned j = 0; j < pack->keep_count; j++) {
            const struct keep_rule *keep = &pack->keeps[j];
            bool ours =
                keep->class == 0 || results->run.class == 0 || keep->class == results->run.class;
            if (!ours || (keep->zones & zones) == 0 ||
                (keep->kinds != 0 && (keep->kinds >> kind & 1) == 0) ||
                violation->keep_count == KEEPS_SHOWN) {
                continue;
            }
            if (violation->keeps == NULL &&
                (violation->keeps = calloc(KEEPS_SHOWN, sizeof *violation->keeps)) == NULL) {
                return false;
            }
            violation->keeps[violation->keep_count++] =
                (struct violation_keep){pack->name, keep->section, keep->at_least, keep->title};
        }
    }
    return true;
}
