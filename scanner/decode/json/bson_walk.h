/* bson_walk.h - one BSON document (bsonspec.org) becomes one row; places are named as in JSON. */
#ifndef YINMA_DECODE_JSON_BSON_WALK_H
#define YINMA_DECODE_JSON_BSON_WALK_H

#include "decode/json/paths.h"
#include "decode/record_text.h"

enum {
    BSON_BYTES_MIN = 5,
    BSON_BYTES_MAX = 48 << 20, /* servers allow 16 MiB and some more inside */
    BSON_DEPTH_MAX = 200,      /* servers allow 100 */
};

/* The values of DOCUMENT (its length in front, SEGMENT_PADDING readable bytes behind) below ROOT
 * into TEXT. False: it makes no sense from some place on; what stands before was taken. */
bool bson_walk(struct bytes document, struct json_paths *paths, uint32_t root,
               struct record_text *text);

/* Does every element of DOCUMENT fit its place? Nothing is taken. */
bool bson_is_sound(struct bytes document);

/* The text (string) or whole number (32 or 64 bits) or truth value called KEY in DOCUMENT, not
 * deeper. */
bool bson_find_text(struct bytes document, const char *key, struct bytes *out);
bool bson_find_truth(struct bytes document, const char *key);

#endif
