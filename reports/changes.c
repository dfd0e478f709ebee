#include "reports/changes.h"

#include "reports/records.h"
#include "reports/terminal.h"
#include "reports/translate.h"

/* ---- words ---- */

const char *change_message(unsigned change) {
    static const char *const words[] = {
        [CHANGE_NEW] = N_("new"),           [CHANGE_MORE] = N_("more"),
        [CHANGE_FEWER] = N_("fewer"),       [CHANGE_GONE] = N_("gone"),
        [CHANGE_NOT_SEEN] = N_("not seen"), [CHANGE_SAME] = N_("same")};
    return words[change];
}

const char *cause_message(unsigned cause) {
    static const char *const words[] = {
        [CAUSE_DATA] = N_("data"),         [CAUSE_UNIT] = N_("file"),
        [CAUSE_SCOPE] = N_("scope"),       [CAUSE_NOT_READ] = N_("not read"),
        [CAUSE_DATE] = N_("date"),         [CAUSE_VERSION] = N_("version"),
        [CAUSE_KINDS] = N_("kinds"),       [CAUSE_RULES] = N_("rules"),
        [CAUSE_SETTINGS] = N_("settings"),
    };
    return words[cause];
}

void cause_words(struct text_buffer *out, unsigned causes) {
    const char *before = "";
    for (unsigned cause = 0; cause < CAUSE_COUNT; cause++) {
        if ((causes & CAUSE_BIT(cause)) != 0) {
            text_buffer_printf(out, "%s%s", before, _(cause_message(cause)));
            before = _(" or ");
        }
    }
}

static const char *version_of(const struct run_info *run) {
    return run->version == NULL ? YINMA_VERSION : run->version;
}

/* Is the pack in force in both runs, with different texts? */
static bool pack_differs(const struct comparison *comparison, const struct pack_stamp *before) {
    const struct pack_stamp *now = comparison->now->run.packs;
    for (; now != NULL && now->name != NULL; now++) {
        if (strcmp(now->name, before->name) == 0 && now->sha256 != NULL && before->sha256 != NULL) {
            return strcmp(now->sha256, before->sha256) != 0;
        }
    }
    return false;
}

static bool packs_differ(const struct comparison *comparison) {
    const struct pack_stamp *pack = comparison->before->run.packs;
    while (pack != NULL && pack->name != NULL && !pack_differs(comparison, pack)) {
        pack++;
    }
    return pack != NULL && pack->name != NULL;
}

void version_difference(struct text_buffer *out, const struct comparison *comparison) {
    if ((comparison->differs & CAUSE_BIT(CAUSE_VERSION)) != 0) {
        text_buffer_puts(out, "yinma ");
        terminal_safe(out, bytes_of_string(version_of(&comparison->before->run)));
        text_buffer_puts(out, " → ");
        terminal_safe(out, bytes_of_string(version_of(&comparison->now->run)));
    }
}

void pack_differences(struct text_buffer *out, const struct comparison *comparison) {
    const char *before = "";
    if (!packs_differ(comparison)) {
        return;
    }
    for (const struct pack_stamp *pack = comparison->before->run.packs;
         pack != NULL && pack->name != NULL; pack++) {
        if (pack_differs(comparison, pack)) {
            text_buffer_puts(out, before);
            terminal_safe(out, bytes_of_string(pack->name));
            before = ", ";
        }
    }
    text_buffer_printf(out, ": %s", _(cause_text(CAUSE_RULES)));
}

void differences_words(struct text_buffer *out, const struct comparison *comparison) {
    size_t begin = out->len;
    version_difference(out, comparison);
    if (out->len > begin && packs_differ(comparison)) {
        text_buffer_puts(out, _("; "));
    }
    pack_differences(out, comparison);
    for (unsigned cause = CAUSE_DATE; cause < CAUSE_COUNT; cause++) {
        if ((comparison->differs & CAUSE_BIT(cause)) != 0 && cause != CAUSE_VERSION) {
            text_buffer_printf(out, "%s%s", out->len > begin ? _("; ") : "",
                               _(cause_text((enum cause)cause)));
        }
    }
}

/* ---- records ---- */

static void begin(struct json_writer *json, const char *type) {
    json_open(json, '{');
    json_member_string(json, "type", type);
}

static void end(struct json_writer *json, const char *record_end) {
    json_close(json, '}');
    if (record_end != NULL) {
        report_puts(json->sink, record_end);
        json->comma = false;
    }
}

static void put_causes(struct json_writer *json, const char *key, unsigned causes) {
    json_key(json, key);
    json_open(json, '[');
    for (unsigned cause = 0; cause < CAUSE_COUNT; cause++) {
        if ((causes & CAUSE_BIT(cause)) != 0) {
            json_string(json, cause_name((enum cause)cause));
        }
    }
    json_close(json, ']');
}

static void put_counts(struct json_writer *json, const char *key,
                       const uint64_t counts[CHANGE_COUNT]) {
    json_key(json, key);
    json_open(json, '{');
    for (unsigned change = 0; change < CHANGE_COUNT; change++) {
        json_member_number(json, change_name((enum change)change), counts[change]);
    }
    json_close(json, '}');
}

void changes_summary_record(struct json_writer *json, const struct report_options *options,
                            const char *record_end) {
    const struct comparison *comparison = options->comparison;
    const struct run_info *before = &comparison->before->run;
    char started[RECORDS_TIME_TEXT];
    records_time(before->started, started);
    begin(json, "comparison");
    json_member_known(json, "with", options->compared_with);
    json_member_string(json, "yinma", version_of(before));
    json_member_known(json, "started", started);
    json_member_known(json, "as_of", before->as_of);
    put_causes(json, "differs", comparison->differs);
    json_key(json, "packs");
    json_open(json, '[');
    for (const struct pack_stamp *pack = before->packs; pack != NULL && pack->name != NULL;
         pack++) {
        if (pack_differs(comparison, pack)) {
            json_string(json, pack->name);
        }
    }
    json_close(json, ']');
    put_counts(json, "violations", comparison->violations);
    put_counts(json, "fields", comparison->fields);
    json_member_number(json, "by_data", comparison->by_data);
    end(json, record_end);
}

static void put_side(struct json_writer *json, const char *key, const struct change_side *side) {
    if (side->field == NULL && side->violation == NULL) {
        return;
    }
    json_key(json, key);
    json_open(json, '{');
    if (side->unit != NULL) {
        json_member_text(json, "unit", side->unit->name);
    }
    json_member_number(json, "count", side->count);
    for (unsigned state = 0; side->field != NULL && state < STATE_COUNT; state++) {
        json_member_number(json, mask_state_name((enum mask_state)state),
                           side->field->count[state]);
    }
    json_close(json, '}');
}

static void put_entry(struct json_writer *json, const struct change_entry *entry,
                      const char *record_end) {
    begin(json, "change");
    json_member_string(json, "change", change_name(entry->change));
    json_member_string(json, "of", entry->is_violation ? "violation" : "field");
    put_causes(json, "causes", entry->causes);
    if (entry->rule != NULL) {
        json_member_string(json, "rule", entry->rule->id);
        json_member_string(json, "severity", severity_name(entry->severity));
    }
    json_member_text(json, "source", entry->source);
    json_member_known(json, "storage", storage_name(entry->storage));
    json_member_text(json, "table", entry->table);
    json_member_text(json, "column", entry->column);
    json_member_known(json, "kind", entry->kind);
    json_member_known(json, "role", entry->role);
    put_side(json, "before", &entry->before);
    put_side(json, "now", &entry->now);
    end(json, record_end);
}

void changes_records(struct json_writer *json, const struct report_options *options,
                     const char *record_end) {
    for (size_t i = 0; i < options->comparison->count; i++) {
        put_entry(json, &options->comparison->entries[i], record_end);
    }
}
