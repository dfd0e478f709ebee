/* schema.h - what the columns of a Parquet file are called and hold (parquet.thrift, SchemaElement;
 * LogicalTypes.md). The schema is a tree, its leaves are the columns. */
#ifndef YINMA_DECODE_PARQUET_SCHEMA_H
#define YINMA_DECODE_PARQUET_SCHEMA_H

#include "core/arena.h"
#include "core/error.h"
#include "decode/parquet/thrift.h"

enum {
    PARQUET_LEAVES_MOST = 16384,
    PARQUET_SCHEMA_BYTES = 64 << 20,
    PARQUET_DEPTH_MOST = 64,
};

/* As numbered in the file. */
enum parquet_physical {
    PARQUET_BOOLEAN = 0,
    PARQUET_INT32 = 1,
    PARQUET_INT64 = 2,
    PARQUET_INT96 = 3,
    PARQUET_FLOAT = 4,
    PARQUET_DOUBLE = 5,
    PARQUET_BYTES = 6,
    PARQUET_FIXED_BYTES = 7,
};

/* What values mean; each is written as text in its own way (print.h). */
enum parquet_meaning {
    PARQUET_PLAIN, /* nothing but what the physical type says */
    PARQUET_TEXT,
    PARQUET_DECIMAL,
    PARQUET_DATE,
    PARQUET_TIME,
    PARQUET_TIMESTAMP, /* of a clock on the wall */
    PARQUET_INSTANT,   /* of UTC */
    PARQUET_UNSIGNED,
    PARQUET_UUID,
    PARQUET_FLOAT16,
    PARQUET_INTERVAL,
};

struct parquet_type {
    enum parquet_physical physical;
    uint32_t length; /* of a value of fixed length, bytes; 0 where it has its own */
    enum parquet_meaning meaning;
    int32_t scale;  /* digits of a decimal behind the point */
    uint32_t parts; /* of a second, that times count */
};

#define PARQUET_NO_MAP UINT32_MAX

struct parquet_leaf {
    struct bytes path; /* `order.items[].phone`, as in JSON; of a plain column its name */
    struct parquet_type type;
    uint16_t definition, repetition; /* the highest levels: a value is there; it is one of many */
    uint16_t element; /* definition from which on the innermost list has an element; 0: no list */
    bool is_map_key;
    uint32_t map_key; /* of what is in the values of a map: the leaf of its keys; else NO_MAP */
    struct bytes map_path; /* … the path of the map … */
    struct bytes map_rest; /* … and what follows that of a value: ".city", "[]"; "" for itself */
    uint16_t map_definition, map_repetition; /* levels of an entry */
};

struct parquet_schema {
    struct arena memory;
    struct parquet_leaf *leaves;
    size_t count, capacity;
    bool over; /* there are more columns than are read */
};

/* From the list of elements that is next in T, whose field is of TYPE. 0 or a negative code. */
int parquet_schema_read(struct parquet_schema *schema, struct thrift *t, unsigned type,
                        struct error *err);
void parquet_schema_release(struct parquet_schema *schema);

#endif
