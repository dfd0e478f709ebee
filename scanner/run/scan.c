#include "run/scan.h"

#include <stdlib.h>
#include <unistd.h>

#include "catalog/suggest.h"
#include "judge/seek/seek.h"
#include "patterns/name_memory.h"
#include "result/found_rows.h"
#include "run/file_owner.h"
#include "run/scan_parts.h"

enum { UNITS_A_THREAD = 500 }; /* fewer are judged before a thread has begun */

static const char builtin_pack[] = "yinma";
static const char default_pack[] = "platform";
static const char all_packs[] = "all";

/* ---- profiles ---- */

static const char *const *chosen_profiles(const struct engine *engine,
                                          const struct scan_options *options) {
    if (options->profiles != NULL && options->profiles[0] != NULL) {
        return options->profiles;
    }
    return engine->config == NULL ? NULL : engine->config->profiles;
}

static int unknown_profile(const struct catalog *catalog, const char *name, struct error *err) {
    size_t count = catalog_pack_count(catalog);
    const char **names = calloc(count + 2, sizeof *names);
    if (names == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the names of the packs");
    }
    for (size_t i = 0; i < count; i++) {
        names[i] = catalog_pack(catalog, i)->name;
    }
    names[count] = all_packs;
    char text[400];
    name_complaint("profile", bytes_of_string(name), names, text, sizeof text);
    free(names);
    return error_set(err, YINMA_E_USAGE, "%s", text);
}

static void add_profile(struct run_info *run, const struct pack *pack) {
    size_t count = 0;
    while (run->profiles[count] != NULL) {
        if (strcmp(run->profiles[count], pack->name) == 0) {
            return;
        }
        count++;
    }
    run->profiles[count] = pack->name;
}

static int add_named_profile(const struct catalog *catalog, const struct scan_options *options,
                             const char *name, struct run_info *run, struct error *err) {
    bool all = strcmp(name, all_packs) == 0;
    const struct pack *pack = all ? NULL : catalog_find_pack(catalog, name);
    if (!all && pack == NULL) {
        return unknown_profile(catalog, name, err);
    }
    for (size_t i = 0; all && i < catalog_pack_count(catalog); i++) {
        const struct pack *each = catalog_pack(catalog, i);
        if (!options->no_builtin || strcmp(each->name, builtin_pack) != 0) {
            add_profile(run, each);
        }
    }
    if (pack != NULL) {
        add_profile(run, pack);
    }
    return 0;
}

static int set_profiles(const struct engine *engine, const struct scan_options *options,
                        struct run_info *run, struct error *err) {
    static const char *const assumed[] = {default_pack, NULL};
    const struct catalog *catalog = engine->catalog;
    const char *const *names = chosen_profiles(engine, options);
    run->profile_assumed = names == NULL || names[0] == NULL;
    if (run->profile_assumed) {
        names = assumed;
    }
    run->profiles = calloc(catalog_pack_count(catalog) + 1, sizeof *run->profiles);
    if (run->profiles == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the names of the packs");
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        int rc = add_named_profile(catalog, options, names[i], run, err);
        if (rc < 0) {
            return rc;
        }
    }
    const struct pack *builtin = catalog_find_pack(catalog, builtin_pack);
    if (!options->no_builtin && builtin != NULL) {
        add_profile(run, builtin);
    }
    return 0;
}

/* ---- what is said of the run ---- */

/* Concealed copies of WORDS; the results own them from the first one on. */
static int set_words(kind_list kinds, const char *const *words, char ***out, struct error *err) {
    size_t count = 0;
    while (words != NULL && words[count] != NULL) {
        count++;
    }
    *out = calloc(count + 1, sizeof **out);
    if (*out == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the arguments");
    }
    for (size_t i = 0; i < count; i++) {
        struct text_buffer shown;
        text_buffer_init(&shown, 0);
        conceal(kinds, bytes_of_string(words[i]), &shown);
        (*out)[i] = shown.failed ? NULL : strdup(text_buffer_string(&shown));
        text_buffer_release(&shown);
        if ((*out)[i] == NULL) {
            return error_set(err, YINMA_E_MEMORY, "no memory for the arguments");
        }
    }
    return 0;
}

static void set_digest(char out[65], const char *digest) {
    snprintf(out, 65, "%s", digest == NULL ? "" : digest);
}

static int describe_run(const struct engine *engine, const struct scan_options *options,
                        struct run_info *run, struct error *err) {
    run->started = options->started;
    run->tz = options->tz == NULL ? SCAN_DEFAULT_ZONE : options->tz;
    run->class = options->class;
    if (engine->config != NULL) {
        run->class = options->class != 0 ? options->class : engine->config->class;
        memcpy(run->config_sha256, engine->config->sha256, sizeof run->config_sha256);
    }
    memcpy(run->key_id, engine->key.id, sizeof run->key_id);
    run->key_ephemeral = engine->key.ephemeral;
    if (gethostname(run->host, sizeof run->host) != 0) {
        run->host[0] = '\0';
    }
    run->host[sizeof run->host - 1] = '\0';
    engine_versions(run->engines);
    run->simd = isa_name(engine->isa);
    run->revealed = engine->reveal;
    run->fail_on = options->fail_on;
    set_digest(run->settings_sha256, options->settings_sha256);
    set_digest(run->selection_sha256, options->selection_sha256);
    set_digest(run->kinds_sha256, patterns_sha256);
    int rc = scan_judging_day(options->as_of, run->tz, run->as_of, err);
    if (rc == 0) {
        rc = set_profiles(engine, options, run, err);
    }
    if (rc == 0 && options->roots != NULL) {
        rc = set_words(engine->kinds.items, options->roots, &run->paths, err);
    }
    return rc == 0 ? set_words(engine->kinds.items, options->args, &run->args, err) : rc;
}

int scan_check_options(const struct engine *engine, const struct scan_options *options,
                       struct error *err) {
    struct run_info run = {0};
    int rc = set_profiles(engine, options, &run, err);
    free(run.profiles);
    const char *tz = options->tz == NULL ? SCAN_DEFAULT_ZONE : options->tz;
    return rc < 0 ? rc : scan_judging_day(options->as_of, tz, run.as_of, err);
}

/* ---- units ---- */

/* The units of POOL move to OUT, which owns each of them from the moment it is in the array. */
static int take_units(struct pool_result *pool, struct results *out, struct error *err) {
    out->units = calloc(pool->unit_count + 1, sizeof *out->units);
    if (out->units == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the list of units");
    }
    while (pool->units != NULL) {
        struct unit_facts *facts = pool->units;
        pool->units = facts->next;
        facts->next = NULL;
        out->units[out->unit_count++] = (struct unit_result){.facts = facts, .name = facts->name};
    }
    out->store = pool->store;
    pool->store = NULL;
    out->occurrences = pool->occurrences;
    out->chunks = pool->chunks;
    out->chunk_count = pool->chunk_count;
    pool->occurrences = NULL;
    pool->chunks = NULL;
    pool->chunk_count = 0;
    return 0;
}

/* The source name is cut out of the path and may hold what a path may hold. */
static int set_source(const struct engine *engine, const struct source_roots *roots,
                      struct text_buffer *clear, struct unit_result *unit, struct error *err) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    text_buffer_clear(clear);
    judge_source_name(engine->config, roots, unit->facts->path, clear);
    conceal(engine->kinds.items, text_buffer_view(clear), &shown);
    if (clear->failed || shown.failed) {
        text_buffer_release(&shown);
        return error_set(err, YINMA_E_MEMORY, "no memory for the source of a unit");
    }
    unit->source = text_buffer_view(&shown); /* owned by the results from here on */
    return 0;
}

static int describe_units(const struct engine *engine, const struct scan_options *options,
                          struct results *out, struct error *err) {
    struct source_roots roots;
    struct zone_memory zones = {0};
    struct text_buffer clear;
    text_buffer_init(&clear, 0);
    int rc = source_roots_init(&roots, options->paths, err);
    for (size_t i = 0; rc == 0 && i < out->unit_count; i++) {
        struct unit_result *unit = &out->units[i];
        if (!judge_unit_zones(&options->zones, &zones, &out->texts, unit)) {
            rc = error_set(err, YINMA_E_MEMORY, "no memory for the zones of a unit");
            break;
        }
        scan_accept_gap(engine->config, out, unit->facts);
        unit->synthetic = scan_is_synthetic(engine->config, out, unit->facts);
        rc = set_source(engine, &roots, &clear, unit, err);
    }
    text_buffer_release(&clear);
    source_roots_release(&roots);
    return rc;
}

/* ---- totals ---- */

static bool fails_run(const struct results *results) {
    for (size_t i = 0; i < results->violation_count; i++) {
        if (violation_fails(&results->run, &results->violations[i])) {
            return true;
        }
    }
    return false;
}

static void sum_up(const struct scan_options *options, const struct pool_result *pool,
                   struct results *out) {
    struct run_summary *summary = &out->summary;
    summary->units = out->unit_count;
    summary->bytes_read = pool->bytes_read;
    summary->partial = pool->cancelled;
    for (size_t i = 0; i < out->unit_count; i++) {
        summary->bytes_scanned += out->units[i].facts->bytes;
        summary->not_scanned += unit_result_incomplete(&out->units[i]);
    }
    if (options->started_clock > 0) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        summary->seconds = (double)now.tv_sec + (double)now.tv_nsec / 1e9 - options->started_clock;
    }
    const volatile int *signal = options->pool.cancelled;
    if (pool->cancelled && signal != NULL && *signal > 0) {
        summary->status = 128 + *signal; /* as a shell tells it */
    } else if (fails_run(out)) {
        summary->status = 1;
    } else {
        summary->status = summary->not_scanned > 0 ? 3 : 0;
    }
}

/* Whom the run was asked for, and how often that person was met in all units. */
static int sum_up_person(const struct engine *engine, struct results *out, struct error *err) {
    if (engine->sought == NULL) {
        return 0;
    }
    sought_describe(engine->sought, &engine->key, &out->person);
    for (size_t i = 0; i < out->unit_count; i++) {
        struct unit_facts *facts = out->units[i].facts;
        if (!seek_in_name(engine->sought, engine->ops, facts->path, &facts->found) ||
            !found_rows_count(facts)) {
            return error_set(err, YINMA_E_MEMORY, "no memory for the rows of a person");
        }
        for (unsigned n = 0; n < out->person.count; n++) {
            for (unsigned sort = 0; sort < FOUND_SORTS; sort++) {
                out->person.identifiers[n].total[sort] +=
                    found_places_total(&facts->found, n, (enum found_sort)sort);
            }
        }
    }
    return 0;
}

static struct judge_settings judge_settings_of(const struct engine *engine,
                                               const struct scan_options *options) {
    return (struct judge_settings){.lexicon = engine->lexicon,
                                   .policies = engine->policies,
                                   .reference = engine->reference,
                                   .min_confidence = options->min_confidence,
                                   .fail_confidence = options->fail_confidence,
                                   .config = engine->config,
                                   .day = engine->day,
                                   .zone_seconds = engine->zone_seconds};
}

int scan_describe(const struct engine *engine, const struct scan_options *options,
                  struct run_info *out, struct error *err) {
    return describe_run(engine, options, out, err);
}

int scan_judge_view(const struct engine *engine, const struct scan_options *options,
                    const struct run_info *run, struct unit_facts *view, struct results *out,
                    struct error *err) {
    const struct judge_settings settings = judge_settings_of(engine, options);
    *out = (struct results){.catalog = engine->catalog, .run = *run};
    out->units = calloc(1, sizeof *out->units);
    if (out->units == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the list of units");
    }
    out->units[0] = (struct unit_result){.facts = view, .name = view->name};
    out->unit_count = 1;
    int rc = describe_units(engine, options, out, err);
    if (rc == 0) {
        rc = judge_fields(&settings, out, err);
    }
    if (rc == 0) {
        rc = judge_rules(&settings, out, err);
    }
    if (rc == 0 && options->baseline != NULL) {
        baseline_apply(options->baseline, out);
    }
    return rc;
}

void scan_release_view(struct results *view) {
    view->run.profiles = NULL; /* borrowed, as the unit is */
    view->run.args = NULL;
    view->run.paths = NULL;
    for (size_t i = 0; i < view->unit_count; i++) {
        view->units[i].facts = NULL;
    }
    results_release(view);
}

static int judge_all(const struct engine *engine, const struct scan_options *options,
                     const struct judge_settings *settings, struct pool_result *pool,
                     struct results *out, struct error *err) {
    int rc = describe_run(engine, options, &out->run, err);
    if (rc == 0) {
        rc = take_units(pool, out, err);
    }
    if (rc == 0) {
        rc = scan_declare(engine->config, engine->kinds.items, out, err);
    }
    if (rc == 0) {
        rc = file_owner_fill(out, err);
    }
    if (rc == 0) {
        rc = describe_units(engine, options, out, err);
    }
    if (rc == 0) {
        rc = judge_log_spans(out, err);
    }
    if (rc == 0) {
        rc = judge_fields(settings, out, err);
    }
    if (rc == 0) {
        rc = judge_overlap(settings, out, err);
    }
    if (rc == 0) {
        rc = sum_up_person(engine, out, err);
    }
    if (rc == 0 && engine->sought == NULL) { /* where somebody stands is no question of rules */
        rc = judge_rules(settings, out, err);
    }
    if (rc == 0 && !options->without_sources) {
        rc = source_set_of_results(out, &out->sources, err);
    }
    return rc;
}

/* The processors that scanned are free again. */
static unsigned judging_threads(const struct scan_options *options, size_t units) {
    size_t worth = units / UNITS_A_THREAD;
    return worth < options->pool.workers ? (unsigned)worth : options->pool.workers;
}

int scan_judge(const struct engine *engine, const struct scan_options *options,
               struct pool_result *pool, struct results *out, struct error *err) {
    struct judge_settings settings = judge_settings_of(engine, options);
    *out = (struct results){.catalog = engine->catalog};
    settings.names = name_memory_new(engine->lexicon); /* without one names are read anew */
    settings.zones_by_content = true;
    settings.threads = judging_threads(options, pool->unit_count);
    int rc = judge_all(engine, options, &settings, pool, out, err);
    name_memory_free(settings.names);
    if (rc < 0) {
        results_release(out);
        return rc;
    }
    if (options->baseline != NULL) {
        baseline_apply(options->baseline, out);
    }
    sum_up(options, pool, out);
    return 0;
}
