/* What a run says of itself, and what it read. */
#include "reports/records.h"

enum { SCHEMA = 1 };

static void put_engines(struct json_writer *json, const struct run_info *run) {
    json_key(json, "engines");
    json_open(json, '{');
    for (const struct engine_version *engine = run->engines; engine->name != NULL; engine++) {
        json_member_string(json, engine->name, engine->version);
    }
    json_member_known(json, "simd", run->simd);
    json_close(json, '}');
}

static void put_pack(struct json_writer *json, const char *name, const char *version,
                     const char *sha256) {
    json_open(json, '{');
    json_member_string(json, "name", name);
    json_member_known(json, "version", version);
    json_member_known(json, "sha256", sha256);
    json_close(json, '}');
}

static void put_profiles(struct json_writer *json, const struct run_info *run) {
    json_key(json, "profiles");
    json_open(json, '[');
    for (size_t i = 0; run->profiles != NULL && run->profiles[i] != NULL; i++) {
        json_string(json, run->profiles[i]);
    }
    json_close(json, ']');
    if (run->profile_assumed) {
        json_key(json, "profile_assumed");
        json_bool(json, true);
    }
    json_key(json, "class");
    if (run->class == 0) {
        json_null(json);
    } else {
        json_number(json, run->class);
    }
}

static void put_packs(struct record_writer *out) {
    struct json_writer *json = &out->json;
    const struct run_info *run = &out->results->run;
    json_key(json, "packs");
    json_open(json, '[');
    for (const struct pack_stamp *stamp = run->packs; stamp != NULL && stamp->name != NULL;
         stamp++) {
        put_pack(json, stamp->name, stamp->version, stamp->sha256);
    }
    for (size_t i = 0; run->packs == NULL && run->profiles != NULL && run->profiles[i] != NULL;
         i++) {
        const struct pack *pack = out->results->catalog == NULL
                                      ? NULL
                                      : catalog_find_pack(out->results->catalog, run->profiles[i]);
        if (pack != NULL) {
            put_pack(json, pack->name, pack->version, pack->sha256);
        }
    }
    json_close(json, ']');
}

static void put_source_digest(struct json_writer *json, const struct source_set *sources) {
    if (sources->sha256[0] == '\0') {
        return;
    }
    json_key(json, "sources");
    json_open(json, '{');
    json_member_number(json, "files", sources->files);
    json_member_string(json, "sha256", sources->sha256);
    json_key(json, "contents");
    json_bool(json, sources->contents);
    json_close(json, '}');
}

static void put_words(struct json_writer *json, const char *key, char *const *words) {
    if (words == NULL) {
        return;
    }
    json_key(json, key);
    json_open(json, '[');
    for (; *words != NULL; words++) {
        json_string(json, *words);
    }
    json_close(json, ']');
}

void records_digests(struct record_writer *out) {
    struct json_writer *json = &out->json;
    const struct run_info *run = &out->results->run;
    put_packs(out);
    json_key(json, "config_sha256");
    if (run->config_sha256[0] == '\0') {
        json_null(json);
    } else {
        json_string(json, run->config_sha256);
    }
    json_member_known(json, "settings_sha256", run->settings_sha256);
    json_member_known(json, "selection_sha256", run->selection_sha256);
    json_member_known(json, "kinds_sha256", run->kinds_sha256);
    put_source_digest(json, &out->results->sources);
}

void records_run(struct record_writer *out) {
    struct json_writer *json = &out->json;
    const struct run_info *run = &out->results->run;
    record_begin(out, "run");
    json_member_number(json, "schema", SCHEMA);
    json_member_string(json, "yinma", run->version == NULL ? YINMA_VERSION : run->version);
    put_engines(json, run);
    char started[RECORDS_TIME_TEXT];
    records_time(run->started, started);
    json_member_known(json, "started", started);
    json_member_known(json, "as_of", run->as_of);
    json_member_known(json, "tz", run->tz);
    put_profiles(json, run);
    records_digests(out);
    json_member_known(json, "key_id", run->key_id);
    if (run->key_ephemeral) {
        json_key(json, "key_ephemeral");
        json_bool(json, true);
    }
    if (run->revealed) {
        json_key(json, "revealed");
        json_bool(json, true);
    }
    json_member_string(json, "fail_on",
                       run->fail_on == SEVERITY_NONE ? "never" : severity_name(run->fail_on));
    json_member_known(json, "host", run->host);
    put_words(json, "paths", run->paths);
    put_words(json, "args", run->args);
    record_end(out);
}

/* What was read, source by source: for comparisons. */
void records_sources(struct record_writer *out) {
    const struct source_set *sources = &out->results->sources;
    struct text_buffer text;
    if (!sources->known) {
        return;
    }
    text_buffer_init(&text, 0);
    source_set_print(sources, &text);
    if (text.failed) {
        report_fail_memory(out->json.sink);
    }
    record_begin(out, "sources");
    json_member_number(&out->json, "count", sources->count);
    json_member_text(&out->json, "read", text_buffer_view(&text));
    record_end(out);
    text_buffer_release(&text);
}
