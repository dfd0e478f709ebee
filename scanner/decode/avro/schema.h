/* schema.h - the schema of an Avro file (JSON; "Schema Declaration" of the specification) as a
 * graph of types. Named types may stand in themselves. */
#ifndef YINMA_DECODE_AVRO_SCHEMA_H
#define YINMA_DECODE_AVRO_SCHEMA_H

#include "core/arena.h"
#include "core/error.h"

enum avro_kind {
    AVRO_NULL,
    AVRO_BOOLEAN,
    AVRO_INT,
    AVRO_LONG,
    AVRO_FLOAT,
    AVRO_DOUBLE,
    AVRO_BYTES,
    AVRO_STRING,
    AVRO_RECORD,
    AVRO_ENUM,
    AVRO_ARRAY,
    AVRO_MAP,
    AVRO_UNION,
    AVRO_FIXED,
};

/* What a number or bytes mean; those that the type cannot have are left out. */
enum avro_logical {
    AVRO_PLAIN,
    AVRO_DATE,
    AVRO_TIME,         /* `second` of its units are one */
    AVRO_MOMENT,       /* … UTC */
    AVRO_LOCAL_MOMENT, /* … as clocks showed it */
    AVRO_DECIMAL,      /* `scale` */
};

/* A field of a record, a symbol of an enum, a branch of a union. */
struct avro_part {
    struct bytes name;            /* SEGMENT_PADDING readable bytes behind it; "" of a branch */
    struct bytes doc;             /* what people are told of it; "" when nothing is said */
    const struct avro_type *type; /* NULL of a symbol */
};

struct avro_type {
    enum avro_kind kind;
    enum avro_logical logical;
    uint32_t scale;
    uint32_t second;
    uint64_t size;     /* of fixed, bytes */
    struct bytes name; /* with its namespace; of record, enum, fixed */
    struct avro_part *parts;
    size_t part_count;
    const struct avro_type *items; /* of array and map */
    struct avro_type *older;       /* the named type read before it */
};

/* TEXT into ARENA, where the types stay. 0, YINMA_E_DAMAGED (the message holds nothing of the text)
 * or YINMA_E_MEMORY. */
int avro_schema_read(struct bytes text, struct arena *arena, const struct avro_type **out,
                     struct error *err);

#endif
