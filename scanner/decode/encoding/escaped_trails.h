/* escaped_trails.h - scripts whose strings were escaped byte by byte, as a server does that does
 * not know them for Big5 or GB18030 (blobs, columns in latin1): the backslash that is half a
 * character has another one before it or behind it then, and what ends the string is told by both.
 */
#ifndef YINMA_DECODE_ENCODING_ESCAPED_TRAILS_H
#define YINMA_DECODE_ENCODING_ESCAPED_TRAILS_H

#include "decode/encoding/transcode.h"

/* Where reading character by character would lose the end of a string. */
struct escaped_trail {
    size_t at;      /* what stands before is converted by itself */
    size_t skipped; /* so many bytes there escape half a character: they stand for nothing */
};

/* The first in TEXT[0, run), which is ENCODING_BIG5 or ENCODING_GB18030; what follows is looked at
 * to tell. False: none. */
bool escaped_trail_find(struct bytes text, size_t run, enum encoding encoding,
                        struct escaped_trail *out);

#endif
