/* own_kinds.h - reads `kinds:` of yinma.yaml. Private to the catalog. */
#ifndef YINMA_CATALOG_OWN_KINDS_H
#define YINMA_CATALOG_OWN_KINDS_H

#include "catalog/catalog.h"
#include "catalog/own_kind.h"
#include "catalog/yaml_tree.h"

/* PLACE: the list. WORDS: the built-in kinds, whose names are taken. Texts live in MEMORY. */
int own_kinds_read(const struct yaml_place *place, const struct rule_vocabulary *words,
                   struct arena *memory, struct own_kind_setting **out, size_t *count_out);

#endif
