/* steps.h - the two forms in which Redis writes to disk, one step each. A step that returns
 * false has said why, as everything in redis/state.h does. */
#ifndef YINMA_DECODE_REDIS_STEPS_H
#define YINMA_DECODE_REDIS_STEPS_H

#include "decode/redis/state.h"

/* The next element of a dump (RDB). */
bool redis_step_dump(struct redis *r);
/* The next command of an append-only file. */
bool redis_step_command(struct redis *r);

#endif
