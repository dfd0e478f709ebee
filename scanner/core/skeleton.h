/* skeleton.h - lines without their numbers: every run of digits is one '0', its newline belongs to
 * a line. Lines that programs write again and again (logs) have few skeletons. Text is read in
 * parts that stay in the first cache; what is asked of one is asked of all its lines at once.
 *
 * The position sets are those of match/lattice.h. */
#ifndef YINMA_CORE_SKELETON_H
#define YINMA_CORE_SKELETON_H

#include "core/block64/block64.h"

enum {
    SKELETON_BLOCKS = 128, /* of a part */
    SKELETON_PART = 64 * SKELETON_BLOCKS,
    SKELETON_LINE_MOST = 512,                /* longer skeletons are not remembered */
    SKELETON_ROOM = SKELETON_LINE_MOST + 64, /* bytes of the array that holds one */
    SKELETON_NUMBER = 8,                     /* shorter numbers are none worth a look */
};

/* A part of a text: the skeletons of its lines one behind the other, and where numbers may stand.
 * One zero word behind the last of the sets that are read beyond a word. */
struct skeletons {
    uint8_t bytes[SKELETON_PART + 64];
    uint16_t before[SKELETON_BLOCKS + 1]; /* bytes that come from the blocks before */
    uint64_t keep[SKELETON_BLOCKS];       /* the bytes of the text that skeletons have */
    uint64_t digit[SKELETON_BLOCKS + 1], mark[SKELETON_BLOCKS + 1], token[SKELETON_BLOCKS + 1];
    uint64_t starts[SKELETON_BLOCKS]; /* of runs of SKELETON_NUMBER token bytes */
};

struct skeleton_ops {
    /* Of the lines in 64 * BLOCKS bytes at TEXT, where a line begins. */
    void (*make)(const uint8_t *text, size_t blocks, struct skeletons *out);
    /* How often SKELETON (in SKELETON_ROOM bytes) stands one behind the other from BYTES on, before
     * LEFT bytes are over. Reads up to 63 bytes behind them. */
    size_t (*repeats)(const uint8_t *bytes, size_t left, const uint8_t *skeleton, size_t length);
};

/* The variant must be available. */
const struct skeleton_ops *skeleton_ops(enum isa isa);

/* Where the byte at AT of the text stands in the skeletons. It must be one that is kept. */
size_t skeletons_at(const struct skeletons *skeletons, size_t at);
/* The other way round, for a byte of the skeletons. */
size_t skeletons_origin(const struct skeletons *skeletons, size_t at);

#endif
