/* batch.h - the cells and row marks of the segment that is being made; one memory for all
 * segments of a unit. */
#ifndef YINMA_DECODE_SQL_BATCH_H
#define YINMA_DECODE_SQL_BATCH_H

#include "core/error.h"
#include "core/field_set.h"
#include "core/segment.h"
#include "decode/sql/dialect.h"
#include "decode/sql/rows.h"

enum {
    SQL_BATCH_CELLS = 8192,                  /* a segment ends when it holds so many */
    SQL_BATCH_CHUNK = 64 * SQL_CHUNK_BLOCKS, /* and one chunk adds at most so many */
    SQL_BATCH_CAPACITY = SQL_BATCH_CELLS + SQL_BATCH_CHUNK + SQL_ROW_CELLS_BEHIND + 64,
};

struct sql_batch {
    struct cell *cells;
    struct row_mark *rows;
    uint32_t count;
    uint32_t row_count;
    uint32_t row_first;       /* the first cell of the row in progress */
    size_t row_at;            /* where that row begins, SIZE_MAX = in an earlier segment */
    uint32_t plain_rows;      /* of them came from the fast path, one like the other, … */
    uint32_t plain_columns;   /* … with so many cells each */
    uint32_t plain_flags;     /* … that have these flags at most */
    enum sql_escapes escapes; /* of the segment's escaped cells: one form a segment */
};

int sql_batch_init(struct sql_batch *batch, struct error *err);
void sql_batch_release(struct sql_batch *batch);
/* Start a segment. ROW: the row that goes on into it, 0 = none. */
void sql_batch_clear(struct sql_batch *batch, uint64_t row);

static inline bool sql_batch_full(const struct sql_batch *batch) {
    return batch->count >= SQL_BATCH_CELLS || batch->row_count >= SQL_BATCH_CELLS;
}

/* Row ROW begins at byte AT. */
static inline void sql_batch_row(struct sql_batch *batch, uint64_t row, size_t at) {
    batch->rows[batch->row_count++] = (struct row_mark){.first_cell = batch->count, .row = row};
    batch->row_first = batch->count;
    batch->row_at = at;
}

/* Forget the row in progress: it will be read again, whole, in the next segment. */
static inline void sql_batch_drop_row(struct sql_batch *batch) {
    batch->count = batch->row_first;
    batch->row_count--;
}

/* What belongs to no column is running text. */
static inline void sql_batch_cell(struct sql_batch *batch, size_t begin, size_t end, uint32_t field,
                                  unsigned flags) {
    batch->cells[batch->count++] =
        (struct cell){.offset = (uint32_t)begin,
                      .length = (uint32_t)(end - begin),
                      .field = field,
                      .flags = field == FIELD_FREE_TEXT ? flags | CELL_TEXT : flags};
}

/* May cells with these escapes stand in this segment? If not, it must end first. */
static inline bool sql_batch_takes(struct sql_batch *batch, enum sql_escapes escapes) {
    if (batch->escapes == SQL_ESCAPES_NONE) {
        batch->escapes = escapes;
    }
    return batch->escapes == escapes;
}

/* Running text of no table, bytes[begin .. end), without blanks around it; it belongs to no row. */
void sql_batch_text(struct sql_batch *batch, const uint8_t *bytes, size_t begin, size_t end);

#endif
