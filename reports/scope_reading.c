#include "reports/scope_reading.h"

#include "catalog/config.h"
#include "catalog/forms.h"

void scope_reading_init(struct scope_reading *reading) {
    *reading = (struct scope_reading){.declared = false};
    text_buffer_init(&reading->read, 0);
    text_buffer_init(&reading->unread, 0);
}

void scope_reading_release(struct scope_reading *reading) {
    text_buffer_release(&reading->read);
    text_buffer_release(&reading->unread);
}

static bool speaks_of(const struct scope_setting *scope, const char *pack, struct bytes section,
                      struct bytes id) {
    const char *slash = strchr(scope->control, '/');
    size_t len = slash == NULL ? strlen(scope->control) : (size_t)(slash - scope->control);
    if (!bytes_equal(bytes_of(scope->control, len), bytes_of_string(pack))) {
        return false;
    }
    struct bytes top = bytes_of_string(slash == NULL ? "" : slash + 1);
    return form_below(section, top) || (id.len > 0 && form_below(id, top));
}

/* What is not plainly read makes a scope incomplete; an encrypted unit that was expected to be so
 * holds nothing readable, which is what is asked. */
static bool was_read(const struct unit_result *unit) {
    enum coverage_status status = unit->facts->status;
    return status == COVERAGE_SCANNED || status == COVERAGE_OPAQUE || status == COVERAGE_EXPECTED;
}

static bool is_system(const struct results *results, const struct unit_result *unit,
                      const char *system) {
    struct bytes name = bytes_of_string(system);
    return bytes_equal(unit->source, name) || bytes_equal(unit->name, name) ||
           (bytes_starts_with(unit->name, name) && unit->name.len > name.len &&
            unit->name.ptr[name.len] == '/') ||
           bytes_equal(bytes_of_string(results->run.host), name);
}

static bool fits_file(const struct unit_result *unit, const char *glob) {
    return glob_matches_unit(glob, unit->facts->path.len > 0 ? unit->facts->path : unit->name);
}

/* Does the unit stand in the scope? The zone of what was not read is not known for certain, so it
 * counts whatever its zone. */
static bool in_scope(const struct results *results, const struct scope_setting *scope,
                     const struct unit_result *unit) {
    bool system = scope->systems == NULL, file = scope->files == NULL;
    for (size_t i = 0; !system && scope->systems[i] != NULL; i++) {
        system = is_system(results, unit, scope->systems[i]);
    }
    for (size_t i = 0; !file && scope->files[i] != NULL; i++) {
        file = fits_file(unit, scope->files[i]);
    }
    return system && file &&
           (scope->zones == 0 || (unit->zones & scope->zones) != 0 || !was_read(unit));
}

static void add_name(struct text_buffer *out, const char *name) {
    text_buffer_puts(out, out->len == 0 ? "" : "、");
    text_buffer_puts(out, name);
}

/* One part of a scope was met or not. */
static void tell(struct scope_reading *reading, bool met, const char *name) {
    add_name(met ? &reading->read : &reading->unread, name);
    reading->complete = reading->complete && met;
}

static void tell_parts(struct scope_reading *reading, const struct results *results,
                       const struct scope_setting *scope) {
    for (size_t i = 0; scope->systems != NULL && scope->systems[i] != NULL; i++) {
        bool met = false;
        for (size_t u = 0; !met && u < results->unit_count; u++) {
            met = in_scope(results, scope, &results->units[u]) &&
                  is_system(results, &results->units[u], scope->systems[i]);
        }
        tell(reading, met, scope->systems[i]);
    }
    for (size_t i = 0; scope->files != NULL && scope->files[i] != NULL; i++) {
        bool met = false;
        for (size_t u = 0; !met && u < results->unit_count; u++) {
            met = in_scope(results, scope, &results->units[u]) &&
                  fits_file(&results->units[u], scope->files[i]);
        }
        tell(reading, met, scope->files[i]);
    }
    for (unsigned zone = 0; zone < ZONE_COUNT; zone++) {
        bool met = false;
        if ((scope->zones & ZONE_BIT(zone)) == 0) {
            continue;
        }
        for (size_t u = 0; !met && u < results->unit_count; u++) {
            met = in_scope(results, scope, &results->units[u]) &&
                  (results->units[u].zones & ZONE_BIT(zone)) != 0;
        }
        tell(reading, met, zone_name((enum zone)zone));
    }
}

static zone_set zones_of(const struct rule *rule) {
    zone_set zones = 0;
    for (unsigned i = 0; rule != NULL && i < rule->clause_count; i++) {
        zones |= rule->clauses[i].zones;
    }
    return zones;
}

/* A dump's content is the database's content: rules for `db` hold there too. */
static bool stands_in(const struct unit_result *unit, zone_set zones) {
    bool dump = (unit->facts->traits & UNIT_DUMP) != 0;
    return ((unit->zones | (dump ? ZONE_BIT(ZONE_DB) : 0)) & zones) != 0;
}

static void tell_units(struct scope_reading *reading, const struct results *results,
                       const struct scope_setting *scope, zone_set zones) {
    uint64_t read = 0, gaps = 0;
    for (size_t i = 0; i < results->unit_count; i++) {
        const struct unit_result *unit = &results->units[i];
        if (scope == NULL || in_scope(results, scope, unit)) {
            read += was_read(unit);
            reading->met = reading->met || (was_read(unit) && stands_in(unit, zones));
            gaps += !was_read(unit);
        }
    }
    text_buffer_printf(&reading->read, "%s%llu 個單元", reading->read.len > 0 ? "：" : "",
                       (unsigned long long)read);
    if (gaps > 0) {
        text_buffer_printf(&reading->unread, "%s%llu 個單元未能完整讀取",
                           reading->unread.len > 0 ? "；" : "", (unsigned long long)gaps);
    }
    reading->complete = reading->complete && gaps == 0;
}

void scope_reading_make(struct scope_reading *reading, const struct results *results,
                        const struct report_options *options, const char *pack,
                        struct bytes section, const struct rule *rule) {
    const struct bytes id = bytes_of_string(rule == NULL ? "" : rule->section);
    const zone_set zones = zones_of(rule);
    text_buffer_clear(&reading->read);
    text_buffer_clear(&reading->unread);
    reading->declared = false;
    reading->met = false;
    reading->complete = !results->summary.partial;
    for (size_t i = 0; options->config != NULL && i < options->config->scope_count; i++) {
        const struct scope_setting *scope = &options->config->scopes[i];
        if (!speaks_of(scope, pack, section, id)) {
            continue;
        }
        reading->declared = true;
        tell_parts(reading, results, scope);
        tell_units(reading, results, scope, zones);
    }
    if (!reading->declared) {
        reading->complete = false;
        tell_units(reading, results, NULL, zones);
        text_buffer_puts(&reading->unread, reading->unread.len > 0 ? "；" : "");
        text_buffer_puts(&reading->unread, "未宣告範圍（scope）");
    }
    if (results->summary.partial) {
        text_buffer_puts(&reading->unread, reading->unread.len > 0 ? "；" : "");
        text_buffer_puts(&reading->unread, "掃描中斷");
    }
}
