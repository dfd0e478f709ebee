/* element.h - one element of the schema of a Parquet file as it stands there. */
#ifndef YINMA_DECODE_PARQUET_ELEMENT_H
#define YINMA_DECODE_PARQUET_ELEMENT_H

#include "decode/parquet/schema.h"

enum parquet_repetition { PARQUET_REQUIRED = 0, PARQUET_OPTIONAL = 1, PARQUET_REPEATED = 2 };
enum parquet_group_kind { PARQUET_GROUP, PARQUET_LIST, PARQUET_MAP };

struct parquet_element {
    struct bytes name;
    struct parquet_type type; /* of a leaf */
    enum parquet_repetition repetition;
    enum parquet_group_kind kind; /* of a group */
    uint64_t children;            /* 0: it is a leaf */
};

/* The structure that is next in T; `bad` is set when it makes no sense. */
void parquet_element_read(struct thrift *t, struct parquet_element *out);

#endif
