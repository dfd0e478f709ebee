#include <stdlib.h>

#include "core/hash64.h"
#include "core/utf8.h"
#include "result/saved/work.h"
#include "result/text_copy.h"

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for saved results");
}

const char *saved_text(struct saved_results *saved, struct bytes text) {
    char *copy = arena_alloc(&saved->names, text.len + 1);
    if (copy != NULL && text.len > 0) {
        memcpy(copy, text.ptr, text.len);
    }
    return copy;
}

/* ---- units ---- */

static zone_set read_zones(const struct json_value *record) {
    zone_set zones = 0;
    for (const struct json_value *zone = json_find_list(record, "zones"); zone != NULL;
         zone = zone->next) {
        int number = zone->type == JSON_TEXT ? zone_from_name(zone->text) : -1;
        zones |= number < 0 ? 0 : ZONE_BIT(number);
    }
    return zones;
}

static bool read_file(struct saved_results *saved, struct file_facts *file,
                      const struct json_value *record) {
    const struct json_value *from = json_find(record, "file", JSON_OBJECT);
    char mode[8];
    if (from == NULL || file->known) {
        return true;
    }
    file->known = true;
    file->size = json_find_whole(from, "size");
    file->modified = saved_time(json_find_text(from, "modified"));
    saved_copy(mode, sizeof mode, json_find_text(from, "mode"));
    file->mode = (uint32_t)strtoul(mode, NULL, 8) & 07777;
    file->owner = saved_text(saved, json_find_text(from, "owner"));
    saved_copy(file->sha256, sizeof file->sha256, json_find_text(from, "sha256"));
    return file->owner != NULL;
}

/* What some records of a unit say and others do not. */
static bool describe(struct saved_results *saved, struct unit_result *unit,
                     const struct json_value *record) {
    struct unit_facts *facts = unit->facts;
    const struct bytes reason = json_find_text(record, "zone_reason");
    if (unit->zones == 0) {
        unit->zones = read_zones(record);
    }
    if (unit->zone_reason == NULL && reason.len > 0) {
        unit->zone_reason = saved_text(saved, reason);
        if (unit->zone_reason == NULL) {
            return false;
        }
    }
    if (facts->format[0] == '\0') {
        saved_copy(facts->format_name, sizeof facts->format_name, json_find_text(record, "format"));
        saved_copy(facts->encoding_name, sizeof facts->encoding_name,
                   json_find_text(record, "encoding"));
        saved_copy(facts->encoding_basis_name, sizeof facts->encoding_basis_name,
                   json_find_text(record, "encoding_basis"));
    }
    if (facts->rows == 0) {
        facts->rows = json_find_whole(record, "unit_rows");
        facts->trailer_rows = json_find_whole(record, "trailer_rows");
        facts->frame_rows = (unsigned)json_find_whole(record, "frame_rows");
    }
    if (!read_file(saved, &facts->file, record)) {
        return false;
    }
    return unit->source.len > 0 || text_copy(json_find_text(record, "source"), &unit->source);
}

static int make_unit(struct saved_results *saved, struct bytes name, uint64_t hash,
                     struct error *err) {
    struct results *results = &saved->results;
    if (results->unit_count >= NO_NUMBER - 1 ||
        !saved_room(&results->units, &saved->work->unit_room, results->unit_count,
                    sizeof *results->units)) {
        return no_memory(err);
    }
    struct unit_facts *facts = unit_facts_new(name, (struct bytes){0});
    if (facts == NULL) {
        return no_memory(err);
    }
    facts->format = facts->format_name;
    facts->encoding = facts->encoding_name;
    facts->encoding_basis = facts->encoding_basis_name;
    results->units[results->unit_count] = (struct unit_result){.facts = facts, .name = facts->name};
    results->unit_count++;
    return lookup_add(&saved->work->units, hash, (uint32_t)(results->unit_count - 1))
               ? 0
               : no_memory(err);
}

int saved_unit(struct saved_results *saved, const struct json_value *record, uint32_t *out,
               struct error *err) {
    const struct json_value *name = json_find(record, "unit", JSON_TEXT);
    if (name == NULL) {
        return error_set(err, YINMA_E_DAMAGED, "a record without the name of its unit");
    }
    uint64_t hash = hash64(name->text, 1), at = hash;
    uint32_t number;
    do {
        number = lookup_next(&saved->work->units, hash, &at);
    } while (number != NO_NUMBER && !bytes_equal(saved->results.units[number].name, name->text));
    if (number == NO_NUMBER) {
        int rc = make_unit(saved, name->text, hash, err);
        if (rc < 0) {
            return rc;
        }
        number = (uint32_t)(saved->results.unit_count - 1);
    }
    *out = number;
    return describe(saved, &saved->results.units[number], record) ? 0 : no_memory(err);
}

/* ---- places ---- */

struct field_facts *saved_place_facts(const struct saved_results *saved, uint32_t place) {
    const struct saved_place *at = &saved->work->places[place];
    return &saved->results.units[at->unit].facts->fields[at->number];
}

/* NAMES: table, column and storage; the texts are copied. */
static int make_place(struct saved_results *saved, uint32_t unit, const struct field_facts *names,
                      struct error *err) {
    struct saved_work *work = saved->work;
    struct unit_facts *facts = saved->results.units[unit].facts;
    uint32_t count = facts->field_count;
    if ((count & (count - 1)) == 0) { /* full: room is always a power of two */
        size_t room = count == 0 ? 1 : (size_t)count * 2;
        struct field_facts *fields = reallocarray(facts->fields, room, sizeof *fields);
        if (fields == NULL) {
            return no_memory(err);
        }
        facts->fields = fields;
    }
    if (work->place_count >= NO_NUMBER - 1 ||
        !saved_room(&work->places, &work->place_room, work->place_count, sizeof *work->places) ||
        !field_facts_init(&facts->fields[count], names->table, names->column, (struct bytes){0})) {
        return no_memory(err);
    }
    facts->fields[count].storage = names->storage;
    facts->fields[count].number = count + 1;
    facts->field_count++;
    work->places[work->place_count++] = (struct saved_place){unit, count};
    return 0;
}

int saved_place(struct saved_results *saved, uint32_t unit, const struct json_value *record,
                uint32_t *out, struct error *err) {
    const struct field_facts names = {.table = json_find_text(record, "table"),
                                      .column = json_find_text(record, "column"),
                                      .storage =
                                          storage_from_name(json_find_text(record, "storage"))};
    struct saved_work *work = saved->work;
    uint64_t hash = hash64(names.column, hash64(names.table, unit)), at = hash;
    uint32_t place;
    while ((place = lookup_next(&work->by_place, hash, &at)) != NO_NUMBER) {
        const struct field_facts *facts = saved_place_facts(saved, place);
        if (work->places[place].unit == unit && facts->storage == names.storage &&
            bytes_equal(facts->table, names.table) && bytes_equal(facts->column, names.column)) {
            *out = place;
            return 0;
        }
    }
    int rc = make_place(saved, unit, &names, err);
    if (rc == 0) {
        *out = (uint32_t)(work->place_count - 1);
        rc = lookup_add(&work->by_place, hash, *out) ? 0 : no_memory(err);
    }
    return rc;
}

/* ---- fields, kinds ---- */

static uint64_t field_hash(uint32_t place, uint8_t kind) {
    const uint64_t both = (uint64_t)place << 8 | kind;
    return hash64(bytes_of(&both, sizeof both), 0);
}

uint32_t saved_find_field(const struct saved_work *work, uint32_t place, uint8_t kind) {
    uint64_t hash = field_hash(place, kind), at = hash;
    uint32_t number;
    do {
        number = lookup_next(&work->by_field, hash, &at);
    } while (number != NO_NUMBER &&
             (work->fields[number].place != place || work->fields[number].kind != kind));
    return number;
}

bool saved_note_field(struct saved_work *work, uint32_t number) {
    const struct saved_field *field = &work->fields[number];
    return lookup_add(&work->by_field, field_hash(field->place, field->kind), number);
}

int saved_kind(struct saved_results *saved, struct bytes name, uint8_t *out, struct error *err) {
    struct saved_work *work = saved->work;
    unsigned kind = 0;
    while (kind < work->kind_count && !bytes_equal(bytes_of_string(work->kinds[kind]), name)) {
        kind++;
    }
    if (name.len == 0 || kind == SAVED_KINDS_MAX) {
        return error_set(err, YINMA_E_DAMAGED, "%s",
                         name.len == 0 ? SAID("a field without a kind")
                                       : SAID("more kinds than there can be"));
    }
    if (kind == work->kind_count) {
        work->kinds[kind] = saved_text(saved, name);
        if (work->kinds[kind] == NULL) {
            return no_memory(err);
        }
        work->kind_count++;
    }
    *out = (uint8_t)kind;
    return 0;
}

/* ---- rules ---- */

static enum rule_level read_level(struct bytes name) {
    enum rule_level level = LEVEL_REQUIREMENT;
    while (level < LEVEL_BUILTIN && !bytes_equal(bytes_of_string(rule_level_name(level)), name)) {
        level++;
    }
    return level;
}

static enum rule_scope read_scope(struct bytes name) {
    enum rule_scope scope = SCOPE_VALUE;
    while (scope < SCOPE_RUN && !bytes_equal(bytes_of_string(rule_scope_name(scope)), name)) {
        scope++;
    }
    return scope;
}

static const char *optional_text(struct saved_results *saved, struct bytes text, bool *failed) {
    const char *copy = text.len == 0 ? NULL : saved_text(saved, text);
    *failed = *failed || (text.len > 0 && copy == NULL);
    return copy;
}

/* A rule that no pack here has: as its record tells it, whatever language that is. */
static struct rule *rule_of_record(struct saved_results *saved, const struct json_value *record) {
    const struct json_value *control = json_find(record, "control", JSON_OBJECT);
    struct rule *rule = arena_alloc(&saved->names, sizeof *rule);
    bool failed = false;
    if (rule == NULL) {
        return NULL;
    }
    rule->id = saved_text(saved, json_find_text(record, "rule"));
    rule->document = saved_text(saved, json_find_text(control, "document"));
    rule->section = saved_text(saved, json_find_text(control, "section"));
    rule->printed = optional_text(saved, json_find_text(control, "printed"), &failed);
    rule->parent = optional_text(saved, json_find_text(record, "parent"), &failed);
    rule->level = read_level(json_find_text(control, "level"));
    rule->scope = read_scope(json_find_text(record, "scope"));
    rule->message.en = optional_text(saved, json_find_text(record, "message"), &failed);
    rule->remedy.en = optional_text(saved, json_find_text(record, "remedy"), &failed);
    rule->message.zh = rule->message.en;
    rule->remedy.zh = rule->remedy.en;
    return failed || rule->id == NULL || rule->document == NULL || rule->section == NULL ? NULL
                                                                                         : rule;
}

int saved_rule(struct saved_results *saved, const struct json_value *record,
               const struct rule **out, struct error *err) {
    struct saved_work *work = saved->work;
    struct bytes id = json_find_text(record, "rule");
    if (id.len == 0 || memchr(id.ptr, '\0', id.len) != NULL) {
        return error_set(err, YINMA_E_DAMAGED, "a violation without its rule");
    }
    for (size_t i = 0; i < work->rule_count; i++) {
        if (bytes_equal(bytes_of_string(work->rules[i]->id), id)) {
            *out = work->rules[i];
            return 0;
        }
    }
    const char *name = saved_text(saved, id);
    if (name == NULL ||
        !saved_room(&work->rules, &work->rule_room, work->rule_count, sizeof(struct rule *))) {
        return no_memory(err);
    }
    const struct rule *rule = work->catalog == NULL ? NULL : catalog_find_rule(work->catalog, name);
    if (rule == NULL || strcmp(rule->id, name) != 0) {
        rule = rule_of_record(saved, record);
    }
    if (rule == NULL) {
        return no_memory(err);
    }
    work->rules[work->rule_count++] = rule;
    *out = rule;
    return 0;
}
