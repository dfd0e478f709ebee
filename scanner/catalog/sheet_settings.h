/* sheet_settings.h - `firm:` and `scope:` of the configuration: what the sheets for auditors are
 * headed with, and which places a control covers. Private to the catalog. */
#ifndef YINMA_CATALOG_SHEET_SETTINGS_H
#define YINMA_CATALOG_SHEET_SETTINGS_H

#include "catalog/config.h"
#include "catalog/yaml_tree.h"

/* Read both members of ROOT, where they are, into CONFIG. Texts and arrays go to MEMORY. */
int sheet_settings_read(const struct yaml_place *root, struct arena *memory, struct config *config);

#endif
