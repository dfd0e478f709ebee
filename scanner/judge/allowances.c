/* Findings that `allow:` of the configuration holds: known, and still told. */
#include <stdio.h>

#include "judge/rule_run.h"

/* Does the entry's "field" fit the place: its column, or table and column? */
static bool names_place(const char *wanted, const struct field_facts *place) {
    char name[GLOB_BYTES_MAX];
    if (wanted == NULL) {
        return true;
    }
    if (place == NULL) {
        return false;
    }
    if (bytes_equal(place->column, bytes_of_string(wanted))) {
        return true;
    }
    int len =
        snprintf(name, sizeof name, "%.*s.%.*s", (int)place->table.len,
                 place->table.len > 0 ? (const char *)place->table.ptr : "", (int)place->column.len,
                 place->column.len > 0 ? (const char *)place->column.ptr : "");
    return len > 0 && (size_t)len < sizeof name &&
           (glob_matches(wanted, bytes_of(name, (size_t)len)) ||
            glob_matches(wanted, place->column));
}

static bool fits(const struct allow_setting *allow, const struct unit_result *unit,
                 const struct violation *violation) {
    const char *about = violation->kind != NULL ? violation->kind : violation->role;
    return glob_matches_unit(allow->glob, unit->facts->path) &&
           names_place(allow->field, violation->place) &&
           (allow->kind == NULL || (about != NULL && strcmp(allow->kind, about) == 0));
}

void allow_violation(const struct judging *judging, const struct unit_result *unit,
                     struct violation *violation) {
    const struct config *config = judging->settings->config;
    struct results *results = judging->results;
    if (config == NULL || unit == NULL || violation->missed != 0) {
        return;
    }
    for (size_t i = 0; i < config->allow_count; i++) {
        const struct allow_setting *allow = &config->allows[i];
        if (declaration_expired(allow->expires, results->run.as_of) ||
            !fits(allow, unit, violation)) {
            continue;
        }
        size_t number = config->waive_count + config->synthetic_count + i;
        violation->allowed = violation->known = violation->accepted = true;
        violation->counts_for_exit = false;
        snprintf(violation->accepted_until, sizeof violation->accepted_until, "%s",
                 allow->expires == NULL ? "" : allow->expires);
        if (number < results->declaration_count) {
            results->declarations[number].count++;
        }
        return;
    }
}
