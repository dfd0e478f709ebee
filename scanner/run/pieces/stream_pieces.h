/* stream_pieces.h - one large stream (what a compressed file holds) on several processors: one
 * thread decompresses it into memory, a piece at a time, and all scan the pieces, as ranges.h has
 * it done with large files. It is the same guess, and verified in the same way; a stream can be
 * read once only, so what does not fit has to be read again from its start by whoever asked. */
#ifndef YINMA_RUN_PIECES_STREAM_PIECES_H
#define YINMA_RUN_PIECES_STREAM_PIECES_H

#include "run/workers/crew.h"

struct stream_pieces {
    const struct engine *engine;
    struct crew *crew;
    unsigned hands;                      /* of it */
    struct unit_scan *own;               /* scratch of the calling thread */
    const struct unit_scan_input *input; /* of the whole unit; its source stays the caller's */
    uint64_t piece_bytes;                /* 0: as fits */
    /* A new record of the unit, for each piece; NULL when memory is out. */
    struct unit_facts *(*new_unit)(void *context);
    void *context;
};

enum stream_pieces_outcome {
    STREAM_PIECES_JOINED, /* *out holds the unit */
    STREAM_PIECES_SHORT,  /* the stream was short: *again reads all of it, and *out is NULL */
    STREAM_PIECES_UNFIT,  /* it has to be scanned from its start, in one piece */
};

/* Negative when yinma failed or was asked to stop, then *OUT may hold what was read of it. *AGAIN,
 * where there is one, owns the stream. */
int stream_pieces_scan(const struct stream_pieces *how, enum stream_pieces_outcome *outcome,
                       struct byte_source **again, struct unit_facts **out, struct error *err);

#endif
