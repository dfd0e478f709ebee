/* zone_option.h - zones as they are told on the command line. */
#ifndef YINMA_CATALOG_ZONE_OPTION_H
#define YINMA_CATALOG_ZONE_OPTION_H

#include "catalog/zones.h"
#include "core/error.h"

/* "GLOB=Z[,Z…]" or "Z[,Z…]" of --zone. 0 or YINMA_E_USAGE (with the allowed names). GLOB_OUT is a
 * malloc'ed string or NULL. */
int zone_option_parse(const char *text, char **glob_out, zone_set *zones_out, struct error *err);

#endif
