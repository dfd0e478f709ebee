/* lists.h - delimited text as lists: where fields end, and the cells of whole rows in
 * which every field is as bare as nearly all are: no quotes, no blanks around it, not empty, not
 * long. Compiled once an instruction set; the scalar variant is the reference. */
#ifndef YINMA_DECODE_DELIMITED_LISTS_H
#define YINMA_DECODE_DELIMITED_LISTS_H

#include "core/block64/variant_for.h"
#include "core/segment.h"

enum {
    DELIMITED_LIST_BLOCKS = 64, /* whose field ends are listed at once */
    DELIMITED_LIST_BYTES = 64 * DELIMITED_LIST_BLOCKS,
    DELIMITED_BARE_BYTES = 200,
    /* An entry is a position from the first block on, and: */
    DELIMITED_AT = 0x1FFF,
    DELIMITED_RETURN = 0x2000, /* a record ends there, and a CR before it is no part of its field */
    DELIMITED_RECORD = 0x4000, /* a record ends there */
    DELIMITED_NUMBER = BLOCK64_FLAGGED, /* nothing but digits, or nothing, stands before */
    DELIMITED_TEMPLATE_MIN = 64,
};
_Static_assert((int)DELIMITED_LIST_BYTES <= (int)DELIMITED_AT, "a position fits");

/* What goes from block to block; as it stands before text that begins with a field: */
struct delimited_carry {
    uint64_t ended;    /* 1: the last byte ended a field */
    uint64_t dress;    /* 1: the last byte was one that fields are dressed with */
    uint64_t returned; /* 1: it was a CR that ends no record */
    uint64_t digits;   /* 1: so far, the field in work has digits and nothing else */
};
static const struct delimited_carry delimited_carry_start = {.ended = 1};

struct delimited_list {
    size_t count;
    uint16_t entries[DELIMITED_LIST_BYTES + BLOCK64_POSITIONS_BEHIND];
    /* Where a field begins that is empty or has a blank, a quote or the like in front (rarely
     * something else), and where one ends that has one there; 0 behind the blocks. */
    uint64_t odd[DELIMITED_LIST_BLOCKS + 1];
    uint64_t any_odd; /* not 0: there is one */
};

/* The cells of rows of WIDTH fields, repeated to at least DELIMITED_TEMPLATE_MIN and once more the
 * first: their fields, and DELIMITED_RECORD for the last one of each row. */
struct delimited_template {
    size_t width, count;
    uint32_t fields[SEGMENT_COLUMNS_MAX + DELIMITED_TEMPLATE_MIN + 1];
    uint16_t records[SEGMENT_COLUMNS_MAX + DELIMITED_TEMPLATE_MIN + 1];
};
/* WIDTH is at most SEGMENT_COLUMNS_MAX. */
void delimited_template_make(struct delimited_template *template, const uint32_t *columns,
                             size_t width);

struct delimited_kernels {
    /* List the ENDS of fields in BLOCKS blocks of bytes; RECORDS: bytes that end records, where
     * they are ends. */
    void (*list)(const uint8_t *bytes, size_t blocks, const uint64_t *ends, const uint64_t *records,
                 struct delimited_carry *carry, struct delimited_list *out);
    /* The same of text without blanks, quotes, guards and CR. False, and CARRY as it was: there are
     * some. */
    bool (*list_plain)(const uint8_t *bytes, size_t blocks, const uint64_t *ends,
                       const uint64_t *records, struct delimited_carry *carry,
                       struct delimited_list *out);
    /* The cells of COUNT entries, whole rows; the first begins at START, positions count from BASE
     * bytes behind where offsets do. Returns how many are sure to be those of bare fields like
     * TEMPLATE; the others mean nothing. What is odd is not looked at. */
    size_t (*cells)(const uint16_t *entries, size_t count, size_t start, size_t base,
                    const struct delimited_template *template, struct cell *cells);
};
extern const struct delimited_kernels VARIANTS(delimited_kernels);
const struct delimited_kernels *delimited_kernels_for(enum isa isa);

#endif
