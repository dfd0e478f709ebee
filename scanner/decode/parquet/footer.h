/* footer.h - what a Parquet file says of itself at its end (parquet.thrift, FileMetaData): the
 * schema, and row group by row group where the pages of each column are. */
#ifndef YINMA_DECODE_PARQUET_FOOTER_H
#define YINMA_DECODE_PARQUET_FOOTER_H

#include "core/byte_source.h"
#include "decode/parquet/schema.h"

enum {
    PARQUET_MAGIC_BYTES = 4,
    PARQUET_TAIL_BYTES = 8, /* length of the footer, magic */
    PARQUET_FOOTER_BYTES = 256 << 20,
};

/* As numbered in the file. */
enum parquet_codec {
    PARQUET_STORED = 0,
    PARQUET_SNAPPY = 1,
    PARQUET_GZIP = 2,
    PARQUET_LZO = 3,
    PARQUET_BROTLI = 4,
    PARQUET_LZ4 = 5,
    PARQUET_ZSTD = 6,
    PARQUET_LZ4_RAW = 7,
};

/* The pages of one column in one row group. */
struct parquet_chunk {
    bool told;      /* there is one */
    bool encrypted; /* readable only with a key */
    bool elsewhere; /* in another file */
    int64_t codec;
    uint64_t values; /* also those that are null */
    uint64_t at;     /* of its first page in the file */
};

struct parquet_footer {
    uint8_t *data; /* owned */
    struct parquet_schema schema;
    uint64_t begin;       /* where in the file the footer begins: pages stand before */
    struct thrift groups; /* the next one */
    size_t groups_left;
    struct thrift texts; /* keys and values that writers add */
    size_t texts_left;
};

/* 0 or a negative code: YINMA_E_TRUNCATED when the file does not end as one of Parquet. */
int parquet_footer_read(struct parquet_footer *footer, struct byte_source *source,
                        struct error *err);
void parquet_footer_release(struct parquet_footer *footer);

/* The next row group: its rows and the chunks of the columns of the schema. False: there is none,
 * or (groups.bad) it makes no sense. */
bool parquet_footer_group(struct parquet_footer *footer, struct parquet_chunk *chunks,
                          uint64_t *rows);
/* The next text that was added. */
bool parquet_footer_text(struct parquet_footer *footer, struct bytes *key, struct bytes *value);

#endif
