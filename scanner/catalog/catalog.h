/* catalog.h - the packs of rules in force, and the only YAML loader. */
#ifndef YINMA_CATALOG_CATALOG_H
#define YINMA_CATALOG_CATALOG_H

#include "catalog/rule.h"
#include "core/error.h"

/* The names that rules may use, numbered by their place. The catalog knows no patterns. */
struct rule_vocabulary {
    const char *const *kinds; /* NULL-terminated; bit i of rule_clause.kinds = kinds[i] */
    const enum legal *legal;  /* of each kind: packs may name a whole category */
    const char *const *roles; /* NULL-terminated */
};

struct pack_source {
    const char *file; /* for messages */
    struct bytes yaml;
};

/* The packs compiled into the program (made by the build from rules/). Ends with file == NULL. */
extern const struct pack_source embedded_packs[];
/* rules/readings.yaml */
extern const struct pack_source embedded_readings;

/* Packs that have been read already. */
struct read_packs {
    const struct pack *packs;
    size_t pack_count;
    const struct published_reading *readings;
    size_t reading_count;
};
/* What embedded_packs and embedded_readings hold for the program's own kinds and roles: tables that
 * rules/make_rule_tables.c writes when the program is built. In the library rule_tables. */
extern const struct read_packs embedded_rules;

/* A pack of the user's own (config.pack_files). FILE must outlive OUT. 0, YINMA_E_MEMORY, or
 * YINMA_E_USAGE when it cannot be read. */
int pack_source_read(const char *file, struct pack_source *out, struct error *err);
void pack_source_release(struct pack_source *source);

struct catalog;

/* Load and check packs. On error: YINMA_E_USAGE and "file:line: path: what, and what is allowed".
 * A later pack of the same name replaces an earlier one. A reference to a rule that no pack has is
 * an error, unless the pack it names is not here or has been replaced. */
int catalog_new(const struct pack_source *sources, size_t count,
                const struct rule_vocabulary *words, struct catalog **out, struct error *err);
/* The same with the packs READY (which must outlive *out; checked against each other) before those
 * of SOURCES. They must have been read with the same words. */
int catalog_new_upon(const struct read_packs *ready, const struct pack_source *sources,
                     size_t count, const struct rule_vocabulary *words, struct catalog **out,
                     struct error *err);
void catalog_free(struct catalog *catalog);

size_t catalog_pack_count(const struct catalog *catalog);
const struct pack *catalog_pack(const struct catalog *catalog, size_t index);
const struct pack *catalog_find_pack(const struct catalog *catalog, const char *name);
/* By id or printed form ("platform/5.3.6", and "5.3.6" when only one pack has it). NULL. */
const struct rule *catalog_find_rule(const struct catalog *catalog, const char *id);
/* All that ID may mean, in the order of packs: a bare section can stand in several. Returns how
 * many there are; OUT receives the first ROOM. */
size_t catalog_find_rules(const struct catalog *catalog, const char *id, const struct rule **out,
                          size_t room);

/* The published reading of that number; NULL. */
const struct published_reading *catalog_reading(const struct catalog *catalog, unsigned number);

#endif
