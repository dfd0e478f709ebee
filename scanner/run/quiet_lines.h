/* quiet_lines.h - which lines of a log nobody needs to look at (core/quiet.h). A line that was
 * scanned and in which nothing was found, nor a word that could tell of a value, says that of all
 * lines with its skeleton (core/skeleton.h), as long as their numbers are nothing either. So lines
 * are remembered by their skeletons; the first ones of each are scanned as ever. */
#ifndef YINMA_RUN_QUIET_LINES_H
#define YINMA_RUN_QUIET_LINES_H

#include "core/hit.h"
#include "core/quiet.h"
#include "core/segment.h"
#include "match/match.h"
#include "run/engine.h"
#include "run/pieces/source.h"

struct quiet_lines;
/* *out is NULL where everything has to be looked at. ENGINE and MATCH are not owned. False when
 * memory is out. */
bool quiet_lines_new(const struct engine *engine, struct match_state *match,
                     struct quiet_lines **out);
void quiet_lines_free(struct quiet_lines *lines);

/* A new unit, or the piece of one that CUT says (NULL: it is whole), begins: the filter for its
 * decoder. NULL when LINES is. */
const struct quiet_filter *quiet_lines_begin(struct quiet_lines *lines,
                                             const struct piece_cut *cut);

/* SEGMENT was matched, with RESULT: learn of the lines in it that the filter has met before.
 * LINES may be NULL. 0 or YINMA_E_MEMORY. */
int quiet_lines_learn(struct quiet_lines *lines, const struct segment *segment,
                      const struct match_result *result, struct error *err);

#endif
