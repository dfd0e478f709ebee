#include "catalog/catalog.h"

#include <stdlib.h>

#include "catalog/file_text.h"
#include "catalog/pack_reader.h"
#include "catalog/readings.h"
#include "catalog/suggest.h"

/* The documents that have packs, here or elsewhere. */
static const char *const document_names[] = {"platform",  "supplier", "logistics", "it-services",
                                             "insurance", "pci",      "yinma",     NULL};

struct catalog {
    struct arena memory;
    const struct published_reading *readings;
    size_t reading_count;
    bool replaced; /* some pack took the place of another: its rules may be gone */
    size_t pack_count;
    struct pack packs[];
};

/* The place of the pack of that name, or one behind the last. */
static size_t place_of(const struct catalog *catalog, const char *name) {
    size_t place = 0;
    while (place < catalog->pack_count && strcmp(catalog->packs[place].name, name) != 0) {
        place++;
    }
    return place;
}

/* ---- references between packs ---- */

static int dangling(const struct pack *pack, const struct rule *rule, const char *id,
                    const char *why, struct error *err) {
    char quoted[QUOTED_MAX];
    quote_given(bytes_of_string(id), quoted);
    return error_set(err, YINMA_E_USAGE, "%s:%u: rule %s: related: unknown control \"%s\": %s",
                     pack->file, rule->line, rule->section, quoted, why);
}

static int check_reference(const struct catalog *catalog, const struct pack *pack,
                           const struct rule *rule, const char *id, struct error *err) {
    struct bytes name = bytes_of(id, (size_t)(strchr(id, '/') - id));
    for (size_t i = 0; i < catalog->pack_count; i++) {
        if (bytes_equal(name, bytes_of_string(catalog->packs[i].name))) {
            return catalog->replaced || catalog_find_rule(catalog, id) != NULL
                       ? 0
                       : dangling(pack, rule, id, SAID("that pack has no such rule"), err);
        }
    }
    for (size_t i = 0; document_names[i] != NULL; i++) {
        if (bytes_equal(name, bytes_of_string(document_names[i]))) {
            return 0;
        }
    }
    return dangling(pack, rule, id,
                    SAID("no such pack; allowed: platform, supplier, logistics, it-services, "
                         "insurance, pci, yinma and packs of the configuration"),
                    err);
}

static int check_references(const struct catalog *catalog, struct error *err) {
    for (size_t i = 0; i < catalog->pack_count; i++) {
        const struct pack *pack = &catalog->packs[i];
        for (unsigned j = 0; j < pack->rule_count; j++) {
            const char *const *related = pack->rules[j].related;
            for (; related != NULL && *related != NULL; related++) {
                int status = check_reference(catalog, pack, &pack->rules[j], *related, err);
                if (status != 0) {
                    return status;
                }
            }
        }
    }
    return 0;
}

/* ---- the whole ---- */

static int read_pack(struct catalog *catalog, const struct pack_source *source,
                     const struct rule_vocabulary *words, struct error *err) {
    struct pack pack;
    const struct pack_work work = {
        words, catalog->readings, catalog->reading_count, &catalog->memory, &pack, source, err};
    int status = pack_read(&work);
    if (status == 0) {
        size_t place = place_of(catalog, pack.name);
        catalog->replaced |= place < catalog->pack_count;
        catalog->packs[place] = pack;
        catalog->pack_count += place == catalog->pack_count;
    }
    return status;
}

static int read_packs(struct catalog *catalog, const struct pack_source *sources, size_t count,
                      const struct rule_vocabulary *words, struct error *err) {
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        status = read_pack(catalog, &sources[i], words, err);
    }
    return status != 0 || count == 0 ? status : check_references(catalog, err);
}

/* An empty one with room for COUNT packs; NULL when memory is out. */
static struct catalog *make_room(size_t count, struct error *err) {
    struct catalog *catalog = calloc(1, sizeof *catalog + count * sizeof catalog->packs[0]);
    if (catalog == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory while reading the packs of rules");
        return NULL;
    }
    arena_init(&catalog->memory, 0);
    return catalog;
}

static int finish(struct catalog *catalog, int status, struct catalog **out) {
    if (status != 0) {
        catalog_free(catalog);
        catalog = NULL;
    }
    *out = catalog;
    return status;
}

int catalog_new(const struct pack_source *sources, size_t count,
                const struct rule_vocabulary *words, struct catalog **out, struct error *err) {
    *out = NULL;
    struct catalog *catalog = make_room(count, err);
    if (catalog == NULL) {
        return YINMA_E_MEMORY;
    }
    int status = readings_read(&embedded_readings, &catalog->memory, &catalog->readings,
                               &catalog->reading_count, err);
    status = status != 0 ? status : read_packs(catalog, sources, count, words, err);
    return finish(catalog, status, out);
}

int catalog_new_upon(const struct read_packs *ready, const struct pack_source *sources,
                     size_t count, const struct rule_vocabulary *words, struct catalog **out,
                     struct error *err) {
    *out = NULL;
    struct catalog *catalog = make_room(ready->pack_count + count, err);
    if (catalog == NULL) {
        return YINMA_E_MEMORY;
    }
    catalog->readings = ready->readings;
    catalog->reading_count = ready->reading_count;
    catalog->pack_count = ready->pack_count;
    memcpy(catalog->packs, ready->packs, ready->pack_count * sizeof *ready->packs);
    return finish(catalog, read_packs(catalog, sources, count, words, err), out);
}

void catalog_free(struct catalog *catalog) {
    if (catalog != NULL) {
        arena_release(&catalog->memory);
        free(catalog);
    }
}

size_t catalog_pack_count(const struct catalog *catalog) {
    return catalog->pack_count;
}

const struct pack *catalog_pack(const struct catalog *catalog, size_t index) {
    return &catalog->packs[index];
}

const struct pack *catalog_find_pack(const struct catalog *catalog, const char *name) {
    size_t place = place_of(catalog, name);
    return place < catalog->pack_count ? &catalog->packs[place] : NULL;
}

static bool same(const char *a, struct bytes b) {
    return a != NULL && bytes_equal(bytes_of_string(a), b);
}

/* The rule of that section or printed form; NULL. */
static const struct rule *find_in_pack(const struct pack *pack, struct bytes section) {
    for (unsigned i = 0; i < pack->rule_count; i++) {
        if (same(pack->rules[i].section, section)) {
            return &pack->rules[i];
        }
    }
    for (unsigned i = 0; i < pack->rule_count; i++) {
        if (same(pack->rules[i].printed, section)) {
            return &pack->rules[i];
        }
    }
    return NULL;
}

size_t catalog_find_rules(const struct catalog *catalog, const char *id, const struct rule **out,
                          size_t room) {
    const char *slash = strchr(id, '/');
    size_t found = 0;
    for (size_t i = 0; i < catalog->pack_count; i++) {
        const struct pack *pack = &catalog->packs[i];
        if (slash != NULL && !same(pack->name, bytes_of(id, (size_t)(slash - id)))) {
            continue;
        }
        const struct rule *rule =
            find_in_pack(pack, bytes_of_string(slash != NULL ? slash + 1 : id));
        if (rule != NULL && found < room) {
            out[found] = rule;
        }
        found += rule != NULL;
    }
    return found;
}

const struct rule *catalog_find_rule(const struct catalog *catalog, const char *id) {
    const struct rule *rule;
    return catalog_find_rules(catalog, id, &rule, 1) == 1 ? rule : NULL;
}

const struct published_reading *catalog_reading(const struct catalog *catalog, unsigned number) {
    return number >= 1 && number <= catalog->reading_count ? &catalog->readings[number - 1] : NULL;
}

int pack_source_read(const char *file, struct pack_source *out, struct error *err) {
    *out = (struct pack_source){.file = file};
    return file_text_read(file, &out->yaml, err);
}

void pack_source_release(struct pack_source *source) {
    free((void *)(uintptr_t)source->yaml.ptr);
    *source = (struct pack_source){.file = NULL};
}
