/* column_stretch.h - which rows of a segment are read down their columns (plain_columns.h), and
 * which one by one. */
#ifndef YINMA_JUDGE_COLLECT_COLUMN_STRETCH_H
#define YINMA_JUDGE_COLLECT_COLUMN_STRETCH_H

#include "core/hit.h"
#include "core/segment.h"
#include "judge/collect/segment_value.h"

/* Cells of whole rows, one after the other. */
struct column_stretch {
    size_t first, end; /* equal: there are none */
};

/* EXAMPLES are kept of each state: so many rows of a table are read one by one. */
struct column_stretch column_stretch_of(const struct segment *segment,
                                        const struct match_result *match,
                                        struct value_scratch *scratch, unsigned examples);

#endif
