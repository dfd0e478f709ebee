#include "run/engine.h"

#include <stdio.h>
#include <stdlib.h>

#include "catalog/forms.h"
#include "judge/retention.h"
#include "result/people.h"
#include "run/layouts/layouts.h"
#include "run/layouts/schema_file.h"

/* YINMA_LIBRARIES: "name", "version", … of what the build found. */
void engine_versions(struct engine_version out[RUN_ENGINES_MAX + 1]) {
    static const char *const linked[] = {YINMA_LIBRARIES};
    size_t count = sizeof linked / sizeof *linked / 2;
    memset(out, 0, (RUN_ENGINES_MAX + 1) * sizeof *out);
    for (size_t i = 0; i < count && i < RUN_ENGINES_MAX; i++) {
        out[i].name = linked[2 * i];
        snprintf(out[i].version, sizeof out[i].version, "%s", linked[2 * i + 1]);
    }
}

static void apply_mask(struct mask_policy *policy, const struct mask_setting *setting) {
    uint8_t small = setting->value > UINT8_MAX ? UINT8_MAX : (uint8_t)setting->value;
    if (strcmp(setting->key, "min-hidden") == 0) {
        policy->min_hidden = small;
    } else if (strcmp(setting->key, "min-hidden-percent") == 0) {
        policy->min_hidden_percent = small;
    } else if (strcmp(setting->key, "min-residual") == 0) {
        policy->min_residual = setting->value;
    } else if (strcmp(setting->key, "max-shown-tail") == 0) {
        policy->max_shown_tail = small;
    }
}

int engine_kinds_init(struct engine_kinds *out, const struct config *config, struct error *err) {
    *out = (struct engine_kinds){0};
    unsigned count = 0;
    for (; count < pattern_count(); count++) {
        out->items[count] = patterns[count];
    }
    int rc = own_kinds_new(config, &out->own, err);
    const struct pattern *row;
    for (size_t i = 0; count < PATTERN_MAX && (row = own_kinds_row(out->own, i)) != NULL; i++) {
        out->items[count++] = row; /* the loader has refused more */
    }
    return rc;
}

void engine_kinds_release(struct engine_kinds *kinds) {
    own_kinds_free(kinds->own);
    *kinds = (struct engine_kinds){0};
}

void engine_policies(kind_list kinds, const struct config *config,
                     struct mask_policy out[PATTERN_MAX]) {
    for (unsigned i = 0; kinds[i] != NULL; i++) {
        out[i] = kinds[i]->policy;
    }
    for (size_t i = 0; config != NULL && i < config->mask_count; i++) {
        int kind = kind_list_number(kinds, config->masks[i].kind);
        if (kind >= 0) { /* the loader has complained about others */
            apply_mask(&out[kind], &config->masks[i]);
        }
    }
}

/* "platform", "platform/5.3", "it-services/附錄一 5.3.1": does such a thing stand somewhere? */
static bool control_exists(const struct catalog *catalog, const char *control) {
    char pack[64];
    const char *slash = strchr(control, '/');
    size_t len = slash == NULL ? strlen(control) : (size_t)(slash - control);
    snprintf(pack, sizeof pack, "%.*s", (int)len, control);
    if (slash == NULL) {
        return catalog_find_pack(catalog, pack) != NULL || form_find(pack) != NULL;
    }
    const struct form *form = form_find(pack);
    return catalog_find_rule(catalog, control) != NULL ||
           (form != NULL && slash[1] != '\0' && form_has(form, bytes_of_string(slash + 1)));
}

static int check_scopes(const struct config *config, const struct catalog *catalog,
                        struct error *err) {
    for (size_t i = 0; config != NULL && i < config->scope_count; i++) {
        const struct scope_setting *scope = &config->scopes[i];
        if (!control_exists(catalog, scope->control)) {
            return error_set(err, YINMA_E_USAGE,
                             "%s:%u: scope: unknown control \"%s\"; write PACK/NUMBER as it is "
                             "printed (platform/5.3.6), or PACK for the whole document",
                             config->file, scope->line, scope->control);
        }
    }
    return 0;
}

/* The packs in the program, read once more: a category that a rule names takes in own kinds. */
static int read_own_packs(const struct engine_vocabulary *vocabulary, struct catalog **out,
                          const struct pack_source *extra, size_t extra_count, struct error *err) {
    size_t own = 0;
    while (embedded_packs[own].file != NULL) {
        own++;
    }
    struct pack_source *sources = calloc(own + extra_count + 1, sizeof *sources);
    if (sources == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the packs of rules");
    }
    memcpy(sources, embedded_packs, own * sizeof *sources);
    memcpy(sources + own, extra, extra_count * sizeof *sources);
    int rc = catalog_new(sources, own + extra_count, &vocabulary->words, out, err);
    free(sources);
    return rc;
}

/* The packs in the program, then those of the configuration: a later one replaces an earlier one.
 */
int engine_load_catalog(const struct config *config, struct catalog **out, struct error *err) {
    size_t extra = config == NULL ? 0 : config->pack_file_count, read = 0;
    struct engine_vocabulary vocabulary;
    engine_vocabulary_init(&vocabulary);
    engine_vocabulary_add(&vocabulary, config);
    struct pack_source *sources = calloc(extra + 1, sizeof *sources);
    if (sources == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the packs of rules");
    }
    int rc = 0;
    while (rc == 0 && read < extra) {
        rc = pack_source_read(config->pack_files[read], &sources[read], err);
        read += rc == 0;
    }
    if (rc == 0) {
        rc = config != NULL && config->kind_count > 0
                 ? read_own_packs(&vocabulary, out, sources, extra, err)
                 : catalog_new_upon(&embedded_rules, sources, extra, &vocabulary.words, out, err);
    }
    if (rc == 0) {
        rc = check_scopes(config, *out, err);
        if (rc < 0) {
            catalog_free(*out);
            *out = NULL;
        }
    }
    for (size_t i = 0; i < read; i++) {
        pack_source_release(&sources[i]);
    }
    free(sources);
    return rc;
}

static int set_encoding(struct engine *engine, const char *name, struct error *err) {
    if (name == NULL) {
        return 0;
    }
    if (!encoding_from_name(name, &engine->encoding) || engine->encoding == ENCODING_BINARY) {
        return error_set(err, YINMA_E_USAGE,
                         "unknown encoding; allowed: utf-8, big5, utf-16le, utf-16be, gb18030, "
                         "cp937");
    }
    engine->encoding_forced = true;
    return 0;
}

/* One byte of a --delimiter: as it is, or \\t, \\x01. Returns how many characters of TEXT it took.
 */
static size_t delimiter_byte(struct bytes text, uint8_t *out) {
    unsigned code;
    if (text.len >= 4 && text.ptr[0] == '\\' && text.ptr[1] == 'x') {
        char digits[3] = {(char)text.ptr[2], (char)text.ptr[3], '\0'}, *end;
        code = (unsigned)strtoul(digits, &end, 16);
        if (*end == '\0') {
            *out = (uint8_t)code;
            return 4;
        }
    }
    bool tab = text.len >= 2 && text.ptr[0] == '\\' && text.ptr[1] == 't';
    *out = tab ? '\t' : text.ptr[0];
    return tab ? 2 : 1;
}

static int set_delimiter(struct engine *engine, const char *text, struct error *err) {
    enum { MOST_BYTES = 8 };
    if (text == NULL) {
        return 0;
    }
    uint8_t *delimiter = malloc(MOST_BYTES);
    if (delimiter == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the engine");
    }
    engine->delimiter = bytes_of(delimiter, 0);
    struct bytes left = bytes_of_string(text);
    while (left.len > 0 && engine->delimiter.len < MOST_BYTES) {
        uint8_t *byte = &delimiter[engine->delimiter.len++];
        left = bytes_from(left, delimiter_byte(left, byte));
        if (*byte == '\n' || *byte == '\r' || *byte == '"' || *byte == '\0') {
            left = BYTES_LIT("\n"); /* ends records, or opens values */
            break;
        }
    }
    return left.len == 0 && engine->delimiter.len > 0
               ? 0
               : error_set(
                     err, YINMA_E_USAGE,
                     "--delimiter: from 1 to %d bytes (\\t and \\x01 are understood) that are "
                     "no quote and no line end",
                     MOST_BYTES);
}

static kind_set turned_on(kind_list kinds, const struct config *config) {
    kind_set on = 0;
    for (size_t i = 0; config != NULL && i < config->turn_on_count; i++) {
        int kind = kind_list_number(kinds, config->turn_on[i]);
        on |= kind < 0 ? 0 : (kind_set)1 << kind; /* the loader has complained about others */
    }
    return on;
}

static int build(struct engine *engine, const struct engine_options *options, struct error *err) {
    if (options->limits != NULL) {
        engine->limits = *options->limits;
    } else {
        input_limits_default(&engine->limits);
    }
    engine->config = options->config;
    engine->occurrences = options->occurrences;
    engine->digest_files = options->digest_files;
    engine->own_files = options->own_files;
    engine->fingerprints = options->fingerprints;
    engine->sketches = options->sketches;
    engine->examples = options->examples;
    engine->exact_people = options->exact_people;
    engine->reveal = options->reveal;
    engine->reference = options->reference;
    engine->records = options->records;
    engine->includes = options->includes;
    engine->excludes = options->excludes;
    engine->isa = isa_best();
    engine->ops = block64_ops(engine->isa);
    int rc = engine_kinds_init(&engine->kinds, options->config, err);
    engine_policies(engine->kinds.items, options->config, engine->policies);
    if (rc == 0) {
        rc = set_encoding(engine, options->encoding, err);
    }
    if (rc == 0 && options->schema_file != NULL) {
        rc = schema_file_read(options->schema_file, &engine->schema, err);
    }
    if (rc == 0) {
        rc = set_delimiter(engine, options->delimiter, err);
    }
    if (rc == 0) {
        rc = layouts_new(options->layouts, options->config, &engine->layouts, err);
    }
    if (rc == 0) {
        rc = engine_load_catalog(options->config, &engine->catalog, err);
    }
    if (rc == 0) {
        rc = retention_check(engine->catalog, options->config, err);
    }
    if (rc == 0) {
        rc = options->keyless ? 0 : fingerprint_key_load(options->key_file, &engine->key, err);
    }
    if (rc < 0) {
        return rc;
    }
    engine->lexicon =
        lexicon_new_of(engine->kinds.items, turned_on(engine->kinds.items, options->config));
    if (engine->lexicon == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the names of fields");
    }
    return matcher_new(engine->isa, engine->lexicon, &engine->matcher, err);
}

int engine_new(const struct engine_options *options, struct engine **out, struct error *err) {
    *out = NULL;
    struct engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the engine");
    }
    int rc = build(engine, options, err);
    if (rc < 0) {
        engine_free(engine);
        return rc;
    }
    engine_set_day(engine, DAY_NONE, 8 * 3600);
    *out = engine;
    return 0;
}

void engine_set_day(struct engine *engine, int32_t day, int32_t zone_seconds) {
    engine->day = day;
    engine->zone_seconds = zone_seconds;
    int32_t days[DATE_CUTS_MAX];
    size_t count = day == DAY_NONE
                       ? 0
                       : retention_days(engine->catalog, engine->config, day, days, DATE_CUTS_MAX);
    date_cuts_init(&engine->cuts, days, count);
}

kind_set engine_people_kinds(const struct engine *engine) {
    kind_set kinds = 0;
    for (unsigned kind = 0; engine->kinds.items[kind] != NULL; kind++) {
        bool counts = people_basis_of(engine->kinds.items[kind]->name) != PEOPLE_BASES;
        kinds |= counts ? (kind_set)1 << kind : 0;
    }
    return kinds;
}

void engine_set_sought(struct engine *engine, struct sought *sought) {
    engine->sought = sought;
}

void engine_free(struct engine *engine) {
    if (engine == NULL) {
        return;
    }
    sought_free(engine->sought);
    matcher_free(engine->matcher);
    lexicon_free(engine->lexicon);
    catalog_free(engine->catalog);
    engine_kinds_release(&engine->kinds);
    explicit_bzero(&engine->key, sizeof engine->key);
    free((void *)(uintptr_t)engine->schema.ptr);
    layouts_free(engine->layouts);
    free((void *)(uintptr_t)engine->delimiter.ptr);
    free(engine);
}
