/* walk.h - values in values: one step is one value, so that a record of any size leaves its cells
 * in segments of the usual size. Places are named as in JSON. */
#ifndef YINMA_DECODE_AVRO_WALK_H
#define YINMA_DECODE_AVRO_WALK_H

#include "decode/avro/value.h"
#include "decode/json/paths.h"

enum { AVRO_DEPTH_MAX = 200 };

/* A record, array or map that is open. */
struct avro_frame {
    const struct avro_type *type;
    uint32_t place, last;
    uint64_t left;         /* items of the run in work; fields that follow */
    const uint8_t *before; /* where its last item began */
};

struct avro_walk {
    struct json_paths *paths;
    struct avro_cells cells;
    uint32_t root;
    struct avro_reader reader;
    size_t depth;
    struct avro_frame frames[AVRO_DEPTH_MAX];
};

/* A value of TYPE begins where the reader stands. False: it makes no sense. */
bool avro_walk_begin(struct avro_walk *walk, const struct avro_type *type);
/* Is there more of it? */
static inline bool avro_walk_open(const struct avro_walk *walk) {
    return walk->depth > 0;
}
/* False: the data ends in it, or makes no sense. */
bool avro_walk_step(struct avro_walk *walk);

#endif
