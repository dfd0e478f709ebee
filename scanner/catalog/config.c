#include "catalog/config.h"

#include <stdio.h>
#include <stdlib.h>

#include "catalog/declared_settings.h"
#include "catalog/file_text.h"
#include "catalog/flow_settings.h"
#include "catalog/kind_names.h"
#include "catalog/layout_settings.h"
#include "catalog/own_kinds.h"
#include "catalog/pack_values.h"
#include "catalog/retention_settings.h"
#include "catalog/sheet_settings.h"
#include "catalog/yaml_tree.h"

enum { SCHEMA_VERSION = 1, COMPLAINT_TEXT = 320 };

static const char *const config_keys[] = {"schema",    "zones",     "sources", "masks", "expect",
                                          "waive",     "synthetic", "allow",   "flows", "profiles",
                                          "class",     "packs",     "kinds",   "firm",  "scope",
                                          "retention", "turn-on",   "layouts", NULL};
static const char *const zone_keys[] = {"glob", "zones", NULL};
static const char *const source_keys[] = {"pattern", "name", NULL};

static const char *const mask_keys[] = {"min-hidden", "min-residual", "min-hidden-percent",
                                        "max-shown-tail", NULL};
static const uint32_t mask_most[] = {255, UINT32_MAX, 100, 255};

struct reader {
    struct config *config;
    const struct rule_vocabulary *words;
    struct arena *memory;
    const char *file;
    struct error *err;
    struct rule_vocabulary with_own; /* `words` once the file's own kinds are known */
};

/* COUNT zeroed elements; at least one, so that NULL means that memory is out. */
static void *array_of(const struct reader *reader, size_t count, size_t size) {
    void *array = arena_alloc(reader->memory, (count + 1) * size);
    if (array == NULL) {
        error_set(reader->err, YINMA_E_MEMORY, "out of memory while reading %s", reader->file);
    }
    return array;
}

/* ---- globs ---- */

static int check_glob(const struct yaml_place *place, const char *glob) {
    return strlen(glob) <= GLOB_BYTES_MAX
               ? 0
               : yaml_complain(place, "a glob may have at most %d bytes", GLOB_BYTES_MAX);
}

static int read_glob(const struct yaml_place *map, const char *key, const char **out) {
    struct yaml_place place;
    int status = yaml_required(map, key, &place);
    if (status == 0) {
        status = yaml_text(&place, out);
    }
    return status != 0 ? status : check_glob(&place, *out);
}

/* ---- settings that are a list of {glob, …} or a short mapping of glob: value ---- */

/* One entry: of the mapping form when SHORT_KEY is not NULL, and then PLACE is its value. */
typedef int read_entry(const struct reader *reader, const struct yaml_place *place,
                       const char *short_key, void *out);

static int read_entries(const struct reader *reader, const struct yaml_place *place, size_t size,
                        read_entry *read, void **array_out, size_t *count_out) {
    bool is_short = yaml_is_mapping(place);
    int status = is_short ? yaml_mapping(place, NULL) : yaml_list(place);
    if (status != 0) {
        return status;
    }
    size_t count = yaml_count(place);
    uint8_t *array = array_of(reader, count, size);
    if (array == NULL) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place entry;
        if (is_short) {
            status = yaml_pair(place, i, &entry);
            if (status == 0) {
                status = check_glob(&entry, entry.key);
            }
        } else {
            entry = yaml_item(place, i);
        }
        if (status == 0) {
            status = read(reader, &entry, is_short ? entry.key : NULL, array + i * size);
        }
    }
    *array_out = array;
    *count_out = count;
    return status;
}

static int read_zone(const struct reader *reader, const struct yaml_place *place,
                     const char *short_key, void *out) {
    (void)reader;
    struct zone_setting *setting = out;
    setting->glob = short_key;
    if (short_key != NULL) {
        return read_zones(place, &setting->zones);
    }
    struct yaml_place glob, zones;
    int status = yaml_mapping(place, zone_keys);
    if (status == 0 && yaml_member(place, "glob", &glob)) {
        status = read_glob(place, "glob", &setting->glob);
    }
    if (status == 0) {
        status = yaml_required(place, "zones", &zones);
    }
    return status != 0 ? status : read_zones(&zones, &setting->zones);
}

static int read_source(const struct reader *reader, const struct yaml_place *place,
                       const char *short_key, void *out) {
    (void)reader;
    struct source_setting *setting = out;
    setting->pattern = short_key;
    if (short_key != NULL) {
        return yaml_text(place, &setting->name);
    }
    struct yaml_place name;
    int status = yaml_mapping(place, source_keys);
    if (status == 0) {
        status = read_glob(place, "pattern", &setting->pattern);
    }
    if (status == 0) {
        status = yaml_required(place, "name", &name);
    }
    return status != 0 ? status : yaml_text(&name, &setting->name);
}

/* ---- masks ---- */

static int check_kind(const struct reader *reader, const struct yaml_place *place,
                      const char *text) {
    struct bytes name = bytes_of_string(text);
    if (kind_bit(reader->words, name) >= -1) {
        return 0;
    }
    char complaint[COMPLAINT_TEXT];
    kind_complaint(reader->words, name, complaint, sizeof complaint);
    return yaml_complain(place, "%s", complaint);
}

static int read_kind_masks(const struct reader *reader, const struct yaml_place *place,
                           struct mask_setting *settings) {
    int status = check_kind(reader, place, place->key);
    if (status == 0) {
        status = yaml_mapping(place, mask_keys);
    }
    for (size_t i = 0; status == 0 && mask_keys[i] != NULL; i++) {
        struct yaml_place value;
        if (yaml_member(place, mask_keys[i], &value)) {
            struct mask_setting *setting = &settings[reader->config->mask_count++];
            setting->kind = place->key;
            setting->key = mask_keys[i];
            status = yaml_number(&value, 0, mask_most[i], &setting->value);
        }
    }
    return status;
}

static int read_masks(const struct reader *reader, const struct yaml_place *place) {
    int status = yaml_mapping(place, NULL);
    if (status != 0) {
        return status;
    }
    enum { KEYS = sizeof mask_keys / sizeof *mask_keys - 1 };
    size_t kinds = yaml_count(place);
    struct mask_setting *settings = array_of(reader, kinds * KEYS, sizeof *settings);
    if (settings == NULL) {
        return YINMA_E_MEMORY;
    }
    reader->config->masks = settings;
    for (size_t i = 0; status == 0 && i < kinds; i++) {
        struct yaml_place kind;
        status = yaml_pair(place, i, &kind);
        if (status == 0) {
            status = read_kind_masks(reader, &kind, settings);
        }
    }
    return status;
}

/* ---- lists of names ---- */

/* *out is NULL-terminated. */
static int read_names(const struct reader *reader, const struct yaml_place *place,
                      const char ***out, size_t *count_out) {
    size_t count = yaml_count(place);
    const char **names = array_of(reader, count, sizeof *names);
    if (names == NULL) {
        return YINMA_E_MEMORY;
    }
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = yaml_text(&item, &names[i]);
    }
    *out = names;
    *count_out = count;
    return status;
}

/* Files stand relative to the configuration that names them. */
static int resolve_packs(const struct reader *reader) {
    const char *slash = strrchr(reader->file, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - reader->file) + 1;
    for (size_t i = 0; i < reader->config->pack_file_count; i++) {
        const char *name = reader->config->pack_files[i];
        if (name[0] == '/' || folder == 0) {
            continue;
        }
        size_t size = folder + strlen(name) + 1;
        char *path = array_of(reader, size, 1);
        if (path == NULL) {
            return YINMA_E_MEMORY;
        }
        snprintf(path, size, "%.*s%s", (int)folder, reader->file, name);
        reader->config->pack_files[i] = path;
    }
    return 0;
}

/* ---- the whole ---- */

static int read_tables(const struct reader *reader, const struct yaml_place *root) {
    struct config *config = reader->config;
    struct {
        const char *key;
        size_t size;
        read_entry *read;
        void *array;
        size_t count;
    } tables[] = {{"zones", sizeof(struct zone_setting), read_zone, NULL, 0},
                  {"sources", sizeof(struct source_setting), read_source, NULL, 0}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct yaml_place place;
        if (!yaml_member(root, tables[i].key, &place)) {
            continue;
        }
        int status = read_entries(reader, &place, tables[i].size, tables[i].read, &tables[i].array,
                                  &tables[i].count);
        if (status != 0) {
            return status;
        }
    }
    config->zones = tables[0].array, config->zone_count = tables[0].count;
    config->sources = tables[1].array, config->source_count = tables[1].count;
    return 0;
}

static int check_schema(const struct yaml_place *root) {
    struct yaml_place schema;
    uint32_t number;
    if (!yaml_member(root, "schema", &schema)) {
        return 0;
    }
    int status = yaml_number(&schema, 1, UINT32_MAX, &number);
    if (status == 0 && number > SCHEMA_VERSION) {
        status = yaml_complain(&schema,
                               "is version %u; this yinma reads version %d: a newer one "
                               "is needed for this file",
                               number, SCHEMA_VERSION);
    }
    return status;
}

/* Own kinds come first: the rest of the file may name them. */
static int read_own_kinds(struct reader *reader, const struct yaml_place *root) {
    struct yaml_place place;
    struct own_kind_setting *kinds = NULL;
    struct config *config = reader->config;
    if (!yaml_member(root, "kinds", &place)) {
        return 0;
    }
    int status = own_kinds_read(&place, reader->words, reader->memory, &kinds, &config->kind_count);
    if (status != 0) {
        return status;
    }
    config->kinds = kinds;
    size_t built_in = 0;
    while (reader->words->kinds[built_in] != NULL) {
        built_in++;
    }
    const char **names = array_of(reader, built_in + config->kind_count, sizeof *names);
    if (names == NULL) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; i < built_in + config->kind_count; i++) {
        names[i] = i < built_in ? reader->words->kinds[i] : kinds[i - built_in].name;
    }
    reader->with_own = *reader->words;
    reader->with_own.kinds = names;
    reader->words = &reader->with_own;
    return 0;
}

/* Names of kinds that are off by default; one that is on anyway does no harm. */
static int read_turn_on(const struct reader *reader, const struct yaml_place *place) {
    struct config *config = reader->config;
    int status = yaml_list(place);
    if (status == 0) {
        status = read_names(reader, place, &config->turn_on, &config->turn_on_count);
    }
    for (size_t i = 0; status == 0 && i < config->turn_on_count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = check_kind(reader, &item, config->turn_on[i]);
    }
    return status;
}

static int read_root(struct reader *reader, const struct yaml_place *root) {
    struct config *config = reader->config;
    struct yaml_place place;
    int status = yaml_mapping(root, config_keys);
    if (status == 0) {
        status = check_schema(root);
    }
    if (status == 0) {
        status = read_own_kinds(reader, root);
    }
    if (status == 0) {
        status = read_tables(reader, root);
    }
    if (status == 0 && yaml_member(root, "turn-on", &place)) {
        status = read_turn_on(reader, &place);
    }
    if (status == 0 && yaml_member(root, "masks", &place)) {
        status = read_masks(reader, &place);
    }
    if (status == 0 && yaml_member(root, "class", &place)) {
        uint32_t number = 0;
        status = yaml_number(&place, 1, 2, &number);
        config->class = number;
    }
    if (status == 0 && yaml_member(root, "profiles", &place)) {
        const char **names = NULL;
        size_t count = 0;
        status = read_names(reader, &place, &names, &count);
        config->profiles = names;
    }
    if (status == 0) {
        status = sheet_settings_read(root, reader->memory, config);
    }
    if (status == 0) {
        status = retention_settings_read(root, reader->words, reader->memory, config);
    }
    if (status == 0) {
        status = flow_settings_read(root, reader->words, reader->memory, config);
    }
    if (status == 0) {
        status = declared_settings_read(root, reader->words, reader->memory, config);
    }
    if (status == 0) {
        status = layout_settings_read(root, reader->memory, config);
    }
    if (status == 0 && yaml_member(root, "packs", &place)) {
        status = read_names(reader, &place, &config->pack_files, &config->pack_file_count);
    }
    return status != 0 ? status : resolve_packs(reader);
}

/* The configuration and the arena of everything in it. */
struct config_memory {
    struct config config;
    struct arena arena;
};

int config_parse(struct bytes yaml, const char *file, const struct rule_vocabulary *words,
                 struct config **out, struct error *err) {
    *out = NULL;
    struct config_memory *memory = calloc(1, sizeof *memory);
    if (memory == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while reading %s", file);
    }
    arena_init(&memory->arena, 0);
    memory->config.memory = memory;
    file_text_digest(yaml, memory->config.sha256);
    struct reader reader = {&memory->config, words, &memory->arena, file, err, {0}};
    memory->config.file =
        (const char *)arena_copy(&memory->arena, bytes_of(file, strlen(file) + 1)).ptr;
    if (memory->config.file == NULL) {
        config_free(&memory->config);
        return error_set(err, YINMA_E_MEMORY, "out of memory while reading %s", file);
    }
    struct yaml_tree tree;
    struct yaml_place root;
    int status = yaml_tree_init(&tree, yaml, file, &memory->arena, err, &root);
    if (status == 0 && root.node != NULL && !yaml_is_null(&root)) {
        status = read_root(&reader, &root);
    }
    yaml_tree_release(&tree);
    if (status != 0) {
        config_free(&memory->config);
        return status;
    }
    *out = &memory->config;
    return 0;
}

int config_load(const char *file, const struct rule_vocabulary *words, struct config **out,
                struct error *err) {
    *out = NULL;
    struct bytes yaml;
    int status = file_text_read(file, &yaml, err);
    if (status == 0) {
        status = config_parse(yaml, file, words, out, err);
        free((void *)(uintptr_t)yaml.ptr);
    }
    return status;
}

void config_free(struct config *config) {
    if (config != NULL) {
        struct config_memory *memory = config->memory;
        arena_release(&memory->arena);
        free(memory);
    }
}

bool declaration_expired(const char *expires, const char *day) {
    return expires != NULL && strcmp(expires, day) < 0;
}
