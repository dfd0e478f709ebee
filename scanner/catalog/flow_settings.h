/* flow_settings.h - `flows:` of the configuration: who exchanges what with whom. Private to the
 * catalog. */
#ifndef YINMA_CATALOG_FLOW_SETTINGS_H
#define YINMA_CATALOG_FLOW_SETTINGS_H

#include "catalog/config.h"
#include "catalog/yaml_tree.h"

/* Read the member of ROOT, where it is, into CONFIG. Texts and arrays go to MEMORY. */
int flow_settings_read(const struct yaml_place *root, const struct rule_vocabulary *words,
                       struct arena *memory, struct config *config);

#endif
