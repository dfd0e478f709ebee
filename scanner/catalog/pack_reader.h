/* pack_reader.h - one YAML pack to a struct pack. Private to the catalog. rules/schema.json says
 * the same for editors. */
#ifndef YINMA_CATALOG_PACK_READER_H
#define YINMA_CATALOG_PACK_READER_H

#include "catalog/catalog.h"
#include "core/arena.h"

/* Texts and rules of OUT live in MEMORY. 0, YINMA_E_USAGE or YINMA_E_MEMORY. */
int pack_read(const struct pack_source *source, const struct rule_vocabulary *words,
              struct arena *memory, struct pack *out, struct error *err);

/* A zone name, a list of them; at least one. */
struct yaml_place;
int read_zones(const struct yaml_place *place, zone_set *out);

#endif
