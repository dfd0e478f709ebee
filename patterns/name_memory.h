/* name_memory.h - what names of fields were found to say, for somebody who meets the same names
 * again and again: the files of a folder mostly have the same columns. Belongs to one thread. */
#ifndef YINMA_PATTERNS_NAME_MEMORY_H
#define YINMA_PATTERNS_NAME_MEMORY_H

#include "patterns/lexicon.h"

struct name_memory;

/* LEXICON must outlive it. NULL when memory is out. */
struct name_memory *name_memory_new(const struct lexicon *lexicon);
void name_memory_free(struct name_memory *memory);

/* What lexicon_read() says. */
void name_memory_read(struct name_memory *memory, struct bytes column, struct bytes label,
                      struct name_reading *out);

#endif
