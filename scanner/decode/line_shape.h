/* line_shape.h - what the lines of a unit look like, for the bids of the text formats. */
#ifndef YINMA_DECODE_LINE_SHAPE_H
#define YINMA_DECODE_LINE_SHAPE_H

#include "core/bytes.h"

struct decode_head; /* decoder.h */

/* Counts over the first lines of a head. */
struct line_shapes {
    size_t lines;      /* looked at, without empty ones and stack traces */
    size_t stamped;    /* begin with a time, an address, a level or a bracket, as log lines do */
    size_t paired;     /* hold one key=value or "key": value at least */
    size_t several;    /* hold two or more */
    size_t objects;    /* begin with {" : JSON, one object a line */
    size_t tagged;     /* begin with < : markup */
    size_t statements; /* begin as SQL statements of a dump do */
};

struct line_shapes line_shapes_of(struct bytes head);
/* The same once for all bidders: HEAD may keep notes. */
struct line_shapes line_shapes_of_head(const struct decode_head *head);

/* A path component's ending, letters of either case. */
bool name_ends_in(struct bytes name, struct bytes ending);
/* One of ENDINGS, a NULL-terminated list. */
bool name_ends_in_one_of(struct bytes name, const char *const *endings);

#endif
