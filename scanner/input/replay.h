/* replay.h - two small sources: one that lends a container's member to a unit without giving it
 * away, and one that reads a source from its start again, beside whoever else reads it. */
#ifndef YINMA_INPUT_REPLAY_H
#define YINMA_INPUT_REPLAY_H

#include "core/byte_source.h"

/* SOURCE under another owner: closing the result leaves SOURCE open. *DELIVERED becomes true with
 * the first byte. NULL when memory is out. */
struct byte_source *replay_borrow(struct byte_source *source, bool *delivered);

/* The content of SOURCE from its start through its read_at; SOURCE stays where it is and must
 * outlive the result. Can skip. NULL when it has no read_at or memory is out. */
struct byte_source *replay_from_start(struct byte_source *source);

#endif
