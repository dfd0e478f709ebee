/* readings.h - yinma's published readings of points that the documents leave unclear, from
 * rules/readings.yaml. Private to the catalog. */
#ifndef YINMA_CATALOG_READINGS_H
#define YINMA_CATALOG_READINGS_H

#include "catalog/catalog.h"
#include "core/arena.h"

/* Numbers must rise from 1 without a gap, so that they can be cited. Texts live in MEMORY. 0,
 * YINMA_E_USAGE or YINMA_E_MEMORY. */
int readings_read(const struct pack_source *source, struct arena *memory,
                  const struct published_reading **out, size_t *count_out, struct error *err);

#endif
