/* gate.h - between the decoder of a piece and everything that counts: what was decoded of the
 * beginning of the file is left out, and lines and rows are numbered so that the pieces can be put
 * together (result/facts.h). */
#ifndef YINMA_RUN_PIECES_GATE_H
#define YINMA_RUN_PIECES_GATE_H

#include "core/block64/block64.h"
#include "core/field_set.h"
#include "core/segment.h"
#include "result/facts.h"
#include "run/pieces/source.h"

struct piece_gate {
    const struct piece_cut *cut; /* NULL: the unit is whole, everything passes */
    const struct block64_ops *ops;
    const struct field_set *fields;
    bool begun, broken;
    uint32_t open_table, last_table; /* UINT32_MAX: none */
    uint64_t first_row, last_row;    /* see facts.h */
    uint64_t bytes, lines, text_lines;
    uint64_t *before; /* rows of each table before the cut */
    uint32_t before_count;
    struct row_mark *rows; /* of the segment in work */
    size_t row_capacity;
};

void piece_gate_init(struct piece_gate *gate, const struct piece_cut *cut,
                     const struct block64_ops *ops, const struct field_set *fields);
void piece_gate_release(struct piece_gate *gate);

/* 1: SEGMENT, changed where it must be, is of the piece. 0: it is not. Negative: YINMA_E_MEMORY. */
int piece_gate_pass(struct piece_gate *gate, struct segment *segment, struct error *err);

/* Everything was decoded: what UNIT tells as a piece, but for what only the caller knows. Fields
 * are numbered in the order in which the whole unit would meet them. */
int piece_gate_finish(struct piece_gate *gate, kind_list kinds, struct unit_facts *unit,
                      struct error *err);

#endif
