/* collect_value.h - one candidate of a value: which of the kinds it may be takes it, and what it
 * adds to their facts. The inside of collecting (collect.h), shared by the files that make it. */
#ifndef YINMA_JUDGE_COLLECT_COLLECT_VALUE_H
#define YINMA_JUDGE_COLLECT_COLLECT_VALUE_H

#include "judge/collect/collect.h"
#include "judge/collect/plain_columns.h"
#include "judge/collect/row_pieces.h"
#include "judge/collect/row_records.h"
#include "judge/collect/segment_value.h"
#include "judge/dates/row_dates.h"
#include "judge/live/fields.h"
#include "judge/position.h"

enum { ROW_LEVELS = 8 }; /* of rows inside values inside rows */

struct collector {
    struct collect_settings settings;
    struct distinct_counter distinct;
    struct live_fields fields;
    struct text_buffer shown;
    struct text_buffer occurrences;
    struct value_scratch scratch;
    struct reading reading;
    struct row_pieces row;
    struct row_records records;
    struct row_dates dates[ROW_LEVELS];
    struct plain_columns columns;
};

/* What is going on in one segment. */
struct collecting {
    struct collector *collector;
    const struct segment *segment;
    const struct match_result *match;
    struct position position;
    struct row_dates *dates; /* of the rows of this segment; NULL: it has none */
    size_t claimed_until;    /* a confirmed value ends here: hits before it are parts of it */
    size_t next_hit, next_row;
    bool by_columns; /* cells that are not open in collector->columns need no look */
};

/* A place that is being read: a hit, or a whole cell. */
struct candidate {
    uint32_t offset, length;
    uint32_t cell; /* HIT_NO_CELL = none */
    bool whole;    /* the cell itself */
    bool unnamed;  /* whole, but no name speaks for the kind: only what shows its form counts */
    bool labelled;
    struct live_field *field;
    uint32_t field_number;
};

enum outcome { NOT_TAKEN, TAKEN, OUT_OF_MEMORY };

/* Try KINDS on VALUE, FIRST (-1 = none) before the others, until one takes it. */
enum outcome collect_value(struct collecting *c, uint64_t kinds, int first,
                           const struct candidate *place, const struct value *value);

#endif
