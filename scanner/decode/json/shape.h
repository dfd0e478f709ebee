/* shape.h - lines of NDJSON that are written like the one before: the same keys, brackets and
 * marks, byte by byte, and other values. What stands between the values is compared as a whole, so
 * that nothing is looked up and no bracket is opened. */
#ifndef YINMA_DECODE_JSON_SHAPE_H
#define YINMA_DECODE_JSON_SHAPE_H

#include "core/bytes.h"

enum {
    JSON_SHAPE_VALUES = 64,
    JSON_SHAPE_BYTES = 4096, /* of all that stands between values */
    JSON_SHAPE_PADDING = 8,
    JSON_SHAPE_MISSES = 64, /* so many more lines unlike than alike, and nobody asks any more */
};

/* A value and what stands before it. */
struct json_shape_value {
    uint32_t field;
    uint16_t before, before_len; /* in `bytes`: from the end of the value before on */
    uint16_t end_mark;           /* which mark of the line ends it */
    bool string;                 /* in quotes, which are not part of it */
};

struct json_shape {
    bool known;
    uint32_t misses; /* more than hits, as far as counted */
    uint32_t count;  /* of values */
    uint32_t marks;  /* of the line, up to its last bracket */
    uint16_t tail, tail_len;
    struct json_shape_value values[JSON_SHAPE_VALUES];
    uint8_t bytes[JSON_SHAPE_BYTES + JSON_SHAPE_PADDING];
};

struct json_walk;

void json_shape_forget(struct json_shape *shape);

/* The line in work of WALK is over: the next may be like it. */
void json_shape_learn(struct json_walk *walk);

/* Read the line that begins with the mark WALK->next as one that is like the last; false: it is
 * not, and nothing was done. */
bool json_shape_take(struct json_walk *walk);

#endif
