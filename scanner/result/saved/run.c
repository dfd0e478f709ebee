/* run.c - what several runs say of themselves, as one. */
#include <stdlib.h>

#include "result/saved/work.h"

enum { SCHEMA = 1 };

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for saved results");
}

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

int saved_take_run(struct saved_results *saved, const struct json_value *record,
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
