/* The comparison in the page: short arrays as for rows, in the order of page.js. */
#include "reports/html_changes.h"
#include "reports/changes.h"
#include "reports/html_words.h"
#include "reports/naming.h"

static void put_messages(struct json_writer *json, const struct report_options *options,
                         const char *key, unsigned count, const char *(*message)(unsigned number)) {
    json_key(json, key);
    json_open(json, '[');
    for (unsigned i = 0; i < count; i++) {
        html_both(json, options, message(i));
    }
    json_close(json, ']');
}

static void put_differences(struct json_writer *json, const struct report_options *options) {
    const struct comparison *comparison = options->comparison;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    json_key(json, "differs");
    json_open(json, '[');
    version_difference(&text, comparison);
    if (text.len > 0) {
        json_text(json, text_buffer_view(&text));
    }
    text_buffer_clear(&text);
    pack_differences(&text, comparison);
    if (text.len > 0) {
        json_text(json, text_buffer_view(&text));
    }
    text_buffer_release(&text);
    for (unsigned cause = CAUSE_DATE; cause < CAUSE_COUNT; cause++) {
        if ((comparison->differs & CAUSE_BIT(cause)) != 0 && cause != CAUSE_VERSION) {
            html_both(json, options, cause_text((enum cause)cause));
        }
    }
    json_close(json, ']');
}

static void put_entry(struct json_writer *json, const struct report_options *options,
                      const struct change_entry *entry) {
    const struct change_side *side = entry->now.unit != NULL ? &entry->now : &entry->before;
    const struct bytes nothing = {0};
    const struct field_facts place = {
        .table = entry->table, .column = entry->column, .storage = entry->storage};
    struct text_buffer name;
    text_buffer_init(&name, 0);
    name_place(&name, &place);
    json_open(json, '[');
    json_number(json, entry->change);
    json_number(json, entry->severity);
    json_text(json, side->unit == NULL ? nothing : side->unit->name);
    json_text(json, text_buffer_view(&name));
    html_both(json, options,
              side->field != NULL   ? side->field->kind_title
              : entry->kind != NULL ? entry->kind
                                    : entry->role);
    json_string(json, entry->rule == NULL ? "" : entry->rule->id);
    json_number(json, entry->more_rules);
    json_number(json, entry->before.count);
    json_number(json, entry->now.count);
    json_open(json, '[');
    for (unsigned cause = 0; cause < CAUSE_COUNT; cause++) {
        if ((entry->causes & CAUSE_BIT(cause)) != 0) {
            json_number(json, cause);
        }
    }
    json_close(json, ']');
    json_close(json, ']');
    report_putc(json->sink, '\n');
    text_buffer_release(&name);
}

void html_changes(struct json_writer *json, const struct report_options *options) {
    const struct comparison *comparison = options->comparison;
    json_key(json, "comparison");
    if (comparison == NULL) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    json_member_string(json, "with", options->compared_with);
    json_member_string(json, "as_of", comparison->before->run.as_of);
    put_messages(json, options, "changes", CHANGE_COUNT, change_message);
    put_messages(json, options, "causes", CAUSE_COUNT, cause_message);
    put_differences(json, options);
    json_key(json, "counts");
    json_open(json, '[');
    for (unsigned change = 0; change < CHANGE_COUNT; change++) {
        json_number(json, comparison->violations[change]);
    }
    json_close(json, ']');
    json_key(json, "entries");
    json_open(json, '[');
    for (size_t i = 0; i < comparison->count; i++) {
        const struct change_entry *entry = &comparison->entries[i];
        if (entry->change != CHANGE_SAME && !entry->told_by_other) {
            put_entry(json, options, entry);
        }
    }
    json_close(json, ']');
    json_close(json, '}');
}
