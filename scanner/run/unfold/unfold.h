/* unfold.h - values inside values. A cell may hold text of another form: JSON, `name=…&tel=…`,
 * a value of PHP, compressed text, percent-encoded text, escapes of its format, character
 * references of HTML. Such a cell is marked as unfolded, and what it says comes as a segment of its
 * own, with cells in fields named below the cell's (`extra.phone`) or in the same field where only
 * the writing was another. That segment may have cells to unfold as well, UNFOLD_LEVELS deep.
 *
 * A cell that turns out to be something else stays as it is. */
#ifndef YINMA_RUN_UNFOLD_UNFOLD_H
#define YINMA_RUN_UNFOLD_UNFOLD_H

#include "core/error.h"
#include "core/field_set.h"
#include "core/segment.h"
#include "decode/decoder.h"
#include "match/match.h"

enum { UNFOLD_LEVELS = 6 };

struct unfold;
/* NULL when memory is out. */
struct unfold *unfold_new(const struct block64_ops *ops);
void unfold_free(struct unfold *unfold);

/* A new unit with the fields of IN, its decoder's input; MATCH knows what their names say.
 * Compressed values are undone by in->blocks, and what of them is not read is said in in->report.
 * Nothing is owned. */
void unfold_begin(struct unfold *unfold, const struct decode_input *in, struct match_state *match);

/* What has been learned of the unit. PAIRS: a hash of the set of columns whose values are made of
 * pairs, KEYS: names of keys inside cells. */
struct unfold_learned {
    uint64_t pairs, keys;
};
struct unfold_learned unfold_learned(const struct unfold *unfold);

/* 1: something in SEGMENT was unfolded: read *marked instead of it, and then **content (with LEVEL
 * + 1). Both are valid until the next call with the same LEVEL; SEGMENT must stay where it is until
 * **content is read. 0: nothing was. Negative: YINMA_E_MEMORY. */
int unfold_segment(struct unfold *unfold, unsigned level, const struct segment *segment,
                   struct segment *marked, const struct segment **content, struct error *err);

#endif
