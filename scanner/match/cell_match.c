#include "match/matcher.h"

/* A cell that its column's name explains is looked at as a whole; its tokens are not asked. In the
 * others words may stand. */
void match_cell(struct passage *p, const struct cell *cell, struct error *err) {
    if ((cell->flags & (CELL_NULL | CELL_UNFOLDED)) != 0) {
        return;
    }
    if ((cell->flags & CELL_TEXT) == 0 && match_plan(p, cell->field)->kinds != 0) {
        match_clear_range(p->state->starts, cell->offset - p->base, cell->length);
    } else if ((p->segment->flags & SEGMENT_FREE_TEXT) == 0) {
        match_words_in_cell(p, cell, err);
        if (p->segment->bytes[cell->offset] == '(') {
            match_bracketed_cell(p, cell);
        }
    }
}
