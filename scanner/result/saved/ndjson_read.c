#include "result/saved/ndjson_read.h"

#include <errno.h>
#include <stdlib.h>

#include "result/saved/baseline.h"
#include "result/saved/work.h"
#include "result/text_copy.h"

enum { RECORD_BYTES_MAX = 64 << 20 };

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for saved results");
}

int saved_results_init(struct saved_results *out, const struct catalog *catalog,
                       struct error *err) {
    *out = (struct saved_results){.results = {.catalog = catalog}};
    arena_init(&out->names, 0);
    out->work = calloc(1, sizeof *out->work);
    if (out->work == NULL) {
        return no_memory(err);
    }
    out->work->catalog = catalog;
    arena_init(&out->work->record, (size_t)RECORD_BYTES_MAX * 16);
    return 0;
}

static void work_free(struct saved_work *work) {
    if (work != NULL) {
        arena_release(&work->record);
        lookup_release(&work->units);
        lookup_release(&work->by_place);
        lookup_release(&work->by_field);
        free(work->places);
        free(work->fields);
        free(work->violations);
        free(work->rules);
        free(work);
    }
}

void saved_results_release(struct saved_results *saved) {
    work_free(saved->work);
    results_release(&saved->results);
    arena_release(&saved->names);
    *saved = (struct saved_results){0};
}

/* ---- summary ---- */

/* What the configuration of the run declared, in the order of the files. */
static int take_declarations(struct saved_results *saved, const struct json_value *record,
                             struct error *err) {
    static const char *const members[] = {"waive", "synthetic", "allow"};
    struct results *results = &saved->results;
    for (const struct json_value *each = json_find_list(record, "declared"); each != NULL;
         each = each->next) {
        struct declaration *more =
            reallocarray(results->declarations, results->declaration_count + 1, sizeof *more);
        if (more == NULL) {
            return no_memory(err);
        }
        results->declarations = more;
        struct declaration *out = &more[results->declaration_count++];
        *out = (struct declaration){.member = members[0],
                                    .expired = json_find_truth(each, "expired"),
                                    .count = json_find_whole(each, "count")};
        for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
            bool is_it = bytes_equal(json_find_text(each, "by"), bytes_of_string(members[i]));
            out->member = is_it ? members[i] : out->member;
        }
        saved_copy(out->expires, sizeof out->expires, json_find_text(each, "expires"));
        if (!text_copy(json_find_text(each, "files"), &out->files) ||
            !text_copy(json_find_text(each, "owner"), &out->by) ||
            !text_copy(json_find_text(each, "reason"), &out->why)) {
            return no_memory(err);
        }
    }
    return 0;
}

static void take_summary(struct saved_results *saved, const struct json_value *record) {
    struct run_summary *summary = &saved->results.summary;
    const struct json_value *counts = json_find(record, "violations", JSON_OBJECT);
    summary->units += json_find_whole(record, "units");
    summary->bytes_read += json_find_whole(record, "bytes_read");
    summary->bytes_scanned += json_find_whole(record, "bytes_scanned");
    summary->seconds += json_find_real(record, "seconds");
    summary->values += json_find_whole(record, "values");
    summary->below_confidence += json_find_whole(record, "below_confidence");
    summary->subjects += json_find_whole(record, "subjects");
    double error = json_find_real(record, "subjects_error");
    summary->subjects_error = error > summary->subjects_error ? error : summary->subjects_error;
    if (summary->subjects_basis == NULL || strcmp(summary->subjects_basis, "none") == 0) {
        summary->subjects_basis = saved_text(saved, json_find_text(record, "subjects_basis"));
    }
    for (unsigned severity = SEVERITY_LOW; severity <= SEVERITY_CRITICAL; severity++) {
        summary->violations[severity] +=
            json_find_whole(counts, severity_name((enum severity)severity));
    }
    summary->not_scanned += json_find_whole(record, "not_scanned");
    summary->partial |= json_find_truth(record, "partial");
    saved->work->run_open = false;
}

/* ---- lines ---- */

static int take_record(struct saved_results *saved, const struct json_value *record,
                       struct error *err) {
    struct bytes type = json_find_text(record, "type");
    if (bytes_equal(type, BYTES_LIT("run"))) {
        return saved_take_run(saved, record, err);
    }
    if (type.len == 0 || !saved->work->run_open) {
        return error_set(err, YINMA_E_DAMAGED,
                         "no results of yinma (scan --format ndjson writes them): a record "
                         "without %s",
                         type.len == 0 ? SAID("a type") : SAID("its run"));
    }
    if (bytes_equal(type, BYTES_LIT("field"))) {
        return saved_take_field(saved, record, err);
    }
    if (bytes_equal(type, BYTES_LIT("violation"))) {
        return saved_take_violation(saved, record, err);
    }
    if (bytes_equal(type, BYTES_LIT("logs"))) {
        return saved_take_logs(saved, record, err);
    }
    if (bytes_equal(type, BYTES_LIT("control"))) {
        return saved_take_control(saved, record, err);
    }
    if (bytes_equal(type, BYTES_LIT("request"))) {
        return saved_take_request(saved, record, err);
    }
    if (bytes_equal(type, BYTES_LIT("found"))) {
        return saved_take_found(saved, record, err);
    }
    if (bytes_equal(type, BYTES_LIT("coverage"))) {
        return saved_take_coverage(saved, record, err);
    }
    if (bytes_equal(type, BYTES_LIT("sources"))) {
        saved->results.sources.known = true;
        return source_set_parse(&saved->results.sources, json_find_text(record, "read"), err);
    }
    if (bytes_equal(type, BYTES_LIT("summary"))) {
        take_summary(saved, record);
        return take_declarations(saved, record, err);
    }
    saved->occurrences_lost |= bytes_equal(type, BYTES_LIT("occurrence"));
    return 0;
}

static int take_line(struct saved_results *saved, struct bytes line, struct error *err) {
    const struct json_value *record = NULL;
    if (line.len > RECORD_BYTES_MAX) {
        return error_set(err, YINMA_E_DAMAGED, "a record longer than any of ours");
    }
    if (bytes_trim(line).len == 0) {
        return 0;
    }
    int rc = json_parse(line, &saved->work->record, &record, err);
    if (rc < 0 && rc != YINMA_E_MEMORY && !saved->work->run_open) {
        rc = error_set(err, rc, "no results of yinma (scan --format ndjson writes them)");
    }
    if (rc == 0) {
        rc = take_record(saved, record, err);
    }
    arena_release(&saved->work->record);
    return rc;
}

int saved_results_add(struct saved_results *into, FILE *file, const char *name, struct error *err) {
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t len = 0;
    int rc = 0;
    unsigned before = into->runs;
    struct error inner = {0};
    while (rc == 0 && (len = getline(&line, &room, file)) >= 0) {
        number++;
        rc = take_line(into, bytes_of(line, (size_t)len), &inner);
    }
    int os_errno = errno;
    free(line);
    if (rc == 0 && ferror(file) != 0) {
        error_set_errno(err, os_errno, "%s: cannot be read", name);
        return YINMA_E_IO;
    }
    if (rc == 0 && (into->work->run_open || into->runs == before)) {
        rc = error_set(&inner, YINMA_E_DAMAGED, "%s",
                       into->runs == before ? SAID("no results of yinma are in it")
                                            : SAID("the summary is missing: the file was cut off"));
    }
    return rc == 0 ? 0 : error_set(err, rc, "%s:%zu: %s", name, number, inner.text);
}

/* ---- the end ---- */

static const struct kind_facts *facts_of_kind(const struct field_facts *field, uint8_t kind) {
    uint32_t at = 0;
    while (at + 1 < field->kind_count && field->kinds[at].kind != kind) {
        at++;
    }
    return &field->kinds[at];
}

static void connect_violation(struct saved_results *saved, size_t number) {
    const struct saved_violation *at = &saved->work->violations[number];
    struct violation *violation = &saved->results.violations[number];
    if (at->place != NO_NUMBER) {
        violation->place = saved_place_facts(saved, at->place);
    }
    for (unsigned i = 0; i < violation->with_count; i++) {
        violation->with[i].place = saved_place_facts(saved, at->with[i]);
    }
    if (at->has_forms && violation->field != NO_NUMBER) {
        violation->forms = &saved->results.fields[violation->field].facts->forms;
    }
}

int saved_results_finish(struct saved_results *saved, const struct baseline *baseline,
                         const enum severity *fail_on, struct error *err) {
    struct results *results = &saved->results;
    struct run_summary *summary = &results->summary;
    bool fails = false;
    if (summary->subjects_basis == NULL && saved->runs > 0) {
        return no_memory(err);
    }
    if (fail_on != NULL) {
        results->run.fail_on = *fail_on;
    }
    for (size_t i = 0; i < results->field_count; i++) {
        const struct saved_field *at = &saved->work->fields[i];
        results->fields[i].field = saved_place_facts(saved, at->place);
        results->fields[i].facts = facts_of_kind(results->fields[i].field, at->kind);
    }
    for (size_t i = 0; i < results->violation_count; i++) {
        connect_violation(saved, i);
    }
    if (baseline != NULL) {
        baseline_apply(baseline, results);
    }
    for (size_t i = 0; i < results->violation_count; i++) {
        fails = fails || violation_fails(&results->run, &results->violations[i]);
    }
    summary->status = fails ? 1 : summary->partial || summary->not_scanned > 0 ? 3 : 0;
    return 0;
}
