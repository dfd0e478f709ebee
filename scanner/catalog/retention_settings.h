/* retention_settings.h - `retention:` of the configuration: how long the firm keeps what the
 * documents leave to it. Private to the catalog. */
#ifndef YINMA_CATALOG_RETENTION_SETTINGS_H
#define YINMA_CATALOG_RETENTION_SETTINGS_H

#include "catalog/config.h"
#include "catalog/yaml_tree.h"

/* Read the member of ROOT, where it is, into CONFIG. WORDS names the kinds. */
int retention_settings_read(const struct yaml_place *root, const struct rule_vocabulary *words,
                            struct arena *memory, struct config *config);

#endif
