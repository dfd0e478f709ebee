/* trailer.h - the frame of a file: the last line of a file that says how many rows stand before it
 * ("T,00000120", "TRAILER|120", 合計,120), as files that firms exchange have it. */
#ifndef YINMA_RUN_TRAILER_H
#define YINMA_RUN_TRAILER_H

#include "core/bytes.h"

enum { TRAILER_BYTES = 160, TRAILER_HEAD = 24 };

/* Both ends of what has been read so far. */
struct trailer {
    uint8_t head[TRAILER_HEAD];
    size_t head_len;
    uint8_t tail[TRAILER_BYTES];
    size_t len;
};

void trailer_add(struct trailer *trailer, struct bytes text);
/* The number its last line gives; false when that is no trailer. *LINES: how many lines of the file
 * are its frame and no data: the trailer, and a first line "H,…" where there is one. */
bool trailer_rows(const struct trailer *trailer, uint64_t *out, unsigned *lines);

#endif
