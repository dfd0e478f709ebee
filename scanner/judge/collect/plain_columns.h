/* plain_columns.h - the part of collecting that goes down the columns of a table instead of along
 * its rows: clear values of named columns that are written as nearly all are, and columns that are
 * only counted. The code of one kind stays at work for many values. Everything else is left for
 * collect.c; the facts are the same either way. */
#ifndef YINMA_JUDGE_COLLECT_PLAIN_COLUMNS_H
#define YINMA_JUDGE_COLLECT_PLAIN_COLUMNS_H

#include "core/hit.h"
#include "core/segment.h"
#include "judge/collect/column_stretch.h"
#include "judge/dates/column_dates.h"
#include "judge/distinct_counter.h"
#include "judge/live/fields.h"

struct plain_columns {
    uint8_t *open; /* by cell: 0 = nothing is left to do, neither for it nor for hits inside */
    size_t capacity;
    struct value_column values;
    uint32_t rows[VALUE_COLUMN_MAX]; /* of the segment: where each value stands */
    struct column_dates dates;
};

void plain_columns_release(struct plain_columns *columns);

/* What reading needs besides the segment. */
struct plain_reading {
    enum isa isa;
    kind_list kinds;
    unsigned examples; /* of each state */
    const struct date_cuts *cuts;
    struct distinct_counter *distinct;
    struct live_fields *fields;
    struct day_cells days;
};

/* Count what can be counted by columns in STRETCH; what stands outside of it stays open. Afterwards
 * `open` speaks of every cell of SEGMENT, and `dates` of its rows. False when memory is out. */
bool plain_columns_read(struct plain_columns *columns, const struct segment *segment,
                        const struct match_result *match, const struct column_stretch *stretch,
                        const struct plain_reading *how);

/* The first cell from FROM on that is open, or COUNT. */
static inline size_t plain_columns_next(const struct plain_columns *columns, size_t from,
                                        size_t count) {
    while (from < count && columns->open[from] == 0) {
        uint64_t open;
        memcpy(&open, columns->open + from, sizeof open); /* there is room behind the last */
        if (open != 0) {
            from += (size_t)__builtin_ctzll(open) / 8;
            break;
        }
        from += sizeof open;
    }
    return from < count ? from : count;
}

#endif
