/* packed_value.h - values that a program compressed before it stored them, and whole files: in BLOB
 * columns and, as base64, in JSON. */
#ifndef YINMA_DECODE_PACKED_VALUE_H
#define YINMA_DECODE_PACKED_VALUE_H

#include "core/block_codec.h"

enum { PACKED_VALUE_HEAD = 8 /* bytes that are looked at */, PACKED_VALUE_MIN = 16 };

struct packed_value {
    enum block_codec codec;
    size_t begin; /* of the compressed data: MySQL's COMPRESS() puts the length before them */
    bool sure;    /* bytes say so that others do not begin with by chance */
};

/* Do the first bytes of DATA say that it is compressed? */
bool packed_value(struct bytes data, struct packed_value *out);

/* What kind of file DATA is by its first bytes, of those in which text is hidden from a look at the
 * bytes: "PDF", "zip" …, static; NULL: none of them. */
const char *packed_file(struct bytes data);

#endif
