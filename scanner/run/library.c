/* library.c - yinma.h over the rooms: the pool is left out, the calling thread does the work. */
#include "yinma.h"

#include <stdlib.h>

#include "catalog/zone_option.h"
#include "run/library_records.h"
#include "run/scan.h"
#include "run/scan_parts.h"

_Static_assert((int)YINMA_NO_MEMORY == (int)YINMA_E_MEMORY, "codes of yinma.h are our own");
_Static_assert((int)YINMA_BAD_CALL == (int)YINMA_E_USAGE, "codes of yinma.h are our own");

enum { TAIPEI_SECONDS = 8 * 3600 }; /* ahead of UTC */

struct yinma_engine {
    struct engine *engine;
    struct config *config;
    struct zone_setting *zones;
    size_t zone_count;
    char **profiles; /* NULL-terminated, or NULL */
    char as_of[11];  /* "" = today, asked when judging */
    struct scan_options scan;
};

struct yinma_scanner {
    const yinma_engine *engine;
    struct pipeline *pipeline;
    struct pool_result found;
    struct unit_facts **tail; /* where the next unit is hung on */
    char **roots;             /* paths given since the last judgement, NULL-terminated */
    size_t root_count;
};

static int report(int rc, const struct error *err, struct yinma_error *error) {
    if (error != NULL) {
        error->text[0] = '\0';
        if (rc < 0) {
            snprintf(error->text, sizeof error->text, "%s", err->text);
        }
    }
    return rc;
}

const char *yinma_version(void) {
    return YINMA_VERSION;
}

/* ---- engine ---- */

static void free_list(char **list) {
    for (size_t i = 0; list != NULL && list[i] != NULL; i++) {
        free(list[i]);
    }
    free(list);
}

static size_t list_length(const char *const *list) {
    size_t count = 0;
    while (list != NULL && list[count] != NULL) {
        count++;
    }
    return count;
}

static int set_zones(yinma_engine *self, const char *const *zones, struct error *err) {
    self->zones = calloc(list_length(zones) + 1, sizeof *self->zones);
    if (self->zones == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the zones");
    }
    for (size_t i = 0; zones != NULL && zones[i] != NULL; i++) {
        char *glob = NULL;
        zone_set set = 0;
        int rc = zone_option_parse(zones[i], &glob, &set, err);
        if (rc < 0) {
            return rc;
        }
        self->zones[self->zone_count++] = (struct zone_setting){glob, set};
    }
    return 0;
}

static int set_profiles(yinma_engine *self, const char *const *profiles, struct error *err) {
    size_t count = list_length(profiles);
    if (count == 0) {
        return 0;
    }
    self->profiles = calloc(count + 1, sizeof *self->profiles);
    for (size_t i = 0; self->profiles != NULL && i < count; i++) {
        self->profiles[i] = strdup(profiles[i]);
        if (self->profiles[i] == NULL) {
            return error_set(err, YINMA_E_MEMORY, "no memory for the profiles");
        }
    }
    return self->profiles == NULL ? error_set(err, YINMA_E_MEMORY, "no memory for the profiles")
                                  : 0;
}

static int set_scan_options(yinma_engine *self, const struct yinma_options *options,
                            struct error *err) {
    struct scan_options *scan = &self->scan;
    scan->zones = (struct zone_sources){.command_line = self->zones,
                                        .command_line_count = self->zone_count,
                                        .config = self->config};
    scan->profiles = (const char *const *)self->profiles;
    scan->min_confidence = CONFIDENCE_LIKELY;
    scan->fail_on = SEVERITY_MEDIUM;
    scan->class = options->firm_class;
    if (options->min_confidence != NULL &&
        !confidence_from_name(options->min_confidence, &scan->min_confidence)) {
        return error_set(err, YINMA_E_USAGE,
                         "unknown confidence; allowed: possible, likely, certain");
    }
    if (options->firm_class > 2) {
        return error_set(err, YINMA_E_USAGE, "unknown class of firm; allowed: 1, 2");
    }
    if (options->as_of != NULL) {
        if (!scan_date_valid(options->as_of)) {
            return error_set(err, YINMA_E_USAGE, "as_of is not a date like 2026-01-31");
        }
        memcpy(self->as_of, options->as_of, sizeof self->as_of);
        scan->as_of = self->as_of;
    }
    char day[11];
    int rc = scan_check_options(self->engine, scan, err);
    if (rc == 0) {
        rc = scan_judging_day(scan->as_of, SCAN_DEFAULT_ZONE, day, err);
    }
    if (rc == 0) {
        engine_set_day(self->engine, day_read(bytes_of_string(day)), TAIPEI_SECONDS);
    }
    return rc;
}

static int build(yinma_engine *self, const struct yinma_options *options, struct error *err) {
    struct engine_vocabulary vocabulary;
    engine_vocabulary_init(&vocabulary);
    int rc = 0;
    if (options->config_file != NULL) {
        rc = config_load(options->config_file, &vocabulary.words, &self->config, err);
    }
    struct input_limits limits;
    input_limits_default(&limits);
    limits.timeout_seconds = options->timeout_seconds;
    const struct engine_options wanted = {.config = self->config,
                                          .limits = &limits,
                                          .key_file = options->key_file,
                                          .fingerprints = true};
    if (rc == 0) {
        rc = engine_new(&wanted, &self->engine, err);
    }
    if (rc == 0) {
        rc = set_zones(self, options->zones, err);
    }
    if (rc == 0) {
        rc = set_profiles(self, options->profiles, err);
    }
    return rc == 0 ? set_scan_options(self, options, err) : rc;
}

int yinma_engine_new(const struct yinma_options *options, yinma_engine **engine,
                     struct yinma_error *error) {
    static const struct yinma_options defaults;
    struct error err = {0};
    *engine = NULL;
    yinma_engine *self = calloc(1, sizeof *self);
    int rc = self == NULL ? error_set(&err, YINMA_E_MEMORY, "no memory for the engine")
                          : build(self, options == NULL ? &defaults : options, &err);
    if (rc < 0) {
        yinma_engine_free(self);
        return report(rc == YINMA_E_MEMORY ? YINMA_NO_MEMORY : YINMA_BAD_CALL, &err, error);
    }
    *engine = self;
    return report(0, &err, error);
}

void yinma_engine_free(yinma_engine *engine) {
    if (engine == NULL) {
        return;
    }
    engine_free(engine->engine);
    config_free(engine->config);
    for (size_t i = 0; i < engine->zone_count; i++) {
        free((void *)(uintptr_t)engine->zones[i].glob);
    }
    free(engine->zones);
    free_list(engine->profiles);
    free(engine);
}

/* ---- scanner ---- */

static void forget(yinma_scanner *scanner) {
    pool_result_release(&scanner->found);
    scanner->tail = &scanner->found.units;
    free_list(scanner->roots);
    scanner->roots = NULL;
    scanner->root_count = 0;
}

yinma_scanner *yinma_scanner_new(const yinma_engine *engine) {
    yinma_scanner *scanner = calloc(1, sizeof *scanner);
    if (scanner != NULL) {
        scanner->engine = engine;
        scanner->pipeline = pipeline_new(engine->engine);
        scanner->tail = &scanner->found.units;
        if (scanner->pipeline == NULL) {
            free(scanner);
            return NULL;
        }
    }
    return scanner;
}

void yinma_scanner_free(yinma_scanner *scanner) {
    if (scanner != NULL) {
        forget(scanner);
        pipeline_free(scanner->pipeline);
        free(scanner);
    }
}

static int on_done(void *context, struct unit_facts *facts, struct error *err) {
    yinma_scanner *scanner = context;
    (void)err;
    *scanner->tail = facts;
    scanner->tail = &facts->next;
    scanner->found.unit_count++;
    return 0;
}

static bool on_progress(void *context, uint64_t bytes) {
    yinma_scanner *scanner = context;
    scanner->found.bytes_read += bytes;
    return false;
}

static struct unit_sink sink_of(yinma_scanner *scanner) {
    return (struct unit_sink){.context = scanner, .done = on_done, .progress = on_progress};
}

static int add_root(yinma_scanner *scanner, const char *path, struct error *err) {
    char **roots = reallocarray(scanner->roots, scanner->root_count + 2, sizeof *roots);
    if (roots != NULL) {
        scanner->roots = roots;
        roots[scanner->root_count] = strdup(path);
        if (roots[scanner->root_count] != NULL) {
            roots[++scanner->root_count] = NULL;
            return 0;
        }
    }
    return error_set(err, YINMA_E_MEMORY, "no memory for a path");
}

int yinma_scan_path(yinma_scanner *scanner, const char *path, struct yinma_error *error) {
    struct error err = {0};
    struct work_list list = {0};
    const char *const paths[] = {path, NULL};
    const struct walk_options options = {.paths = paths, .glob = glob_matches};
    int rc = add_root(scanner, path, &err);
    if (rc == 0) {
        rc = walk(&options, &list, &err);
    }
    const struct unit_sink sink = sink_of(scanner);
    for (size_t i = 0; rc == 0 && i < list.count; i++) {
        rc = pipeline_scan(scanner->pipeline, &list.items[i], &sink, &err);
    }
    work_list_release(&list);
    return report(rc, &err, error);
}

int yinma_scan_memory(yinma_scanner *scanner, const char *name, const void *data, size_t size,
                      struct yinma_error *error) {
    struct error err = {0};
    const struct unit_sink sink = sink_of(scanner);
    int rc = pipeline_scan_memory(scanner->pipeline, bytes_of_string(name), bytes_of(data, size),
                                  &sink, &err);
    return report(rc, &err, error);
}

int yinma_scan_descriptor(yinma_scanner *scanner, int descriptor, const char *name,
                          struct yinma_error *error) {
    struct error err = {0};
    const struct unit_sink sink = sink_of(scanner);
    struct work_item item = {.type = ITEM_DESCRIPTOR, .named = true, .descriptor = descriptor};
    char *copy = strdup(name);
    if (copy == NULL) {
        return report(error_set(&err, YINMA_E_MEMORY, "no memory for a name"), &err, error);
    }
    item.name = item.path = copy;
    int rc = pipeline_scan(scanner->pipeline, &item, &sink, &err);
    free(copy);
    return report(rc, &err, error);
}

int yinma_finish(yinma_scanner *scanner, const struct yinma_handlers *handlers,
                 struct yinma_summary *summary, struct yinma_error *error) {
    static const char *const no_roots[] = {NULL};
    struct error err = {0};
    struct results results;
    struct scan_options options = scanner->engine->scan;
    options.paths = scanner->roots == NULL ? no_roots : (const char *const *)scanner->roots;
    int rc = scan_judge(scanner->engine->engine, &options, &scanner->found, &results, &err);
    if (rc == 0) {
        if (handlers != NULL) {
            rc = library_tell(&results, handlers, &err);
        }
        if (summary != NULL) {
            library_summarise(&results, summary);
        }
        results_release(&results);
    }
    forget(scanner);
    return report(rc, &err, error);
}
