/* thrift.h - structures in the compact protocol of Apache Thrift
 * (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md), in which Parquet keeps what it
 * says of itself. Read in place, forward; whoever reads asks for the next field and takes its value
 * or skips it. */
#ifndef YINMA_DECODE_PARQUET_THRIFT_H
#define YINMA_DECODE_PARQUET_THRIFT_H

#include "core/bytes.h"

enum thrift_type {
    THRIFT_STOP = 0,
    THRIFT_TRUE = 1,
    THRIFT_FALSE = 2,
    THRIFT_BYTE = 3,
    THRIFT_I16 = 4,
    THRIFT_I32 = 5,
    THRIFT_I64 = 6,
    THRIFT_DOUBLE = 7,
    THRIFT_BINARY = 8,
    THRIFT_LIST = 9,
    THRIFT_SET = 10,
    THRIFT_MAP = 11,
    THRIFT_STRUCT = 12,
    THRIFT_UUID = 13,
};

struct thrift {
    const uint8_t *at, *end;
    bool bad; /* it makes no sense, or ends too early: nothing more is read */
};

/* All zero before the first field of a structure. */
struct thrift_field {
    unsigned type; /* of its value */
    int id;
};

/* The next field of the structure; false at its end. */
bool thrift_next(struct thrift *t, struct thrift_field *field);

/* The value of a field just met. One of another type than asked for sets `bad`. */
int64_t thrift_integer(struct thrift *t, unsigned type);
struct bytes thrift_binary(struct thrift *t, unsigned type); /* a view */
/* The number of elements of a list, each of type *ELEMENT, which follow one after the other. */
size_t thrift_list(struct thrift *t, unsigned type, unsigned *element);
/* Is a structure next? False sets `bad`. */
bool thrift_structure(struct thrift *t, unsigned type);
void thrift_skip(struct thrift *t, unsigned type);

/* LEB128, as in other places of the file. */
uint64_t thrift_varint(struct thrift *t);
static inline int64_t thrift_unfold(uint64_t folded) {
    return (int64_t)(folded >> 1) ^ -(int64_t)(folded & 1);
}

#endif
