/* frame_pieces.h - one large compressed file whose content can be read at any place
 * (input/stream/frames.h) on several processors: each thread decompresses the pieces it scans. The
 * pieces are those of a file, verified in the same way. Inside the room only. */
#ifndef YINMA_RUN_PIECES_FRAME_PIECES_H
#define YINMA_RUN_PIECES_FRAME_PIECES_H

#include "run/pieces/stream_pieces.h"

/* As stream_pieces_scan(), of the unit that FRAMED is the content of. STREAM_PIECES_SHORT: it is
 * not worth it; STREAM_PIECES_UNFIT: it cannot be cut so, and what was read through FRAMED is out
 * of its budget. */
int frame_pieces_scan(const struct stream_pieces *how, struct byte_source *framed,
                      enum stream_pieces_outcome *outcome, struct unit_facts **out,
                      struct error *err);

#endif
