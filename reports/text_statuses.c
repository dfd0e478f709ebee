#include "reports/text_statuses.h"

#include <string.h>

#include "reports/terminal.h"
#include "reports/translate.h"

enum { SETTINGS_SHOWN = 8 };

void text_status_counts(struct text_buffer *out, const struct results *results) {
    size_t counts[RULE_VERDICTS] = {0};
    if (results->status_count == 0) {
        return;
    }
    for (size_t i = 0; i < results->status_count; i++) {
        counts[results->statuses[i].verdict]++;
    }
    text_buffer_printf(out, _("Rules: %zu hold, %zu broken, %zu undecided, %zu not asked"),
                       counts[RULE_HELD], counts[RULE_BROKEN], counts[RULE_UNDECIDED],
                       counts[RULE_NOT_ASKED]);
    if (counts[RULE_NOT_APPLICABLE] > 0) {
        text_buffer_printf(out, _(", %zu not applicable"), counts[RULE_NOT_APPLICABLE]);
    }
}

static bool is_first_of_setting(const struct results *results, size_t index) {
    const char *setting = results->statuses[index].setting;
    for (size_t i = 0; i < index; i++) {
        const char *other = results->statuses[i].setting;
        if (other != NULL && strcmp(other, setting) == 0) {
            return false;
        }
    }
    return true;
}

/* " (customer-data, report)": the entries that the configuration lacks. */
static void put_settings(struct text_buffer *out, const struct results *results) {
    unsigned shown = 0;
    for (size_t i = 0; i < results->status_count && shown < SETTINGS_SHOWN; i++) {
        if (results->statuses[i].setting != NULL && is_first_of_setting(results, i)) {
            text_buffer_printf(out, "%s%s", shown++ == 0 ? " (" : ", ",
                               results->statuses[i].setting);
        }
    }
    text_buffer_puts(out, shown > 0 ? ")" : "");
}

/* "allow: old.csv: 3 violations allowed (staff list; DBA; until 2026-12-31)": what the
 * configuration takes away is told. */
static void put_declaration(struct text_buffer *out, const struct declaration *declaration) {
    unsigned long long count = declaration->count;
    text_buffer_printf(out, "%s: ", declaration->member);
    terminal_safe(out, declaration->files);
    text_buffer_puts(out, ": ");
    if (declaration->expired) {
        text_buffer_printf(out, _("expired on %s, counts again"), declaration->expires);
    } else if (strcmp(declaration->member, "waive") == 0) {
        text_buffer_printf(out, _("%llu not read, accepted"), count);
    } else if (strcmp(declaration->member, "synthetic") == 0) {
        text_buffer_printf(out, _("%llu declared as made-up data"), count);
    } else {
        text_buffer_printf(out, _("%llu violations allowed"), count);
    }
    text_buffer_puts(out, " (");
    terminal_safe(out, declaration->why);
    text_buffer_puts(out, declaration->by.len > 0 ? "; " : "");
    terminal_safe(out, declaration->by);
    if (declaration->expires[0] != '\0' && !declaration->expired) {
        text_buffer_printf(out, _("; until %s"), declaration->expires);
    }
    text_buffer_putc(out, ')');
}

static bool declaration_at(struct text_buffer *out, const struct results *results, unsigned index) {
    for (size_t i = 0; i < results->declaration_count; i++) {
        const struct declaration *declaration = &results->declarations[i];
        bool told = declaration->count > 0 || declaration->expired;
        if (told && index-- == 0) {
            put_declaration(out, declaration);
            return true;
        }
    }
    return false;
}

bool text_status_reason(struct text_buffer *out, const struct results *results, unsigned index) {
    for (unsigned why = DECIDED + 1; why < UNDECIDED_REASONS; why++) {
        size_t count = 0;
        for (size_t i = 0; i < results->status_count; i++) {
            count += results->statuses[i].why == (enum undecided)why;
        }
        if (count == 0 || index-- > 0) {
            continue;
        }
        text_buffer_printf(out, _("%zu undecided: "), count);
        text_buffer_puts(out, translate_row(undecided_text((enum undecided)why)));
        if (why == UNDECIDED_SETTING) {
            put_settings(out, results);
        }
        return true;
    }
    return declaration_at(out, results, index);
}
