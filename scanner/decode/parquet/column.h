/* column.h - one column of a row group: its values as text one after the other, with the levels
 * that say where in a row they are. Read page by page, a batch of values at a time. */
#ifndef YINMA_DECODE_PARQUET_COLUMN_H
#define YINMA_DECODE_PARQUET_COLUMN_H

#include "decode/parquet/values.h"

struct parquet_column {
    const struct parquet_leaf *leaf;
    struct parquet_desk *desk; /* not owned */
    struct parquet_chunk chunk;
    uint64_t left;      /* values of the chunk that no page brought yet */
    bool ended;         /* nothing more comes */
    int problem;        /* negative: why that is so before its end, … */
    bool damaged;       /* the checksum of a page was wrong … */
    struct error error; /* … and the first thing to be said */
    struct block_buffer page;
    uint64_t page_left; /* values of the page that no batch brought yet */
    struct parquet_dictionary dictionary;
    struct parquet_runs definitions, repetitions;
    struct parquet_values values;
    struct text_buffer made, texts; /* of the batch */
    /* The batch; what stands at AT is next. */
    size_t count, at;
    bool is_utf8;                         /* its texts are known to be valid */
    struct bytes texts_of[PARQUET_BATCH]; /* ptr NULL: there is none */
    uint32_t definition[PARQUET_BATCH], repetition[PARQUET_BATCH];
};

/* The pages of CHUNK are read from now on; memory of the ones before is used again. */
void parquet_column_begin(struct parquet_column *column, const struct parquet_leaf *leaf,
                          const struct parquet_chunk *chunk, struct parquet_desk *desk);
void parquet_column_release(struct parquet_column *column);

/* The next batch, in place of the one that was used up. False: the column has ended. */
bool parquet_column_fill(struct parquet_column *column);

/* Is there a value at AT? */
static inline bool parquet_column_has(struct parquet_column *column) {
    return column->at < column->count || parquet_column_fill(column);
}

#endif
