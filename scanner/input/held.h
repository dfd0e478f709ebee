/* held.h - content that was read before the workers were made, and that they read: kept encrypted
 * in one file without a name (sealed_file.h). */
#ifndef YINMA_INPUT_HELD_H
#define YINMA_INPUT_HELD_H

#include "input/input.h"
#include "input/sealed_file.h"

/* The content of ITEM (ITEM_HELD) as a source with read_at. NULL when memory is out. */
struct byte_source *held_open(const struct work_item *item, struct input_budget *budget);

#endif
