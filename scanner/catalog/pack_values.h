/* pack_values.h - the small values that packs are made of. Private to the catalog. All functions
 * return 0, YINMA_E_USAGE (the complaint names file, line, path and what is allowed) or
 * YINMA_E_MEMORY. */
#ifndef YINMA_CATALOG_PACK_VALUES_H
#define YINMA_CATALOG_PACK_VALUES_H

#include "catalog/catalog.h"
#include "catalog/yaml_tree.h"

/* What reading a pack needs at every place. */
struct pack_work {
    const struct rule_vocabulary *words;
    const struct published_reading *readings; /* published ones */
    size_t reading_count;
    struct arena *memory;
    struct pack *pack; /* receives everything */
    const struct pack_source *source;
    struct error *err;
};

int pack_out_of_memory(const struct pack_work *work);

/* One text for both languages, or {en, zh} where zh may be missing. */
int read_pair(const struct yaml_place *place, struct rule_text *out);
int read_optional_pair(const struct yaml_place *map, const char *key, struct rule_text *out);
/* Part of an identifier: ASCII letters, digits and ".-_". */
int read_name(const struct yaml_place *place, const char **out);
int read_optional_text(const struct yaml_place *map, const char *key, const char **out);
int read_optional_choice(const struct yaml_place *map, const char *key, const char *const *names,
                         unsigned *out);
/* The class of a firm, 1 or 2; 0 when the member is not there. */
int read_class(const struct yaml_place *map, uint8_t *out);

/* The root's "schema", at most VERSION. THING: "pack", "file". */
int schema_check(const struct yaml_place *root, uint32_t version, const char *thing);

/* A zone name, a list of them; at least one. */
int read_zones(const struct yaml_place *place, zone_set *out);
/* Some of NAMES, as a set of their places; at least one. */
int read_choices(const struct yaml_place *place, const char *what, const char *const *names,
                 uint32_t *out);
/* Adds to the set. *missing_out: all that are named are unknown to this build. */
int read_kinds(const struct pack_work *work, const struct yaml_place *place, uint64_t *kinds,
               bool *missing_out);
int read_legal(const struct pack_work *work, const struct yaml_place *place, uint64_t *kinds);
int read_roles(const struct pack_work *work, const struct yaml_place *place, uint32_t *roles);

#endif
