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

/* The pieces of a unit one by one, in order: what is told of it does not grow with their number. */
struct piece_join;
struct piece_join *piece_join_new(void); /* NULL when memory is out */
void piece_join_free(struct piece_join *join);
/* Put UNIT, the next piece, to those before. *fit_out: does it fit? If not, nothing more can be
 * added. Takes UNIT in any case. 0 or YINMA_E_MEMORY. */
int piece_join_add(struct piece_join *join, struct unit_facts *unit, uint64_t first_rows,
                   bool *fit_out, struct error *err);
/* The unit, which is the caller's from here on; NULL when no piece was added. */
struct unit_facts *piece_join_take(struct piece_join *join);

#endif
