/* pack_reader.h - one YAML pack to a struct pack. Private to the catalog. rules/schema.json says
 * the same for editors. */
#ifndef YINMA_CATALOG_PACK_READER_H
#define YINMA_CATALOG_PACK_READER_H

#include "catalog/pack_values.h"

/* Texts and rules of work->pack live in work->memory. 0, YINMA_E_USAGE or YINMA_E_MEMORY. */
int pack_read(const struct pack_work *work);

#endif
