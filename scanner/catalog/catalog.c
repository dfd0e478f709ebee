#include "catalog/catalog.h"

#include <stdlib.h>

#include "catalog/file_text.h"
#include "catalog/pack_reader.h"

struct catalog {
    struct arena memory;
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

int catalog_new(const struct pack_source *sources, size_t count,
                const struct rule_vocabulary *words, struct catalog **out, struct error *err) {
    *out = NULL;
    struct catalog *catalog = calloc(1, sizeof *catalog + count * sizeof catalog->packs[0]);
    if (catalog == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while reading the packs of rules");
    }
    arena_init(&catalog->memory, 0);
    for (size_t i = 0; i < count; i++) {
        struct pack pack;
        int status = pack_read(&sources[i], words, &catalog->memory, &pack, err);
        if (status != 0) {
            catalog_free(catalog);
            return status;
        }
        size_t place = place_of(catalog, pack.name);
        catalog->packs[place] = pack;
        catalog->pack_count += place == catalog->pack_count;
    }
    *out = catalog;
    return 0;
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

const struct rule *catalog_find_rule(const struct catalog *catalog, const char *id) {
    const char *slash = strchr(id, '/');
    const struct rule *found = NULL;
    for (size_t i = 0; i < catalog->pack_count; i++) {
        const struct pack *pack = &catalog->packs[i];
        if (slash != NULL && !same(pack->name, bytes_of(id, (size_t)(slash - id)))) {
            continue;
        }
        const struct rule *rule =
            find_in_pack(pack, bytes_of_string(slash != NULL ? slash + 1 : id));
        if (rule != NULL && found != NULL) {
            return NULL; /* a bare number that two packs have */
        }
        found = rule != NULL ? rule : found;
    }
    return found;
}

int pack_source_read(const char *file, struct pack_source *out, struct error *err) {
    *out = (struct pack_source){.file = file};
    return file_text_read(file, &out->yaml, err);
}

void pack_source_release(struct pack_source *source) {
    free((void *)(uintptr_t)source->yaml.ptr);
    *source = (struct pack_source){.file = NULL};
}
