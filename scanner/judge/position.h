/* position.h - where in the unit an offset of a segment lies: line, column, row, original offset.
 * Asked with rising offsets, so that lines are counted once. */
#ifndef YINMA_JUDGE_POSITION_H
#define YINMA_JUDGE_POSITION_H

#include "core/block64/block64.h"
#include "core/segment.h"
#include "result/facts.h"

struct position {
    const struct segment *segment; /* that values are found in */
    const struct segment *data;    /* the outermost one: of the data itself */
    const struct block64_ops *ops;
    size_t at;       /* counted up to here, in `data` */
    uint64_t line;   /* of `at` */
    uint64_t offset; /* of `at`, before transcoding */
    /* columns: lines may be as long as a statement, so none is gone over for each of its values */
    size_t seen;       /* looked for line ends up to here, in `data` */
    size_t line_begin; /* behind the last one; 0: none was seen */
    uint64_t width;    /* of the bytes from there to `seen`, before transcoding */
};

void position_start(struct position *p, const struct segment *segment,
                    const struct block64_ops *ops);

/* Set row, line and offset of OUT for a value at OFFSET in CELL (or HIT_NO_CELL). */
void position_describe(struct position *p, size_t offset, uint32_t cell, struct example *out);

/* Column of OFFSET in its line in bytes, from 1; 0 when the line began before the buffer. */
uint32_t position_column(struct position *p, size_t offset);

/* Copy what may be shown: cut at a character, control characters become blanks. */
void position_copy_shown(struct bytes shown, char out[SHOWN_MAX]);

#endif
