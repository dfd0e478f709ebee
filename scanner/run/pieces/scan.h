/* scan.h - a piece of a unit from its bytes to its facts, in any thread. Inside the room
 * only. */
#ifndef YINMA_RUN_PIECES_SCAN_H
#define YINMA_RUN_PIECES_SCAN_H

#include "run/unit_scan.h"

struct piece_scan {
    const struct engine *engine;
    const struct unit_scan_input *whole; /* the unit: its name is used */
    const struct work_piece *piece;
    const struct piece_known *known; /* see struct piece_of_file */
    struct input_budget *budget;
    const struct unit_sink *sink;
    uint32_t numbered; /* fields are numbered as of so many pieces */
};

/* Of SOURCE (with read_at; owned), into FACTS: what cannot be cut there is told as a broken piece.
 * Negative: YINMA_E_MEMORY, YINMA_E_CANCELLED or an error in reading. */
int piece_scan_run(const struct piece_scan *how, struct byte_source *source, struct unit_scan *scan,
                   struct unit_facts *facts, struct error *err);

#endif
