/* lattice.h - numbers without regular expressions. One pass turns 64 bytes into sets of positions
 * (digits, mask marks, separators that stand between them …); everything after that is arithmetic
 * on the sets, so what is no token costs nothing. docs/performance.md has the measurements. */
#ifndef YINMA_MATCH_LATTICE_H
#define YINMA_MATCH_LATTICE_H

#include "core/block64/block64.h"

/* Bit i of word b speaks of bytes[64 * b + i]. Arrays have one zero word behind the last. */
struct lattice_sets {
    uint64_t *digit;   /* 0-9 */
    uint64_t *mark;    /* mask marks of one byte: * # x X */
    uint64_t *token;   /* digits, marks, and single '-' or ' ' between two of them */
    uint64_t *high;    /* bytes of other alphabets */
    uint64_t *letter;  /* A-Z a-z */
    uint64_t *part;    /* ':' '=' ' ': what may stand between a label and its value */
    uint64_t *at;      /* '@' */
    uint64_t *close;   /* ')' */
    uint64_t *wide;    /* lead bytes of full-width characters, wide blanks and typographic hyphens
                          (EF, E3, E2, C2): the value may have to be folded */
    uint64_t *telling; /* see lattice_kernels.tellings */
    uint64_t *parted;  /* see lattice_kernels.parted */
};

enum {
    TOKEN_MIN = 8,  /* shorter runs are no value of any kind the lattice serves */
    DATE_DIGITS = 8 /* of a date */
};

enum lattice_dates { LATTICE_DATES_KEPT, LATTICE_DATES_CLEARED };

/* Compiled once an instruction set; never NULL. */
struct lattice_kernels {
    /* Fill the sets for 64 * BLOCKS readable bytes. */
    void (*sets)(const uint8_t *bytes, size_t blocks, const struct lattice_sets *out);
    /* Only `high`, `wide` and `at`: enough where every cell is looked at as a whole. */
    void (*outlines)(const uint8_t *bytes, size_t blocks, const struct lattice_sets *out);
    /* The outlines, and `telling`: digits, `*`, `#`, bytes of other alphabets, and X behind another
     * X or next but one to it. A text without any of these has no token and no word that matters.
     */
    void (*tellings)(const uint8_t *bytes, size_t blocks, const struct lattice_sets *out);
    /* STARTS[b] = positions in block b where a run of at least TOKEN_MIN token bytes begins. The
     * arrays of SETS have BLOCKS + 1 readable words; a run that reaches into later blocks counts
     * with what they hold.
     *
     * Dates cleared: without those that begin eight digits in one piece, or ten characters that
     * look like 2025-01-31: no more than eight digits without a mask mark. They stay behind
     * letters, blanks and closing brackets, where they may be a part of something longer, and
     * beside mask marks. */
    void (*starts)(const struct lattice_sets *sets, size_t blocks, enum lattice_dates dates,
                   uint64_t *starts);
    /* PARTED[b] = positions in block b where digits begin that are grouped as telephone numbers
     * are (core/block64/digit_groups.h). DIGIT has BLOCKS + 1 words. */
    void (*parted)(const uint64_t *digit, size_t blocks, uint64_t *parted);
};

const struct lattice_kernels *lattice_kernels_for(enum isa isa);

#endif
