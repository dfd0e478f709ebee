/* text.h - line ends and marks in the bytes of a file that is to be taken to pieces, before
 * they are UTF-8. In the two-byte encodings the second byte of a character is 30 or more, so line
 * ends, quotes and separators below that are always themselves; in UTF-16 a mark is two bytes, and
 * TEXT begins with a whole unit. */
#ifndef YINMA_RUN_PIECES_TEXT_H
#define YINMA_RUN_PIECES_TEXT_H

#include "decode/encoding/transcode.h"

/* Can text of that encoding be cut behind its line ends, so that each part is read as in the whole?
 */
bool piece_text_cuts(enum encoding encoding);
/* Bytes of a mark: 1 or 2. */
size_t piece_text_unit(enum encoding encoding);
/* Where the line ends whose mark stands at or behind FROM: the place behind it; SIZE_MAX: nowhere
 * in TEXT. */
size_t piece_text_line(enum encoding encoding, struct bytes text, size_t from);
/* The place behind the last line end of TEXT; SIZE_MAX: there is none. */
size_t piece_text_last_line(enum encoding encoding, struct bytes text);
/* How many of WANTED, which is below 30 (hexadecimal), stand in TEXT. */
size_t piece_text_count(enum encoding encoding, const struct block64_ops *ops, struct bytes text,
                        uint8_t wanted);

#endif
