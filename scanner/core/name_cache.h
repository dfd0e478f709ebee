/* name_cache.h - something of a fixed size about names, for somebody who meets the same ones again
 * and again: the files of a folder mostly have the same columns. What it forgets is found out
 * anew. Belongs to one thread. */
#ifndef YINMA_CORE_NAME_CACHE_H
#define YINMA_CORE_NAME_CACHE_H

#include "core/bytes.h"

struct name_cache;

enum { NAME_CACHE_MOST = 88 }; /* bytes of both parts of a name: longer ones are not kept */

/* VALUE_BYTES are kept about each name. NULL when memory is out. */
struct name_cache *name_cache_new(size_t value_bytes);
void name_cache_free(struct name_cache *cache);

/* What is kept about the name of two parts (one may be empty), aligned for anything, until the next
 * one is kept; NULL: nothing. */
const void *name_cache_find(const struct name_cache *cache, struct bytes name, struct bytes more);
/* Where that is to be written, for a name of which nothing is kept; NULL: it is too long. */
void *name_cache_keep(struct name_cache *cache, struct bytes name, struct bytes more);

#endif
