/* wide_text.h - texts in UTF-16 within bytes of no known format: Windows keeps words so, and so do
 * the pages of SQL Server and Access. The bytes as they are show nothing of them. */
#ifndef YINMA_DECODE_WIDE_TEXT_H
#define YINMA_DECODE_WIDE_TEXT_H

#include "core/block64/block64.h"
#include "core/error.h"
#include "core/segment.h"

struct wide_text;

/* For the segments of one unit, in their order. NULL when memory is out. */
struct wide_text *wide_text_new(const struct block64_ops *ops);
void wide_text_free(struct wide_text *wide);

/* The texts of at least six characters that begin in RAW, of which three in a row are ASCII, one a
 * line, as a segment of its own: 1, and *out is valid until the next call; 0: there are none; or
 * YINMA_E_MEMORY. What goes on behind the segment is read as far as RAW shows it. */
int wide_text_find(struct wide_text *wide, const struct segment *raw, struct segment *out,
                   struct error *err);

#endif
