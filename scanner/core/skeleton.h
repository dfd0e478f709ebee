/* skeleton.h - a line without its numbers: every run of digits is one '0', its newline belongs to
 * it. Lines that programs write again and again (logs) have few skeletons.
 *
 * The position sets of a line are those of match/lattice.h. */
#ifndef YINMA_CORE_SKELETON_H
#define YINMA_CORE_SKELETON_H

#include "core/block64/block64.h"

enum {
    SKELETON_BLOCKS = 8,
    SKELETON_LINE_MOST = 64 * SKELETON_BLOCKS, /* longer lines have none */
    SKELETON_ROOM = SKELETON_LINE_MOST + 64,   /* bytes of the array that holds one */
    SKELETON_NUMBER = 8,                       /* shorter numbers are none worth a look */
};

/* Where the numbers of a line may stand; one zero word behind the last. */
struct line_numbers {
    uint64_t digit[SKELETON_BLOCKS + 1], mark[SKELETON_BLOCKS + 1], token[SKELETON_BLOCKS + 1];
    uint64_t starts[SKELETON_BLOCKS]; /* of runs of SKELETON_NUMBER token bytes */
    size_t blocks;
};

struct skeleton_ops {
    /* The skeleton of the line at LINE in OUT (SKELETON_ROOM bytes), *length of it; returns how
     * long the line is, 0 when it has no end in LEFT bytes or is too long. */
    size_t (*make)(const uint8_t *line, size_t left, uint8_t *out, size_t *length);
    /* Has the line at LINE this skeleton (in SKELETON_ROOM bytes)? Then its length and its sets;
     * else 0. */
    size_t (*fits)(const uint8_t *line, size_t left, const uint8_t *skeleton, size_t length,
                   struct line_numbers *out);
};

/* Both read up to 64 bytes behind LEFT. The variant must be available. */
const struct skeleton_ops *skeleton_ops(enum isa isa);

#endif
