/* head_memory.h - the head that a decoder was last chosen for, and which: the pieces of one large
 * unit all begin with the same one. Belongs to one thread. */
#ifndef YINMA_DECODE_HEAD_MEMORY_H
#define YINMA_DECODE_HEAD_MEMORY_H

#include "decode/decoder.h"

struct head_memory;

/* Nothing is known yet. NULL when memory is out. */
struct head_memory *head_memory_new(void);
/* NULL is fine. */
void head_memory_free(struct head_memory *memory);

/* As decoder_choose(), with the notes of whoever chose first. */
const struct decoder *head_memory_choose(struct head_memory *memory,
                                         const struct decode_head *head);

#endif
