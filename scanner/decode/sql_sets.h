/* sql_sets.h - the bit sets behind the fast paths: where the marks of a VALUES list or of COPY rows
 * stand, 64 bytes to a word. Compiled once an instruction set. */
#ifndef YINMA_DECODE_SQL_SETS_H
#define YINMA_DECODE_SQL_SETS_H

#include "core/block64/block64.h"

enum { SQL_CHUNK_BLOCKS = 64 }; /* 4 KiB at a time: sets and bytes stay in the first cache */

/* What goes from chunk to chunk; all zero at the start of a value. */
struct sql_carry {
    uint64_t in_string;   /* 0 or ~0 */
    uint64_t escaped;     /* 1: the next byte stands behind an odd run of back-slashes */
    uint64_t after_close; /* 1: the last byte closed a string */
};

struct sql_sets {
    /* VALUES: `,` `(` `)` outside strings; COPY: tabs and newlines that are not escaped */
    uint64_t marks[SQL_CHUNK_BLOCKS];
    /* Bytes that need a closer look at the value they stand in: back-slashes, and whatever follows
     * a closing quote without being a mark (a doubled quote, a blank, a cast). */
    uint64_t events[SQL_CHUNK_BLOCKS];
};

/* How strings are written: the quote, and ~0 where a back-slash escapes, else 0. */
struct sql_string_form {
    uint8_t quote;
    uint64_t backslash;
};

struct sql_kernels {
    void (*values)(const uint8_t *bytes, size_t blocks, struct sql_string_form form,
                   struct sql_carry *carry, struct sql_sets *out);
    void (*copy)(const uint8_t *bytes, size_t blocks, struct sql_carry *carry,
                 struct sql_sets *out);
};

extern const struct sql_kernels sql_kernels_scalar;
extern const struct sql_kernels sql_kernels_avx2;
extern const struct sql_kernels sql_kernels_avx512;

#endif
