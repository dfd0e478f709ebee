/* bits.h - whole numbers in few bits, as Parquet keeps levels, numbers of dictionaries and
 * differences (github.com/apache/parquet-format, Encodings.md). */
#ifndef YINMA_DECODE_PARQUET_BITS_H
#define YINMA_DECODE_PARQUET_BITS_H

#include "decode/parquet/thrift.h"

/* WIDTH bits (0 to 64) from bit AT of DATA on, the lowest first; bits behind its end are 0. */
uint64_t parquet_bits(struct bytes data, uint64_t at, unsigned width);

/* Runs of one value and groups of packed values in turn ("RLE / bit-packing hybrid"). */
struct parquet_runs {
    struct thrift data; /* what was not read yet */
    unsigned width;     /* bits of a value, 0 to 32 */
    uint64_t left;      /* values of the current run */
    bool packed;
    uint32_t value;     /* of a run of one value */
    struct bytes group; /* packed values … */
    uint64_t at;        /* … and which bit is next */
    bool is_high_first; /* one group of the deprecated form: packed from the highest bit on */
};

void parquet_runs_begin(struct parquet_runs *runs, struct bytes data, unsigned width);
/* COUNT values of the deprecated form that begin at DATA. */
void parquet_runs_deprecated(struct parquet_runs *runs, struct bytes data, unsigned width,
                             uint64_t count);
/* Up to COUNT values; fewer when the data ends or makes no sense. */
size_t parquet_runs_take(struct parquet_runs *runs, uint32_t *out, size_t count);

/* Differences to the value before, in blocks ("DELTA_BINARY_PACKED"). */
struct parquet_deltas {
    struct thrift data;
    uint64_t block_values, parts; /* of a block: values, and the parts they are in */
    uint64_t left;                /* values in all */
    int64_t last, least;          /* the value before; the smallest difference of the block */
    const uint8_t *widths;        /* of the parts of the block; NULL: none is open */
    uint64_t part, part_left;
    struct bytes packed; /* the current part */
    uint64_t at;
    bool first; /* the first value stands in the header */
};

/* False: it makes no sense. */
bool parquet_deltas_begin(struct parquet_deltas *deltas, struct bytes data);
size_t parquet_deltas_take(struct parquet_deltas *deltas, int64_t *out, size_t count);
/* Where the data behind the last value begins; NULL: nowhere. Of one that was just begun. */
const uint8_t *parquet_deltas_end(struct parquet_deltas deltas);

#endif
