/* own_file.h - files that yinma wrote itself: results, baselines, ledgers, receipts. In a folder
 * that is scanned they would be found again with every run, masked values and all. They are known
 * by their content and never by their names, and strictly, so that nobody hides data behind a
 * record or two: every line must be a record as yinma writes them, and nothing in it may stand in
 * clear that a name or path of ours would have masked. Everything else is scanned as data. */
#ifndef YINMA_RUN_OWN_FILE_H
#define YINMA_RUN_OWN_FILE_H

#include "core/byte_source.h"
#include "patterns/pattern.h"

/* May it be one? Only looks at the first bytes. */
bool own_file_hint(struct byte_source *source);

/* "results", "baseline", "ledger", "receipt"; NULL: none of ours, or SOURCE has no read_at. The
 * position of SOURCE does not move. */
const char *own_file_of(kind_list kinds, struct byte_source *source);

#endif
