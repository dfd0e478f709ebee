/* ranges.h - one large file on all workers: it is taken to pieces, each of which is scanned as if
 * it were a file, and put together again. Where a piece begins is guessed; what the pieces tell of
 * their ends verifies it. Files whose pieces do not fit are scanned once more as a whole, so the
 * result is that of a scan without pieces in any case.
 *
 * Not taken to pieces: small files, standard input, and everything when single occurrences, a
 * schema, layouts, references or limits of a unit are asked for. Which formats can be is said in
 * pieces/source.c, which encodings in pieces/text.c. */
#ifndef YINMA_RUN_PIECES_RANGES_H
#define YINMA_RUN_PIECES_RANGES_H

#include "run/workers/pool.h"

/* As pool_run(), with the same result; what an interrupted run did not come to has units that say
 * so. */
int ranges_run(const struct engine *engine, const struct work_list *list,
               const struct pool_options *options, struct pool_result *out, struct error *err);

#endif
