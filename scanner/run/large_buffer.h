/* large_buffer.h - megabytes of memory that are filled once and read once, in large pages where the
 * system has them: faults on small ones would cost as much as a part of the scan. */
#ifndef YINMA_RUN_LARGE_BUFFER_H
#define YINMA_RUN_LARGE_BUFFER_H

#include "core/bytes.h"

/* All zero: none. */
struct large_buffer {
    uint8_t *bytes;
    size_t capacity;
};

/* At least CAPACITY bytes, of which the first KEEP are those that were there. False when memory is
 * out: nothing has changed. */
bool large_buffer_reserve(struct large_buffer *buffer, size_t capacity, size_t keep);
void large_buffer_release(struct large_buffer *buffer);

#endif
