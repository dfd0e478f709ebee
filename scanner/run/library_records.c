#include "run/library_records.h"

#include <stdlib.h>

/* Names are views without an end; C callers want strings. */
struct strings {
    struct text_copy {
        char *text;
        size_t capacity;
    } kept[4];
    size_t used;
    bool failed;
};

static const char *string_of(struct strings *strings, struct bytes b) {
    struct text_copy *copy = &strings->kept[strings->used++];
    if (copy->capacity <= b.len) {
        char *grown = realloc(copy->text, b.len + 1);
        if (grown == NULL) {
            strings->failed = true;
            return "";
        }
        copy->text = grown;
        copy->capacity = b.len + 1;
    }
    if (b.len > 0) {
        memcpy(copy->text, b.ptr, b.len);
    }
    copy->text[b.len] = '\0';
    return copy->text;
}

static void strings_release(struct strings *strings) {
    for (size_t i = 0; i < sizeof strings->kept / sizeof *strings->kept; i++) {
        free(strings->kept[i].text);
    }
}

static void tell_coverage(const struct unit_result *unit, const struct yinma_handlers *handlers,
                          struct strings *strings) {
    const struct unit_facts *facts = unit->facts;
    const struct yinma_coverage coverage = {.unit = string_of(strings, unit->name),
                                            .status = coverage_status_name(facts->status),
                                            .reason = coverage_reason(facts->error_code),
                                            .detail = facts->detail,
                                            .bytes = facts->bytes};
    handlers->coverage(handlers->context, &coverage);
}

static void tell_field(const struct results *results, const struct field_result *field,
                       const struct yinma_handlers *handlers, struct strings *strings) {
    const struct unit_result *unit = &results->units[field->unit];
    const struct yinma_field told = {.unit = string_of(strings, unit->name),
                                     .source = string_of(strings, unit->source),
                                     .format = unit->facts->format,
                                     .table = string_of(strings, field->field->table),
                                     .column = string_of(strings, field->field->column),
                                     .kind = field->kind,
                                     .legal = legal_name(field->legal),
                                     .confidence = confidence_name(field->confidence),
                                     .values = field->values,
                                     .clear = field->count[STATE_CLEAR],
                                     .weak = field->count[STATE_WEAK],
                                     .masked = field->count[STATE_MASKED],
                                     .encrypted = field->count[STATE_ENCRYPTED],
                                     .other = field->other};
    handlers->field(handlers->context, &told);
}

static void tell_violation(const struct results *results, const struct violation *violation,
                           const struct yinma_handlers *handlers, struct strings *strings) {
    const struct unit_result *unit = &results->units[violation->unit];
    struct yinma_example examples[EXAMPLES_KEPT];
    for (unsigned i = 0; i < violation->example_count && i < EXAMPLES_KEPT; i++) {
        const struct example *from = violation->examples[i];
        examples[i] = (struct yinma_example){.row = from->row,
                                             .line = from->line,
                                             .offset = from->offset,
                                             .shown = from->shown,
                                             .fingerprint = from->fingerprint};
    }
    const struct bytes nothing = {NULL, 0};
    const struct field_facts *place = violation->place;
    const struct yinma_violation told = {
        .rule = violation->rule->id,
        .severity = severity_name(violation->severity),
        .unit = string_of(strings, unit->name),
        .source = string_of(strings, unit->source),
        .table = string_of(strings, place == NULL ? nothing : place->table),
        .column = string_of(strings, place == NULL ? nothing : place->column),
        .kind = violation->kind,
        .role = violation->role,
        .message = violation->rule->message.en,
        .remedy = violation->rule->remedy.en,
        .count = violation->count,
        .examples = examples,
        .example_count = violation->example_count};
    handlers->violation(handlers->context, &told);
}

int library_tell(const struct results *results, const struct yinma_handlers *handlers,
                 struct error *err) {
    struct strings strings = {0};
    for (size_t i = 0; handlers->coverage != NULL && i < results->unit_count; i++) {
        strings.used = 0;
        if (results->units[i].facts->status != COVERAGE_SCANNED) {
            tell_coverage(&results->units[i], handlers, &strings);
        }
    }
    for (size_t i = 0; handlers->field != NULL && i < results->field_count; i++) {
        strings.used = 0;
        if (results->fields[i].written) {
            tell_field(results, &results->fields[i], handlers, &strings);
        }
    }
    for (size_t i = 0; handlers->violation != NULL && i < results->violation_count; i++) {
        strings.used = 0;
        tell_violation(results, &results->violations[i], handlers, &strings);
    }
    bool failed = strings.failed;
    strings_release(&strings);
    return failed ? error_set(err, YINMA_E_MEMORY, "no memory for a name") : 0;
}

void library_summarise(const struct results *results, struct yinma_summary *out) {
    const struct run_summary *from = &results->summary;
    *out = (struct yinma_summary){.units = from->units,
                                  .bytes_scanned = from->bytes_scanned,
                                  .values = from->values,
                                  .critical = from->violations[SEVERITY_CRITICAL],
                                  .high = from->violations[SEVERITY_HIGH],
                                  .medium = from->violations[SEVERITY_MEDIUM],
                                  .low = from->violations[SEVERITY_LOW],
                                  .not_scanned = from->not_scanned,
                                  .status = from->status};
}
