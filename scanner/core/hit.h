/* hit.h - where a value may be: what match leaves for judge. Integers only; nothing is decided. */
#ifndef YINMA_CORE_HIT_H
#define YINMA_CORE_HIT_H

#include <stdbool.h>
#include <stdint.h>

enum hit_origin {
    HIT_CELL,  /* the whole cell of a column whose name tells */
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
    int8_t first_kind; /* the one to try first, and that takes values which prove nothing; -1 */
    bool ascii;        /* no byte has its high bit set */
    bool wide;         /* may hold full-width characters */
    bool named;        /* the name of the field tells all of `kinds` */
    bool labelled;     /* a telling word of one of the kinds stands before it */
};

#endif
