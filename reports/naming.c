#include "reports/naming.h"

#include <stdlib.h>

#include "reports/terminal.h"
#include "result/fingerprint.h"

static int worst_first(const void *a, const void *b) {
    const struct violation *x = *(const struct violation *const *)a;
    const struct violation *y = *(const struct violation *const *)b;
    if (x->known != y->known) {
        return x->known ? 1 : -1;
    }
    if (x->severity != y->severity) {
        return x->severity > y->severity ? -1 : 1;
    }
    return (x > y) - (x < y);
}

const struct violation **violations_worst_first(const struct results *results) {
    size_t count = results->violation_count;
    const struct violation **sorted = calloc(count + 1, sizeof(const struct violation *));
    for (size_t i = 0; sorted != NULL && i < count; i++) {
        sorted[i] = &results->violations[i];
    }
    if (sorted != NULL) {
        qsort(sorted, count, sizeof(const struct violation *), worst_first);
    }
    return sorted;
}

void name_place(struct text_buffer *out, const struct field_facts *place) {
    if (place == NULL) {
        return;
    }
    terminal_safe(out, place->table);
    if (place->table.len > 0 && place->column.len > 0) {
        text_buffer_putc(out, '.');
    }
    terminal_safe(out, place->column);
    name_storage(out, place);
}

void name_storage(struct text_buffer *out, const struct field_facts *place) {
    if (place->storage > STORAGE_LIVE) {
        text_buffer_printf(out, " (%s)", storage_name(place->storage));
    }
}

const struct unit_result *unit_of(const struct results *results,
                                  const struct violation *violation) {
    return violation->unit < results->unit_count ? &results->units[violation->unit] : NULL;
}

const char *pack_text(const struct report_options *options, const char *en, const char *zh) {
    const char *text = options->language == LANGUAGE_ZH && zh != NULL ? zh : en;
    return text == NULL ? "" : text;
}

void name_violation(struct text_buffer *out, const struct report_options *options,
                    const struct violation *violation) {
    const struct rule *rule = violation->rule;
    size_t start = out->len;
    name_place(out, violation->place);
    const char *about = violation->kind != NULL ? violation->kind : violation->role;
    if (about != NULL) {
        text_buffer_printf(out, "%s%s", out->len > start ? ": " : "", about);
    }
    if (violation->count > 0) {
        text_buffer_printf(out, "%s%llu %s", out->len > start ? ", " : "",
                           (unsigned long long)violation->count,
                           violation->count == 1 ? "value" : "values");
    }
    const char *message = pack_text(options, rule->message.en, rule->message.zh);
    text_buffer_printf(out, "%s%s", out->len > start ? ": " : "",
                       *message != '\0' ? message : rule->id);
    name_missed(out, violation, options->language == LANGUAGE_ZH ? translate_row : NULL);
}

void name_missed(struct text_buffer *out, const struct violation *violation,
                 const char *(*translate)(const char *text)) {
    const char *before = " (";
    if (violation->missed == 0 && violation->declared == NULL) {
        return;
    }
    if (violation->declared != NULL) {
        text_buffer_printf(out, "%s%s", before, violation->declared);
        before = ": ";
    }
    for (unsigned bit = 0; bit < MISSED_COUNT; bit++) {
        if ((violation->missed >> bit & 1) != 0) {
            const char *text = missed_text(bit);
            text_buffer_printf(out, "%s%s", before, translate == NULL ? text : translate(text));
            before = ", ";
        }
    }
    text_buffer_putc(out, ')');
}

uint64_t first_line(const struct violation *violation) {
    for (unsigned i = 0; i < violation->example_count; i++) {
        if (violation->examples[i]->line != 0) {
            return violation->examples[i]->line;
        }
    }
    return 0;
}

void name_detail(struct text_buffer *out, const struct unit_facts *unit, translator translate) {
    struct text_buffer said;
    text_buffer_init(&said, 0);
    sentence_put(&said, bytes_of_string(unit->detail), translate);
    out->failed |= said.failed;
    terminal_safe(out, text_buffer_view(&said));
    text_buffer_release(&said);
}

static const char *as_it_is(const char *message) {
    return message;
}

void name_gap(struct text_buffer *out, const struct report_options *options,
              const struct unit_facts *unit) {
    const translator translate = options->language == LANGUAGE_ZH ? translate_row : as_it_is;
    text_buffer_puts(out, translate(coverage_status_name(unit->status)));
    if (unit->error_code != 0 || (unit->traits & UNIT_SPECIAL_FILE) != 0) {
        text_buffer_printf(out, ": %s", translate(coverage_reason(unit->error_code)));
    }
    if (unit->detail[0] != '\0') {
        text_buffer_puts(out, ": ");
        name_detail(out, unit, translate);
    }
}

bool fingerprint_in_unit(const char *what, struct bytes unit, char out[65]) {
    struct text_buffer text;
    text_buffer_init(&text, 0);
    text_buffer_puts(&text, what);
    text_buffer_putc(&text, '\0');
    text_buffer_put(&text, unit);
    bool whole = !text.failed;
    if (whole) {
        digest_hex(text_buffer_view(&text), out);
    }
    text_buffer_release(&text);
    return whole;
}
