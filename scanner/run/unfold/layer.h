/* layer.h - what unfold.c works with: the content of one segment's cells. */
#ifndef YINMA_RUN_UNFOLD_LAYER_H
#define YINMA_RUN_UNFOLD_LAYER_H

#include "decode/json/walk.h"

typedef size_t unfold_decode_fn(struct bytes value, uint8_t *out, unsigned dialect);

/* Where a stretch of the content comes from. */
struct unfold_piece {
    size_t begin, end;             /* in the content */
    size_t outer_begin, outer_end; /* in the segment it stands in */
    unfold_decode_fn *decode;      /* NULL: the same bytes */
    unsigned dialect;
    bool made; /* of all these bytes together: where each comes from cannot be told */
};

struct unfold_layer {
    struct segment content;
    uint8_t *bytes; /* SEGMENT_PADDING readable bytes behind `capacity` */
    size_t len, capacity;
    struct cell *cells;
    size_t cell_count, cell_capacity;
    struct row_mark *rows;
    size_t row_count, row_capacity;
    struct unfold_piece *pieces;
    size_t piece_count, piece_capacity;
    struct cell *marked; /* the cells of the outer segment */
    size_t marked_count, marked_capacity;
    uint8_t *scratch; /* for locate */
    size_t scratch_capacity;
    bool failed; /* memory ran out */
};

/* Room for ITEM bytes more in an array of COUNT; sets layer->failed when there is none. */
bool unfold_reserve(struct unfold_layer *layer, void **array, size_t *capacity, size_t need,
                    size_t item);

void unfold_layer_release(struct unfold_layer *layer);
/* Empty it for the content of OUTER. */
void unfold_layer_start(struct unfold_layer *layer, const struct segment *outer);

/* Put the bytes outer[begin .. end) into the content, decoded unless DECODE is NULL; a line end
 * goes behind them. The text as it is there now; {NULL, 0} when memory is out. */
struct bytes unfold_layer_text(struct unfold_layer *layer, size_t begin, size_t end,
                               unfold_decode_fn *decode, unsigned dialect);
/* The same of TEXT, which was made of outer[begin .. end) as a whole. */
struct bytes unfold_layer_made(struct unfold_layer *layer, size_t begin, size_t end,
                               struct bytes text);
/* Take the last text back. */
void unfold_layer_undo(struct unfold_layer *layer);

/* A cell of the content, of row ROW (0 = none); OFFSET counts in the content. */
void unfold_layer_cell(struct unfold_layer *layer, struct cell cell, uint64_t row);

/* The same of TEXT, which stands in the content: what is empty is NULL, what is long is running
 * text. FLAGS: more of them. */
void unfold_layer_value(struct unfold_layer *layer, struct bytes text, uint32_t field,
                        uint32_t flags, uint64_t row);

/* Mark the outer segment's cell as unfolded, or go on without. */
void unfold_layer_mark(struct unfold_layer *layer, struct cell cell, uint32_t flags);

/* segment.locate of the content; the context is the layer. */
size_t unfold_layer_locate(void *context, size_t offset);

#endif
