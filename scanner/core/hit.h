/* hit.h - where a value may be: what match leaves for judge. Integers only; nothing is decided. */
#ifndef YINMA_CORE_HIT_H
#define YINMA_CORE_HIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hit_origin {
    HIT_TOKEN, /* a run of digits and marks */
    HIT_LABEL, /* what stands behind a telling word */
    HIT_WORD,  /* begins with a word of its kind (a county), or surrounds an '@' */
};

enum { HIT_NO_CELL = UINT32_MAX };

struct hit {
    uint32_t offset, length; /* in the segment's bytes */
    uint32_t field;
    uint32_t cell;  /* index of the cell it stands in, or HIT_NO_CELL */
    uint64_t kinds; /* candidates: bit i = pattern i */
    uint8_t origin;
    bool ascii;    /* no byte has its high bit set */
    bool wide;     /* may hold full-width characters */
    bool labelled; /* a telling word of one of the kinds stands before it … */
    bool loose;    /* … which says too little: it must look like a value by itself */
};

/* Which end of a value stands in a field whose name says that it holds a part only. */
enum value_part { PART_NONE, PART_HEAD, PART_TAIL };

/* What the name of a field says about its cells. */
struct cell_plan {
    uint64_t kinds;    /* candidates for the whole cell; 0 = the name tells nothing */
    int8_t first_kind; /* the one to try first, and that takes values which prove nothing; -1 */
    bool named;        /* the name tells the kinds; else it is a hint only */
    uint8_t part;      /* enum value_part */
    bool key;          /* the name is that of a number which tells rows apart (order_no) */
    uint8_t date_rank; /* a date column that may date its row, see patterns/pattern.h; 0 = none */
    uint32_t table;    /* of the field */
    uint64_t unnamed;  /* a column without a name: kinds that whole cells are tried for when nothing
                          in them proves itself; `kinds` is 0 then */
};

/* All there is to look at in one segment: every filled cell whose plan names kinds, and the hits.
 * Valid until the next segment is matched. */
struct match_result {
    const struct hit *hits; /* sorted by offset; none in cells whose plan names kinds, unless a
                               word or an '@' stands there */
    size_t count;
    const struct cell_plan *plans; /* by field number */
    /* Positions of bytes of other alphabets, and of those that may have to be folded: bit i speaks
     * of bytes[sets_base + i] of the segment. */
    const uint64_t *high, *wide;
    size_t sets_base;
    /* Hits inside a cell whose plan named kinds that its value is none of. */
    int (*inspect)(void *context, uint32_t cell, const struct hit **hits_out, size_t *count_out);
    void *inspect_context;
};

#endif
