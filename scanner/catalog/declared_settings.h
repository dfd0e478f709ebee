/* declared_settings.h - what people declare about files in the configuration: `expect:`, `waive:`,
 * `synthetic:` and `allow:`. Private to the catalog. */
#ifndef YINMA_CATALOG_DECLARED_SETTINGS_H
#define YINMA_CATALOG_DECLARED_SETTINGS_H

#include "catalog/config.h"
#include "catalog/yaml_tree.h"

/* Read these members of ROOT, where they are, into CONFIG. Texts and arrays go to MEMORY; WORDS
 * names the kinds. */
int declared_settings_read(const struct yaml_place *root, const struct rule_vocabulary *words,
                           struct arena *memory, struct config *config);

#endif
