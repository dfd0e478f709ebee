#include "reports/records.h"

#include "catalog/ciphers.h"

#include "reports/record_ages.h"

#include "result/saved/occurrence_reader.h"

void record_begin(struct record_writer *out, const char *type) {
    json_open(&out->json, '{');
    json_member_string(&out->json, "type", type);
}

void record_end(struct record_writer *out) {
    json_close(&out->json, '}');
    if (out->record_end != NULL) {
        report_puts(out->json.sink, out->record_end);
        out->json.comma = false;
    }
}

unsigned records_zone_names(zone_set zones, const char *names[ZONE_COUNT]) {
    unsigned count = 0;
    for (unsigned zone = 0; zone < ZONE_COUNT; zone++) {
        if ((zones & ZONE_BIT(zone)) == 0) {
            continue;
        }
        const char *name = zone_name((enum zone)zone);
        unsigned at = count++;
        for (; at > 0 && strcmp(name, names[at - 1]) < 0; at--) {
            names[at] = names[at - 1];
        }
        names[at] = name;
    }
    return count;
}

/* ---- parts of several records ---- */

static void put_position(struct json_writer *json, const struct example *example) {
    if (example->row != 0) {
        json_member_number(json, "row", example->row);
    }
    if (example->line != 0) {
        json_member_number(json, "line", example->line);
    }
    if (example->offset != UINT64_MAX) {
        json_member_number(json, "offset", example->offset);
    }
}

static void put_shown(struct json_writer *json, const struct example *example) {
    json_member_string(json, "shown", example->shown);
    json_member_known(json, "fingerprint", example->fingerprint);
}

void record_examples(struct json_writer *json, const struct example *const *examples,
                     unsigned count) {
    json_key(json, "examples");
    json_open(json, '[');
    for (unsigned i = 0; i < count; i++) {
        json_open(json, '{');
        put_position(json, examples[i]);
        put_shown(json, examples[i]);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_evidence(struct json_writer *json, uint32_t evidence) {
    json_key(json, "evidence");
    json_open(json, '[');
    for (unsigned i = 0; i < EVIDENCE_COUNT; i++) {
        if ((evidence >> i & 1) != 0) {
            json_string(json, evidence_name(i));
        }
    }
    json_close(json, ']');
}

void record_zones(struct json_writer *json, zone_set zones) {
    const char *names[ZONE_COUNT];
    unsigned count = records_zone_names(zones, names);
    json_key(json, "zones");
    json_open(json, '[');
    for (unsigned i = 0; i < count; i++) {
        json_string(json, names[i]);
    }
    json_close(json, ']');
}

void records_time(time_t when, char out[RECORDS_TIME_TEXT]) {
    struct tm time;
    if (gmtime_r(&when, &time) == NULL ||
        strftime(out, RECORDS_TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &time) == 0) {
        out[0] = '\0';
    }
}

static void put_rows(struct json_writer *json, const struct unit_facts *unit) {
    if (unit->rows > 0) {
        json_member_number(json, "unit_rows", unit->rows);
    }
    if (unit->frame_rows > 0) {
        json_member_number(json, "trailer_rows", unit->trailer_rows);
        json_member_number(json, "frame_rows", unit->frame_rows);
    }
}

/* The file that the unit stands in. */
static void put_file(struct json_writer *json, const struct file_facts *file) {
    char text[RECORDS_TIME_TEXT];
    if (!file->known) {
        return;
    }
    json_key(json, "file");
    json_open(json, '{');
    json_member_number(json, "size", file->size);
    records_time((time_t)file->modified, text);
    json_member_known(json, "modified", text);
    snprintf(text, sizeof text, "%04o", file->mode);
    json_member_string(json, "mode", text);
    json_member_known(json, "owner", file->owner);
    json_member_known(json, "sha256", file->sha256);
    json_close(json, '}');
}

void record_place(struct json_writer *json, const struct field_facts *place) {
    if (place != NULL) {
        json_member_known(json, "storage", storage_name(place->storage));
        json_member_text(json, "table", place->table);
        json_member_text(json, "column", place->column);
    }
}

/* ---- field ---- */

void record_forms(struct json_writer *json, const struct mask_forms *forms) {
    const struct mask_form *sorted[FORMS_KEPT];
    unsigned count = 0;
    for (uint32_t i = 0; i < forms->used; i++) {
        const struct mask_form *form = &forms->forms[i];
        unsigned at = count++;
        for (; at > 0 && (form->count > sorted[at - 1]->count ||
                          (form->count == sorted[at - 1]->count &&
                           strcmp(form->text, sorted[at - 1]->text) < 0));
             at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = form;
    }
    json_key(json, "mask_forms");
    json_open(json, '[');
    for (unsigned i = 0; i < count; i++) {
        json_open(json, '{');
        json_member_string(json, "form", sorted[i]->text);
        json_member_number(json, "count", sorted[i]->count);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_distinct(struct record_writer *out, const struct sketch *distinct) {
    struct json_writer *json = &out->json;
    uint64_t count = sketch_estimate(distinct);
    json_member_number(json, "distinct", count);
    json_key(json, "distinct_exact");
    json_bool(json, sketch_is_exact(distinct));
    if (count == 0) {
        return;
    }
    struct text_buffer *text = &out->memory.sketch;
    text_buffer_clear(text);
    sketch_print(distinct, out->memory.isa, text);
    if (text->failed) {
        report_fail_memory(json->sink);
    } else {
        json_member_plain(json, "sketch", text_buffer_view(text));
    }
}

/* The first examples of all states by position. */
static unsigned first_examples(const struct kind_facts *facts,
                               const struct example *first[EXAMPLES_KEPT]) {
    unsigned taken[STATE_COUNT] = {0}, count = 0;
    while (count < EXAMPLES_KEPT) {
        unsigned best = STATE_COUNT;
        for (unsigned state = 0; state < STATE_COUNT; state++) {
            if (taken[state] < facts->example_count[state] &&
                (best == STATE_COUNT || example_before(&facts->examples[state][taken[state]],
                                                       &facts->examples[best][taken[best]]))) {
                best = state;
            }
        }
        if (best == STATE_COUNT) {
            break;
        }
        first[count++] = &facts->examples[best][taken[best]++];
    }
    return count;
}

static void put_counts(struct json_writer *json, const struct field_result *field) {
    json_member_number(json, "values", field->values);
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        json_member_number(json, mask_state_name((enum mask_state)state), field->count[state]);
    }
    json_member_number(json, "other", field->other);
}

/* Beside the reference of a production system. */
static void put_overlap(struct json_writer *json, const struct overlap *overlap) {
    json_key(json, "overlap");
    json_open(json, '{');
    json_member_number(json, "asked", overlap->asked);
    json_member_number(json, "met", overlap->met);
    json_member_number(json, "expected", overlap->expected);
    json_member_number(json, "values", overlap->values);
    json_key(json, "share");
    json_decimal(json, overlap->share, 4);
    json_key(json, "chance");
    json_decimal(json, overlap->chance, 9);
    json_key(json, "real");
    json_bool(json, overlap_is_real(overlap));
    json_close(json, '}');
}

void record_unit(struct record_writer *out, uint32_t number,
                 void (*put_more)(struct json_writer *json, const struct unit_result *unit)) {
    struct json_writer *json = &out->json;
    const struct unit_result *unit = &out->results->units[number];
    if (json_stretch_again(json, &out->memory.unit_names, number)) {
        return;
    }
    json_stretch_begin(json, &out->memory.unit_names);
    json_member_text(json, "unit", unit->name);
    json_member_text(json, "source", unit->source);
    record_zones(json, unit->zones);
    if (put_more != NULL) {
        put_more(json, unit);
    }
    json_stretch_end(json, &out->memory.unit_names, number);
}

static void put_how_read(struct json_writer *json, const struct unit_result *unit) {
    char reason[ZONE_REASON_TEXT];
    json_member_known(json, "zone_reason", unit_zone_reason(unit, reason));
    json_member_known(json, "format", unit->facts->format);
    json_member_known(json, "encoding", unit->facts->encoding);
    json_member_known(json, "encoding_basis", unit->facts->encoding_basis);
}

static void put_unit_file(struct record_writer *out, uint32_t number) {
    struct json_writer *json = &out->json;
    const struct unit_facts *unit = out->results->units[number].facts;
    if (!json_stretch_again(json, &out->memory.unit_file, number)) {
        json_stretch_begin(json, &out->memory.unit_file);
        put_rows(json, unit);
        put_file(json, &unit->file);
        json_stretch_end(json, &out->memory.unit_file, number);
    }
}

static void put_field(struct record_writer *out, const struct field_result *field) {
    static const char *const attributions[] = {"none", "inferred", "exact"};
    struct json_writer *json = &out->json;
    record_begin(out, "field");
    record_unit(out, field->unit, put_how_read);
    json_member_string(json, "attribution", attributions[field->field->attribution]);
    record_place(json, field->field);
    json_member_string(json, "kind", field->kind);
    json_member_string(json, "legal", legal_name(field->legal));
    json_member_string(json, "confidence", confidence_name(field->confidence));
    put_evidence(json, field->evidence);
    put_counts(json, field);
    put_distinct(out, &field->facts->distinct);
    record_forms(json, &field->facts->forms);
    if (field->facts->residual_min != 0) {
        json_member_number(json, "residual_min", field->facts->residual_min);
    }
    json_member_known(json, "pseudonym", pseudonym_name(field->pseudonym));
    record_ages(json, field);
    if (field->overlap != NULL && field->overlap->asked > 0) {
        put_overlap(json, field->overlap);
    }
    if (field->name_disagrees) {
        json_key(json, "name_disagrees");
        json_bool(json, true);
    }
    put_unit_file(out, field->unit);
    const struct example *examples[EXAMPLES_KEPT];
    record_examples(json, examples, first_examples(field->facts, examples));
    record_end(out);
}

static void put_written_field(struct record_writer *out, size_t at) {
    if (out->results->fields[at].written) {
        put_field(out, &out->results->fields[at]);
    }
}

void records_fields(struct record_writer *out) {
    if (out->results->person.count == 0) {
        records_in_parts(out, out->results->field_count, put_written_field);
    }
}

/* ---- occurrence ---- */

static void put_occurrence(struct record_writer *out, const struct occurrence *occurrence,
                           const struct field_result *field) {
    struct json_writer *json = &out->json;
    record_begin(out, "occurrence");
    json_member_text(json, "unit", out->results->units[field->unit].name);
    record_place(json, field->field);
    if (occurrence->at.row != 0) {
        json_member_number(json, "row", occurrence->at.row);
    }
    if (occurrence->at.line != 0) {
        json_member_number(json, "line", occurrence->at.line);
    }
    if (occurrence->column_in_line != 0) {
        json_member_number(json, "column_in_line", occurrence->column_in_line);
    }
    if (occurrence->at.offset != UINT64_MAX) {
        json_member_number(json, "offset", occurrence->at.offset);
    }
    json_member_number(json, "length", occurrence->length);
    json_member_string(json, "kind", field->kind);
    json_member_string(json, "mask", mask_state_name((enum mask_state)occurrence->state));
    json_member_string(json, "confidence", confidence_name(field->confidence));
    put_evidence(json, occurrence->evidence);
    put_shown(json, &occurrence->at);
    record_end(out);
}

void records_occurrences(struct record_writer *out) {
    if (!out->options->occurrences || out->results->occurrences == NULL) {
        return;
    }
    struct error error = {0};
    struct occurrence occurrence;
    const struct field_result *field = NULL;
    struct occurrence_reader *reader = occurrence_reader_new(out->results);
    if (reader == NULL) {
        error_set(&error, YINMA_E_MEMORY, "memory ran out while the report was written");
        report_fail(out->json.sink, &error);
        return;
    }
    int status;
    while ((status = occurrence_reader_next(reader, &occurrence, &field, &error)) == 1 &&
           out->json.sink->error.code == 0) {
        if (field != NULL && field->written) {
            put_occurrence(out, &occurrence, field);
        }
    }
    if (status < 0) {
        report_fail(out->json.sink, &error);
    }
    occurrence_reader_free(reader);
}

/* ---- logs ---- */

void records_logs(struct record_writer *out) {
    for (size_t i = 0; i < out->results->log_span_count; i++) {
        const struct log_span *span = &out->results->log_spans[i];
        record_begin(out, "logs");
        json_member_text(&out->json, "unit", out->results->units[span->unit].name);
        json_member_text(&out->json, "source", span->source);
        record_zones(&out->json, span->zones);
        record_log_span(&out->json, span);
        record_end(out);
    }
}

/* ---- coverage, summary ---- */

static void put_cipher(struct json_writer *json, const struct unit_facts *unit) {
    const struct cipher *cipher =
        unit->error_code == YINMA_E_ENCRYPTED ? cipher_in(bytes_of_string(unit->detail)) : NULL;
    if (cipher != NULL) {
        json_member_string(json, "cipher", cipher->name);
        json_member_string(json, "strength", cipher_strength_name(cipher->strength));
    }
}

void records_coverage(struct record_writer *out) {
    struct json_writer *json = &out->json;
    for (size_t i = 0; i < out->results->unit_count; i++) {
        const struct unit_facts *unit = out->results->units[i].facts;
        if (unit->status == COVERAGE_SCANNED && !out->options->all_units) {
            continue;
        }
        record_begin(out, "coverage");
        json_member_text(json, "unit", unit->name);
        json_member_string(json, "status", coverage_status_name(unit->status));
        if (unit->error_code != 0 || (unit->traits & UNIT_SPECIAL_FILE) != 0) {
            json_member_string(json, "reason", coverage_reason(unit->error_code));
        }
        json_member_known(json, "detail", unit->detail);
        put_cipher(json, unit);
        if (unit->bytes > 0 || unit->status == COVERAGE_SCANNED) {
            json_member_number(json, "bytes", unit->bytes);
        }
        record_zones(json, out->results->units[i].zones);
        json_member_text(json, "source", out->results->units[i].source);
        json_member_known(json, "format", unit->format);
        put_rows(json, unit);
        put_file(json, &unit->file);
        record_end(out);
    }
}

/* What the configuration declares, and what that did: nothing is taken away silently. */
static void put_declarations(struct json_writer *json, const struct results *results) {
    if (results->declaration_count == 0) {
        return;
    }
    json_key(json, "declared");
    json_open(json, '[');
    for (size_t i = 0; i < results->declaration_count; i++) {
        const struct declaration *declaration = &results->declarations[i];
        json_open(json, '{');
        json_member_string(json, "by", declaration->member);
        json_member_text(json, "files", declaration->files);
        if (declaration->by.len > 0) {
            json_member_text(json, "owner", declaration->by);
        }
        json_member_text(json, "reason", declaration->why);
        json_member_known(json, "expires", declaration->expires);
        if (declaration->expired) {
            json_key(json, "expired");
            json_bool(json, true);
        }
        json_member_number(json, "count", declaration->count);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void records_summary(struct record_writer *out) {
    struct json_writer *json = &out->json;
    const struct run_summary *summary = &out->results->summary;
    record_begin(out, "summary");
    json_member_number(json, "units", summary->units);
    json_member_number(json, "bytes_read", summary->bytes_read);
    json_member_number(json, "bytes_scanned", summary->bytes_scanned);
    json_key(json, "seconds");
    json_decimal(json, summary->seconds, 3);
    json_member_number(json, "values", summary->values);
    json_member_number(json, "below_confidence", summary->below_confidence);
    json_member_number(json, "subjects", summary->subjects);
    json_member_known(json, "subjects_basis", summary->subjects_basis);
    json_key(json, "subjects_error");
    json_decimal(json, summary->subjects_error, 4);
    json_key(json, "violations");
    json_open(json, '{');
    for (unsigned severity = SEVERITY_CRITICAL; severity >= SEVERITY_LOW; severity--) {
        json_member_number(json, severity_name((enum severity)severity),
                           summary->violations[severity]);
    }
    json_close(json, '}');
    put_declarations(json, out->results);
    json_member_number(json, "not_scanned", summary->not_scanned);
    json_key(json, "partial");
    json_bool(json, summary->partial);
    json_member_number(json, "status", (uint64_t)summary->status);
    record_end(out);
}
