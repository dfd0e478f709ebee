/* layout_settings.h - `layouts:` of yinma.yaml: how records of fixed fields are laid out, file by
 * file. Private to the catalog. */
#ifndef YINMA_CATALOG_LAYOUT_SETTINGS_H
#define YINMA_CATALOG_LAYOUT_SETTINGS_H

#include "catalog/config.h"
#include "catalog/yaml_tree.h"

/* Read it from ROOT (a mapping) into CONFIG; texts and tables go to MEMORY. 0 or a negative code
 * left in the tree's error. */
int layout_settings_read(const struct yaml_place *root, struct arena *memory,
                         struct config *config);

#endif
