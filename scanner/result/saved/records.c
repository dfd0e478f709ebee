#include <stdlib.h>

#include "result/saved/work.h"

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for saved results");
}

/* ---- parts of several records ---- */

static struct example read_example(const struct json_value *record) {
    struct example example = {.row = json_find_whole(record, "row"),
                              .line = json_find_whole(record, "line"),
                              .offset = UINT64_MAX};
    if (json_find(record, "offset", JSON_NUMBER) != NULL) {
        example.offset = json_find_whole(record, "offset");
    }
    saved_copy(example.shown, sizeof example.shown, json_find_text(record, "shown"));
    saved_copy(example.fingerprint, sizeof example.fingerprint,
               json_find_text(record, "fingerprint"));
    return example;
}

static enum confidence read_confidence(const struct json_value *record) {
    char name[24];
    enum confidence confidence = CONFIDENCE_NONE;
    saved_copy(name, sizeof name, json_find_text(record, "confidence"));
    confidence_from_name(name, &confidence);
    return confidence;
}

static uint32_t read_evidence(const struct json_value *record) {
    uint32_t evidence = 0;
    for (const struct json_value *each = json_find_list(record, "evidence"); each != NULL;
         each = each->next) {
        for (unsigned i = 0; i < EVIDENCE_COUNT; i++) {
            bool same = bytes_equal(each->text, bytes_of_string(evidence_name(i)));
            evidence |= same ? (uint32_t)1 << i : 0;
        }
    }
    return evidence;
}

/* ---- field ---- */

static enum legal read_legal(struct bytes name) {
    for (unsigned legal = LEGAL_NONE; legal <= LEGAL_SPECIAL; legal++) {
        if (bytes_equal(name, bytes_of_string(legal_name((enum legal)legal)))) {
            return (enum legal)legal;
        }
    }
    return LEGAL_NONE;
}

static enum attribution read_attribution(struct bytes name) {
    return bytes_equal(name, BYTES_LIT("exact"))      ? ATTRIBUTION_EXACT
           : bytes_equal(name, BYTES_LIT("inferred")) ? ATTRIBUTION_INFERRED
                                                      : ATTRIBUTION_NONE;
}

static enum pseudonym read_pseudonym(struct bytes name) {
    enum pseudonym pseudonym = PSEUDONYM_UNKEYED_PROVEN;
    while (pseudonym > PSEUDONYM_NONE &&
           !bytes_equal(name, bytes_of_string(pseudonym_name(pseudonym)))) {
        pseudonym--;
    }
    return pseudonym;
}

static int read_facts(struct kind_facts *facts, const struct json_value *record,
                      struct error *err) {
    struct bytes sketch = json_find_text(record, "sketch");
    facts->residual_min = json_find_whole(record, "residual_min");
    for (const struct json_value *form = json_find_list(record, "mask_forms"); form != NULL;
         form = form->next) {
        if (!mask_forms_add(&facts->forms, json_find_text(form, "form"),
                            json_find_whole(form, "count"))) {
            return no_memory(err);
        }
    }
    for (const struct json_value *each = json_find_list(record, "examples"); each != NULL;
         each = each->next) {
        const struct example example = read_example(each);
        if (!kind_facts_example(facts, STATE_CLEAR, &example)) {
            return no_memory(err);
        }
    }
    if (sketch.len > 0) {
        sketch_release(&facts->distinct);
        int rc = sketch_parse(sketch, &facts->distinct);
        if (rc < 0) {
            sketch_init(&facts->distinct);
            return rc == YINMA_E_MEMORY ? no_memory(err)
                                        : error_set(err, rc, "a sketch that is none");
        }
    }
    return 0;
}

static int read_overlap(struct saved_results *saved, const struct json_value *record,
                        struct field_result *field, struct error *err) {
    if (record != NULL) {
        struct overlap *out = arena_alloc(&saved->names, sizeof *out);
        if (out == NULL) {
            return no_memory(err);
        }
        out->asked = json_find_whole(record, "asked");
        out->met = json_find_whole(record, "met");
        out->expected = json_find_whole(record, "expected");
        out->values = json_find_whole(record, "values");
        out->share = json_find_real(record, "share");
        out->chance = json_find_real(record, "chance");
        field->overlap = out;
    }
    return 0;
}

static void read_counts(struct field_result *field, const struct json_value *record) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        field->count[state] = json_find_whole(record, mask_state_name((enum mask_state)state));
    }
    field->values = json_find_whole(record, "values");
    field->other = json_find_whole(record, "other");
    field->legal = read_legal(json_find_text(record, "legal"));
    field->confidence = read_confidence(record);
    field->evidence = read_evidence(record);
    field->pseudonym = read_pseudonym(json_find_text(record, "pseudonym"));
    saved_field_ages(field, record);
    field->name_disagrees = json_find_truth(record, "name_disagrees");
    field->written = true;
}

static bool room_for_field(struct saved_results *saved) {
    struct saved_work *work = saved->work;
    struct results *results = &saved->results;
    size_t room = work->field_room; /* both arrays grow alike */
    return results->field_count < NO_NUMBER - 1 &&
           saved_room(&work->fields, &room, results->field_count, sizeof *work->fields) &&
           saved_room(&results->fields, &work->field_room, results->field_count,
                      sizeof *results->fields);
}

int saved_take_field(struct saved_results *saved, const struct json_value *record,
                     struct error *err) {
    struct saved_work *work = saved->work;
    struct results *results = &saved->results;
    struct saved_field at = {0};
    struct field_result field = {0};
    int rc = saved_unit(saved, record, &field.unit, err);
    if (rc == 0) {
        rc = saved_place(saved, field.unit, record, &at.place, err);
    }
    if (rc == 0) {
        rc = saved_kind(saved, json_find_text(record, "kind"), &at.kind, err);
    }
    if (rc < 0) {
        return rc;
    }
    if (saved_find_field(work, at.place, at.kind) != NO_NUMBER) {
        return error_set(err, YINMA_E_DAMAGED, "the same field and kind a second time");
    }
    struct field_facts *place = saved_place_facts(saved, at.place);
    struct kind_facts *facts = field_facts_kind(place, at.kind);
    if (facts == NULL || !room_for_field(saved)) {
        return no_memory(err);
    }
    place->attribution = read_attribution(json_find_text(record, "attribution"));
    rc = read_facts(facts, record, err);
    if (rc == 0) {
        rc = saved_field_dates(facts, record, err);
    }
    if (rc < 0) {
        return rc;
    }
    rc = read_overlap(saved, json_find(record, "overlap", JSON_OBJECT), &field, err);
    if (rc < 0) {
        return rc;
    }
    read_counts(&field, record);
    field.kind = work->kinds[at.kind];
    field.kind_title = field.kind;
    field.kind_number = at.kind;
    results->fields[results->field_count] = field;
    work->fields[results->field_count] = at;
    results->field_count++;
    return saved_note_field(work, (uint32_t)(results->field_count - 1)) ? 0 : no_memory(err);
}

/* ---- violation ---- */

static bool is_fingerprint(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.ptr[i]) && (text.ptr[i] < 'a' || text.ptr[i] > 'f')) {
            return false;
        }
    }
    return text.len == 64;
}

static bool kept_text(struct saved_results *saved, const struct json_value *record,
                      const char *member, struct bytes *out) {
    struct bytes text = json_find_text(record, member);
    const char *copy = text.len == 0 ? NULL : saved_text(saved, text);
    *out = bytes_of(copy, copy == NULL ? 0 : text.len);
    return text.len == 0 || copy != NULL;
}

/* A partner in another table or unit. */
static int read_sampled(struct saved_results *saved, const struct json_value *record,
                        struct violation_partner *partner, struct error *err) {
    partner->sampled = json_find_whole(record, "sampled");
    return kept_text(saved, record, "unit", &partner->unit) &&
                   kept_text(saved, record, "key", &partner->key) &&
                   kept_text(saved, record, "with_key", &partner->with_key)
               ? 0
               : no_memory(err);
}

static int read_partners(struct saved_results *saved, const struct json_value *record,
                         struct violation *violation, struct saved_violation *at,
                         struct error *err) {
    const struct json_value *first = json_find_list(record, "with");
    unsigned count = 0;
    for (const struct json_value *each = first; each != NULL; each = each->next) {
        count++;
    }
    if (count == 0 || violation->unit == NO_NUMBER) {
        return 0;
    }
    at->with = arena_alloc(&saved->names, count * sizeof *at->with);
    violation->with = calloc(count, sizeof *violation->with);
    int rc = at->with == NULL || violation->with == NULL ? no_memory(err) : 0;
    for (const struct json_value *each = first; rc == 0 && violation->with != NULL && each != NULL;
         each = each->next) {
        struct violation_partner *partner = &violation->with[violation->with_count];
        struct bytes form = json_find_text(each, "form"), kind = json_find_text(each, "kind");
        uint8_t number = 0;
        partner->form = form.len == 0 ? NULL : saved_text(saved, form);
        if (kind.len > 0) {
            rc = saved_kind(saved, kind, &number, err);
            partner->kind = rc < 0 ? NULL : saved->work->kinds[number];
        }
        partner->count = json_find_whole(each, "count");
        partner->residual_min = json_find_whole(each, "residual_min");
        uint32_t unit = violation->unit;
        if (rc == 0 && json_find(each, "unit", JSON_TEXT) != NULL) {
            rc = saved_unit(saved, each, &unit, err);
        }
        if (rc == 0) {
            rc = read_sampled(saved, each, partner, err);
        }
        if (rc == 0) {
            rc = form.len > 0 && partner->form == NULL
                     ? no_memory(err)
                     : saved_place(saved, unit, each, &at->with[violation->with_count], err);
        }
        violation->with_count++;
    }
    return rc;
}

/* Which field or role of which unit. */
static int read_subject(struct saved_results *saved, const struct json_value *record,
                        struct violation *violation, struct saved_violation *at,
                        struct error *err) {
    struct bytes kind = json_find_text(record, "kind"), role = json_find_text(record, "role");
    uint8_t number = 0;
    violation->unit = violation->field = at->place = NO_NUMBER;
    int rc = json_find(record, "unit", JSON_TEXT) == NULL
                 ? 0
                 : saved_unit(saved, record, &violation->unit, err);
    if (rc == 0 && violation->unit != NO_NUMBER && json_find(record, "column", JSON_TEXT) != NULL) {
        rc = saved_place(saved, violation->unit, record, &at->place, err);
    }
    if (rc == 0 && role.len > 0) {
        violation->role = saved_text(saved, role);
        return violation->role == NULL ? no_memory(err) : 0;
    }
    if (rc == 0 && kind.len > 0) {
        rc = saved_kind(saved, kind, &number, err);
    }
    if (rc == 0 && kind.len > 0) {
        violation->kind = saved->work->kinds[number];
        violation->field = saved_find_field(saved->work, at->place, number);
    }
    return rc;
}

static int read_judgement(struct saved_results *saved, const struct json_value *record,
                          struct violation *violation, struct error *err) {
    char name[24];
    enum severity severity;
    struct bytes fingerprint = json_find_text(record, "fingerprint");
    saved_copy(name, sizeof name, json_find_text(record, "severity"));
    if (!severity_from_name(name, &severity) || severity == SEVERITY_NONE ||
        !is_fingerprint(fingerprint)) {
        return error_set(err, YINMA_E_DAMAGED,
                         "a violation without its severity or its fingerprint");
    }
    violation->severity = severity;
    char known[65];
    saved_copy(known, sizeof known, fingerprint);
    if (!violation_set_fingerprint(violation, known)) {
        return no_memory(err);
    }
    violation->count = json_find_whole(record, "count");
    violation->confidence = read_confidence(record);
    violation->allowed = json_find_truth(record, "allowed");
    for (const struct json_value *each = json_find_list(record, "missed"); each != NULL;
         each = each->next) {
        for (unsigned bit = 0; bit < MISSED_COUNT; bit++) {
            bool is_it = bytes_equal(each->text, bytes_of_string(missed_name(bit)));
            violation->missed |= is_it ? 1U << bit : 0U;
        }
    }
    violation->known = bytes_equal(json_find_text(record, "baseline"), BYTES_LIT("known"));
    const struct json_value *accepted = json_find(record, "accepted", JSON_OBJECT);
    violation->accepted = violation->known && accepted != NULL;
    if (violation->accepted) {
        saved_copy(violation->accepted_until, sizeof violation->accepted_until,
                   json_find_text(accepted, "until"));
    }
    violation->counts_for_exit =
        !violation->known && json_find(record, "counted", JSON_BOOL) == NULL;
    for (const struct json_value *each = json_find_list(record, "examples");
         each != NULL && violation->example_count < EXAMPLES_KEPT; each = each->next) {
        struct example *example = arena_alloc(&saved->names, sizeof *example);
        if (example == NULL) {
            return no_memory(err);
        }
        *example = read_example(each);
        violation->examples[violation->example_count++] = example;
    }
    return 0;
}

/* The expectation or flow that it is about. */
static int read_declared(struct saved_results *saved, const struct json_value *record,
                         struct violation *violation, struct error *err) {
    struct bytes text = json_find_text(record, violation->missed != 0 ? "expected" : "flow");
    violation->declared = text.len == 0 ? NULL : saved_text(saved, text);
    return text.len > 0 && violation->declared == NULL ? no_memory(err) : 0;
}

static bool room_for_violation(struct saved_results *saved) {
    struct saved_work *work = saved->work;
    struct results *results = &saved->results;
    size_t room = work->violation_room, count = results->violation_count;
    return saved_room(&work->violations, &room, count, sizeof *work->violations) &&
           saved_room(&results->violations, &work->violation_room, count,
                      sizeof *results->violations);
}

int saved_take_violation(struct saved_results *saved, const struct json_value *record,
                         struct error *err) {
    struct violation violation = {0};
    struct saved_violation at = {.has_forms = json_find_list(record, "mask_forms") != NULL};
    int rc = room_for_violation(saved) ? 0 : no_memory(err);
    if (rc == 0) {
        rc = saved_rule(saved, record, &violation.rule, err);
    }
    if (rc == 0) {
        rc = read_subject(saved, record, &violation, &at, err);
    }
    if (rc == 0) {
        rc = read_judgement(saved, record, &violation, err);
    }
    if (rc == 0) {
        rc = read_declared(saved, record, &violation, err);
    }
    if (rc == 0) {
        rc = read_partners(saved, record, &violation, &at, err);
    }
    if (rc == 0) {
        rc = saved_related(saved, record, &violation, err);
    }
    if (rc == 0) {
        rc = saved_violation_age(saved, record, &violation, err);
    }
    if (rc < 0) {
        violation_release(&violation);
        return rc;
    }
    saved->work->violations[saved->results.violation_count] = at;
    saved->results.violations[saved->results.violation_count++] = violation;
    return 0;
}

/* ---- coverage ---- */

int saved_take_coverage(struct saved_results *saved, const struct json_value *record,
                        struct error *err) {
    char status[24];
    uint32_t number;
    struct bytes reason = json_find_text(record, "reason");
    int rc = saved_unit(saved, record, &number, err);
    if (rc < 0) {
        return rc;
    }
    struct unit_facts *facts = saved->results.units[number].facts;
    saved_copy(status, sizeof status, json_find_text(record, "status"));
    if (!coverage_status_from_name(status, &facts->status)) {
        return error_set(err, YINMA_E_DAMAGED, "a coverage record without a status");
    }
    facts->bytes = json_find_whole(record, "bytes");
    saved_copy(facts->detail, sizeof facts->detail, json_find_text(record, "detail"));
    if (bytes_equal(reason, bytes_of_string(coverage_reason(0)))) {
        facts->traits |= UNIT_SPECIAL_FILE;
    } else if (reason.len > 0) {
        int code = -1;
        while (code > YINMA_E_LAST &&
               !bytes_equal(reason, bytes_of_string(coverage_reason(code)))) {
            code--;
        }
        facts->error_code = code;
    }
    return 0;
}
