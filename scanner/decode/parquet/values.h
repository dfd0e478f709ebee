/* values.h - the values of a page of Parquet, in each of the encodings that they may be in
 * (Encodings.md). */
#ifndef YINMA_DECODE_PARQUET_VALUES_H
#define YINMA_DECODE_PARQUET_VALUES_H

#include "core/text_buffer.h"
#include "decode/parquet/bits.h"
#include "decode/parquet/pages.h"

enum { PARQUET_BATCH = 256 }; /* values that are taken at a time */

struct parquet_dictionary {
    struct block_buffer room; /* what its entries stand in */
    struct bytes *entries;
    size_t count, entries_bytes;
    bool is_utf8; /* each of them is valid */
    struct text_buffer texts;
};

struct parquet_values {
    enum parquet_encoding encoding;
    struct parquet_type type;
    const struct parquet_dictionary *dictionary;
    struct bytes data; /* what was not read yet */
    uint64_t at;       /* a bit, or a value, of it */
    uint64_t count;    /* values in all: they stand apart byte by byte (PARQUET_VALUES_SPLIT) */
    struct parquet_runs runs;
    struct parquet_deltas deltas, suffixes;
    struct text_buffer last; /* the value before, of which the next one repeats the beginning */
};
void parquet_values_release(struct parquet_values *values);

/* DATA: values in ENCODING. 0 or a negative code. */
int parquet_values_begin(struct parquet_values *values, int64_t encoding,
                         const struct parquet_type *type,
                         const struct parquet_dictionary *dictionary, struct bytes data,
                         struct error *err);

/* Up to COUNT values (PARQUET_BATCH at most) as they stand in the file, in place or in MADE; fewer
 * when they end or make no sense. */
size_t parquet_values_take(struct parquet_values *values, struct bytes *out, size_t count,
                           struct text_buffer *made);

#endif
