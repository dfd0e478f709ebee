/* ahead.h - a stream that is decompressed ahead of whoever reads it, by a hand of the crew. */
#ifndef YINMA_RUN_AHEAD_H
#define YINMA_RUN_AHEAD_H

#include "run/workers/crew.h"

/* The bytes of SOURCE, in the same order, with the same error behind them. Owns SOURCE, which
 * nobody else may use until the result is closed; closed here when memory is out (NULL). At least
 * one hand of CREW must be hired; SCAN: scratch of the calling thread. */
struct byte_source *ahead_open(struct crew *crew, struct unit_scan *scan,
                               struct byte_source *source);

#endif
