/* quiet.h - lines of running text in which nothing can be found, so that nobody needs to look. Most
 * lines of a log are written like others before them, in which nothing was found; only their
 * numbers differ (core/skeleton.h). Who knows that says so to the decoder, which hands on such
 * lines as the quiet end of a segment. */
#ifndef YINMA_CORE_QUIET_H
#define YINMA_CORE_QUIET_H

#include "core/bytes.h"

enum {
    /* Less is not worth a segment of its own; more than any value looks around itself. */
    QUIET_LEAST = 2048,
};

/* So many cells of FIELD stand in the lines. */
struct quiet_cells {
    uint32_t field;
    uint64_t count;
};

/* Whole lines; QUIET_LEAST bytes at least. Valid until the next call. */
struct quiet_stretch {
    size_t begin, end;
    const struct quiet_cells *cells;
    size_t cell_count;
};

struct quiet_filter {
    /* The first such stretch in [from, to) of TEXT, behind which SEGMENT_PADDING bytes are
     * readable; begin == end == TO when there is none. Each byte is asked about once, in order. */
    void (*next)(void *context, struct bytes text, size_t from, size_t to,
                 struct quiet_stretch *out);
    void *context;
    uint64_t edges[2]; /* offsets in the unit: no stretch reaches over one */
};

#endif
