/* limits.h - the one place where limits are checked. Inside the room only: sources, decoders and
 * archives report what they do, and stop when the answer is negative. Every message names the
 * option that raises the limit. */
#ifndef YINMA_INPUT_LIMITS_H
#define YINMA_INPUT_LIMITS_H

#include "input/input.h"

/* BYTES more were read from the outermost source. 0 or YINMA_E_TIMEOUT. */
int budget_read(struct input_budget *budget, uint64_t bytes, struct error *err);

/* A decompressor or an archive produced BYTES more. 0, YINMA_E_LIMIT (--max-ratio) or
 * YINMA_E_TIMEOUT. The bytes stand; what comes behind them is not to be read. */
int budget_deliver(struct input_budget *budget, uint64_t bytes, struct error *err);

/* One more entry of an archive. 0, YINMA_E_LIMIT (--max-entries) or YINMA_E_TIMEOUT. */
int budget_entry(struct input_budget *budget, struct error *err);

/* BYTES more are spooled, 0 or YINMA_E_LIMIT (--max-spool); given back when the spool is closed. */
int budget_spool(struct input_budget *budget, uint64_t bytes, struct error *err);
void budget_unspool(struct input_budget *budget, uint64_t bytes);
/* What spools may still take of memory; what is more goes to files. */
uint64_t budget_spool_room(const struct input_budget *budget);

/* Has a unit of BYTES grown too large? 0, YINMA_E_LIMIT (--max-unit-bytes) or YINMA_E_TIMEOUT. */
int budget_unit(const struct input_budget *budget, uint64_t bytes, struct error *err);

/* What a decoder may take: max_memory, UINT64_MAX when there is no limit. */
uint64_t budget_memory(const struct input_budget *budget);
/* The error of a decoder that would need more than that. */
int budget_memory_exceeded(const struct input_budget *budget, const char *what, struct error *err);

#endif
