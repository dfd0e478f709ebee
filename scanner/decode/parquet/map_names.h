/* map_names.h - maps as JSON has them: a value stands at `attributes.phone` when its key is
 * "phone". A row's keys come before the values that they name, for they are a column of their own.
 */
#ifndef YINMA_DECODE_PARQUET_MAP_NAMES_H
#define YINMA_DECODE_PARQUET_MAP_NAMES_H

#include "decode/json/paths.h"
#include "decode/parquet/schema.h"

/* The keys of one map in the current row. All zero at first. */
struct map_names {
    uint32_t root;    /* the place of the map */
    uint32_t *places; /* of the keys, in their order */
    size_t count, capacity;
    bool known, failed; /* root is; memory was out */
};
void map_names_release(struct map_names *names);

/* Another row begins. */
static inline void map_names_clear(struct map_names *names) {
    names->count = 0;
}

/* LEAF is that of the keys, KEY the next one. */
void map_names_add(struct map_names *names, struct json_paths *paths,
                   const struct parquet_leaf *leaf, struct bytes key);

/* The field of LEAF, a value of the map, in its entry ENTRY (from 0). FIELD_FREE_TEXT: there is no
 * such key. */
uint32_t map_names_field(const struct map_names *names, struct json_paths *paths,
                         const struct parquet_leaf *leaf, size_t entry);

#endif
