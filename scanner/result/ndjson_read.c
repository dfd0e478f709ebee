#include "result/ndjson_read.h"

#include <errno.h>
#include <stdlib.h>

#include "result/baseline.h"
#include "result/saved_work.h"
#include "result/text_copy.h"

enum { SCHEMA = 1, RECORD_BYTES_MAX = 64 << 20 };

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

/* ---- run ---- */

static void read_engines(struct saved_results *saved, const struct json_value *record) {
    const struct json_value *engines = json_find(record, "engines", JSON_OBJECT);
    struct run_info *run = &saved->results.run;
    unsigned count = 0;
    for (const struct json_value *each = engines == NULL ? NULL : engines->first; each != NULL;
         each = each->next) {
        const char *name = saved_text(saved, each->key);
        if (name != NULL && strcmp(name, "simd") == 0) {
            run->simd = saved_text(saved, each->text);
        } else if (name != NULL && count < RUN_ENGINES_MAX) {
            run->engines[count].name = name;
            saved_copy(run->engines[count].version, sizeof run->engines[count].version, each->text);
            count++;
        }
    }
}

static size_t length_of(const struct json_value *first) {
    size_t count = 0;
    for (; first != NULL; first = first->next) {
        count++;
    }
    return count;
}

static int read_packs(struct saved_results *saved, const struct json_value *record,
                      struct error *err) {
    struct run_info *run = &saved->results.run;
    const struct json_value *packs = json_find_list(record, "packs");
    const struct json_value *profiles = json_find_list(record, "profiles");
    size_t count = 0;
    struct pack_stamp *stamps = arena_alloc(&saved->names, (length_of(packs) + 1) * sizeof *stamps);
    run->profiles = calloc(length_of(profiles) + 1, sizeof *run->profiles);
    if (stamps == NULL || run->profiles == NULL) {
        return no_memory(err);
    }
    for (; packs != NULL; packs = packs->next, stamps[count].name == NULL ? count : count++) {
        stamps[count] = (struct pack_stamp){saved_text(saved, json_find_text(packs, "name")),
                                            saved_text(saved, json_find_text(packs, "version")),
                                            saved_text(saved, json_find_text(packs, "sha256"))};
    }
    run->packs = stamps;
    for (size_t i = 0; profiles != NULL; profiles = profiles->next, i++) {
        run->profiles[i] = saved_text(saved, profiles->text);
        if (run->profiles[i] == NULL) {
            return no_memory(err);
        }
    }
    return 0;
}

/* A list of strings; NULL where the record has none. */
static int read_words(const struct json_value *record, const char *member, char ***out,
                      struct error *err) {
    const struct json_value *words = json_find_list(record, member);
    if (json_find(record, member, JSON_ARRAY) == NULL) {
        return 0;
    }
    *out = calloc(length_of(words) + 1, sizeof **out);
    for (size_t i = 0; *out != NULL && words != NULL; words = words->next, i++) {
        struct bytes text = words->text;
        (*out)[i] = strndup(text.len == 0 ? "" : (const char *)text.ptr, text.len);
        if ((*out)[i] == NULL) {
            return no_memory(err);
        }
    }
    return *out == NULL ? no_memory(err) : 0;
}

static void read_source_digest(struct source_set *sources, const struct json_value *record) {
    const struct json_value *from = json_find(record, "sources", JSON_OBJECT);
    sources->files = json_find_whole(from, "files");
    sources->contents = json_find_truth(from, "contents");
    saved_copy(sources->sha256, sizeof sources->sha256, json_find_text(from, "sha256"));
}

time_t saved_time(struct bytes text) {
    char copy[32];
    struct tm time = {0};
    saved_copy(copy, sizeof copy, text);
    const char *end = strptime(copy, "%Y-%m-%dT%H:%M:%SZ", &time);
    return end == NULL || *end != '\0' ? 0 : timegm(&time);
}

static enum severity read_fail_on(const struct json_value *record) {
    char name[24];
    enum severity severity = SEVERITY_MEDIUM;
    saved_copy(name, sizeof name, json_find_text(record, "fail_on"));
    if (!severity_from_name(name, &severity)) {
        severity = SEVERITY_MEDIUM;
    }
    return severity;
}

static int first_run(struct saved_results *saved, const struct json_value *record,
                     struct error *err) {
    struct run_info *run = &saved->results.run;
    run->started = saved_time(json_find_text(record, "started"));
    saved_copy(run->as_of, sizeof run->as_of, json_find_text(record, "as_of"));
    saved_copy(run->config_sha256, sizeof run->config_sha256,
               json_find_text(record, "config_sha256"));
    saved_copy(run->key_id, sizeof run->key_id, json_find_text(record, "key_id"));
    saved_copy(run->host, sizeof run->host, json_find_text(record, "host"));
    saved_copy(run->settings_sha256, sizeof run->settings_sha256,
               json_find_text(record, "settings_sha256"));
    saved_copy(run->selection_sha256, sizeof run->selection_sha256,
               json_find_text(record, "selection_sha256"));
    saved_copy(run->kinds_sha256, sizeof run->kinds_sha256, json_find_text(record, "kinds_sha256"));
    read_source_digest(&saved->results.sources, record);
    run->key_ephemeral = json_find_truth(record, "key_ephemeral");
    run->profile_assumed = json_find_truth(record, "profile_assumed");
    run->revealed = json_find_truth(record, "revealed");
    run->class = (unsigned)json_find_whole(record, "class");
    run->fail_on = read_fail_on(record);
    run->tz = saved_text(saved, json_find_text(record, "tz"));
    run->version = saved_text(saved, json_find_text(record, "yinma"));
    read_engines(saved, record);
    int rc = run->tz == NULL || run->version == NULL ? no_memory(err) : 0;
    if (rc == 0) {
        rc = read_words(record, "args", &run->args, err);
    }
    if (rc == 0) {
        rc = read_words(record, "paths", &run->paths, err);
    }
    return rc == 0 ? read_packs(saved, record, err) : rc;
}

static void keep_equal(char *kept, struct bytes other) {
    if (!bytes_equal(bytes_of_string(kept), other)) {
        kept[0] = '\0';
    }
}

static bool has_profile(const struct run_info *run, struct bytes name) {
    for (size_t i = 0; run->profiles[i] != NULL; i++) {
        if (bytes_equal(bytes_of_string(run->profiles[i]), name)) {
            return true;
        }
    }
    return false;
}

static int add_profiles(struct saved_results *saved, const struct json_value *record,
                        struct error *err) {
    struct run_info *run = &saved->results.run;
    for (const struct json_value *each = json_find_list(record, "profiles"); each != NULL;
         each = each->next) {
        size_t count = 0;
        while (run->profiles[count] != NULL) {
            count++;
        }
        if (has_profile(run, each->text)) {
            continue;
        }
        const char **profiles = reallocarray(run->profiles, count + 2, sizeof *profiles);
        if (profiles == NULL) {
            return no_memory(err);
        }
        run->profiles = profiles;
        profiles[count] = saved_text(saved, each->text);
        profiles[count + 1] = NULL;
    }
    return 0;
}

/* All that any of the runs looked at. */
static int add_paths(struct run_info *run, const struct json_value *record, struct error *err) {
    char **more = NULL;
    int rc = read_words(record, "paths", &more, err);
    size_t before = 0, count = 0;
    for (; run->paths != NULL && run->paths[before] != NULL; before++) {
    }
    for (; more != NULL && more[count] != NULL; count++) {
    }
    char **all = rc < 0 ? NULL : reallocarray(run->paths, before + count + 1, sizeof *all);
    if (all == NULL) {
        for (size_t i = 0; i < count; i++) {
            free(more[i]);
        }
        free(more);
        return rc < 0 ? rc : no_memory(err);
    }
    run->paths = all;
    for (size_t i = 0; i < count; i++) {
        all[before + i] = more[i];
    }
    all[before + count] = NULL;
    free(more);
    return 0;
}

/* What the runs do not agree upon is left out; the strictest threshold holds. */
static int another_run(struct saved_results *saved, const struct json_value *record,
                       struct error *err) {
    struct run_info *run = &saved->results.run;
    time_t started = saved_time(json_find_text(record, "started"));
    run->started = started < run->started ? started : run->started;
    keep_equal(run->as_of, json_find_text(record, "as_of"));
    keep_equal(run->config_sha256, json_find_text(record, "config_sha256"));
    keep_equal(run->settings_sha256, json_find_text(record, "settings_sha256"));
    keep_equal(run->selection_sha256, json_find_text(record, "selection_sha256"));
    keep_equal(run->kinds_sha256, json_find_text(record, "kinds_sha256"));
    saved->results.sources.sha256[0] = '\0'; /* lists of files cannot be added up */
    keep_equal(run->key_id, json_find_text(record, "key_id"));
    keep_equal(run->host, json_find_text(record, "host"));
    run->key_ephemeral |= json_find_truth(record, "key_ephemeral");
    run->revealed |= json_find_truth(record, "revealed");
    run->profile_assumed &= json_find_truth(record, "profile_assumed");
    run->class = run->class == json_find_whole(record, "class") ? run->class : 0;
    enum severity fail_on = read_fail_on(record);
    if (run->fail_on == SEVERITY_NONE || (fail_on != SEVERITY_NONE && fail_on < run->fail_on)) {
        run->fail_on = fail_on;
    }
    for (size_t i = 0; run->args != NULL && run->args[i] != NULL; i++) {
        free(run->args[i]);
    }
    free(run->args);
    run->args = NULL;
    int rc = add_paths(run, record, err);
    return rc == 0 ? add_profiles(saved, record, err) : rc;
}

static int take_run(struct saved_results *saved, const struct json_value *record,
                    struct error *err) {
    struct saved_work *work = saved->work;
    if (work->run_open) {
        return error_set(err, YINMA_E_DAMAGED, "a run begins before the one before it has ended");
    }
    if (json_find_whole(record, "schema") != SCHEMA) {
        return error_set(err, YINMA_E_DAMAGED, "results of another schema than %d", SCHEMA);
    }
    work->run_open = true;
    lookup_release(&work->units); /* units of different runs stay apart */
    struct bytes key = json_find_text(record, "key_id");
    if (saved->runs++ == 0) {
        saved_copy(work->key_id, sizeof work->key_id, key);
        return first_run(saved, record, err);
    }
    saved->keys_differ |= !bytes_equal(bytes_of_string(work->key_id), key);
    return another_run(saved, record, err);
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
        return take_run(saved, record, err);
    }
    if (type.len == 0 || !saved->work->run_open) {
        return error_set(err, YINMA_E_DAMAGED,
                         "no results of yinma (scan --format ndjson writes them): a record "
                         "without %s",
                         type.len == 0 ? "a type" : "its run");
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
                       into->runs == before ? "no results of yinma are in it"
                                            : "the summary is missing: the file was cut off");
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
