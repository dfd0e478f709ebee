/* values.h - how what stands in saved records becomes values of ours again. */
#ifndef YINMA_RESULT_SAVED_VALUES_H
#define YINMA_RESULT_SAVED_VALUES_H

#include <time.h>

#include "core/bytes.h"

/* COUNT elements of SIZE bytes fit into *ARRAY, and one more. False when memory is out. */
bool saved_room(void *array, size_t *room, size_t count, size_t size);
/* TEXT, cut to fit between two characters. */
void saved_copy(char *out, size_t size, struct bytes text);
/* "2026-01-31T08:00:00Z" as seconds; 0 when it is none. */
time_t saved_time(struct bytes text);

#endif
