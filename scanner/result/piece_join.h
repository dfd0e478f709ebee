/* piece_join.h - the pieces of one unit become the unit, or are found not to fit: then the unit has
 * to be scanned as a whole. What is joined is what a scan of the whole would have told. */
#ifndef YINMA_RESULT_PIECE_JOIN_H
#define YINMA_RESULT_PIECE_JOIN_H

#include "result/facts.h"

/* Do the COUNT pieces stand one behind the other, from the first one on, each ending with a whole
 * record? FIRST_ROWS: so many rows at the beginning of a table are looked at more closely, so they
 * must stand in one piece. *fit_out tells; 0 or YINMA_E_MEMORY. */
int pieces_fit(struct unit_facts *const *pieces, uint32_t count, uint64_t first_rows, bool *fit_out,
               struct error *err);

/* Put COUNT pieces that fit into pieces[0]; the others are emptied and stay the caller's. 0 or
 * YINMA_E_MEMORY. */
int pieces_join(struct unit_facts *const *pieces, uint32_t count, struct error *err);

#endif
