/* sets.h - the bit sets behind the fast paths: where the marks of a VALUES list or of COPY rows
 * stand, 64 bytes to a word. Compiled once an instruction set. */
#ifndef YINMA_DECODE_SQL_SETS_H
#define YINMA_DECODE_SQL_SETS_H

#include "core/block64/variant_for.h"

enum {
    SQL_CHUNK_BLOCKS = 64, /* 4 KiB at a time: sets and bytes stay in the first cache */
    SQL_CHUNK_BYTES = 64 * SQL_CHUNK_BLOCKS,
    SQL_MARK_QUOTED = BLOCK64_FLAGGED,
    SQL_MARK_PLACE = SQL_MARK_QUOTED - 1,
};

/* What goes from chunk to chunk; all zero at the start of a value. */
struct sql_carry {
    uint64_t in_string; /* 0 or ~0 */
    uint64_t escaped;   /* 1: the next byte stands behind an odd run of back-slashes */
    uint64_t inside;    /* 1: the last byte was no mark, nor a blank right behind one */
    uint64_t quoted;    /* 1: the last byte was a quote */
};

struct sql_sets {
    /* VALUES: where `,` `(` `)` stand outside strings; COPY: tabs and newlines that are not
     * escaped. From the start of the chunk, rising; VALUES: SQL_MARK_QUOTED is set in those right
     * behind a quote. */
    uint16_t marks[SQL_CHUNK_BYTES + BLOCK64_POSITIONS_BEHIND];
    uint32_t mark_count;
    /* Bytes that need a closer look at the value they stand in: back-slashes; in VALUES whatever
     * stands outside strings but marks, digits and what is `odd`, and quotes and brackets that open
     * elsewhere than at the start of a value: a doubled quote, a word, a cast. */
    uint64_t events[SQL_CHUNK_BLOCKS];
    uint64_t any_event; /* not 0: there are events */
    /* VALUES, not 0: outside strings there are blanks behind marks, or bytes of numbers and of NULL
     * other than digits. */
    uint64_t any_odd;
};

/* How strings are written: the quote, and ~0 where a back-slash escapes, else 0. */
struct sql_string_form {
    uint8_t quote;
    uint64_t backslash;
};

struct sql_rows;
typedef uint32_t sql_rows_fn(struct sql_rows *rows);

/* Of bytes[0 .. length), at most a chunk; whole blocks must be readable. */
struct sql_kernels {
    void (*values)(const uint8_t *bytes, size_t length, struct sql_string_form form,
                   struct sql_carry *carry, struct sql_sets *out);
    /* The same where nothing stands outside strings but marks and digits, and there is no
     * back-slash: without `events`. False, and CARRY as it was: something else does. */
    bool (*even)(const uint8_t *bytes, size_t length, uint8_t quote, struct sql_carry *carry,
                 struct sql_sets *out);
    void (*copy)(const uint8_t *bytes, size_t length, struct sql_carry *carry,
                 struct sql_sets *out);
    sql_rows_fn *rows; /* see sql/rows.h */
};

extern const struct sql_kernels VARIANTS(sql_kernels);

#endif
