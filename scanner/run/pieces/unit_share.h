/* unit_share.h - a stream that is a unit, by this thread and by those that are to be had besides.
 * Inside the room only. */
#ifndef YINMA_RUN_PIECES_UNIT_SHARE_H
#define YINMA_RUN_PIECES_UNIT_SHARE_H

#include "run/passage.h"

/* How many hands are there besides this thread's? They are hired until they are dismissed. */
unsigned unit_share_hire(struct pipeline *pipeline);
void unit_share_dismiss(struct pipeline *pipeline);

/* SOURCE, owned, beginning with HEAD (all of it when WHOLE). *OUT holds its facts when that was 0
 * or YINMA_E_CANCELLED, in which case it may be NULL; else it may hold what is to be freed. */
int unit_share_scan(struct passage *p, const struct stream *stream, struct byte_source *source,
                    struct bytes head, bool whole, struct unit_facts **out, struct error *err);

#endif
