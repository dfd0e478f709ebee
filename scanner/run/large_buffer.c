#include "run/large_buffer.h"

#include <sys/mman.h>

bool large_buffer_reserve(struct large_buffer *buffer, size_t capacity, size_t keep) {
    if (buffer->capacity >= capacity) {
        return true;
    }
    void *bytes = mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) {
        return false;
    }
    (void)madvise(bytes, capacity, MADV_HUGEPAGE);
    if (keep > 0) {
        memcpy(bytes, buffer->bytes, keep);
    }
    large_buffer_release(buffer);
    *buffer = (struct large_buffer){bytes, capacity};
    return true;
}

void large_buffer_release(struct large_buffer *buffer) {
    if (buffer->bytes != NULL) {
        munmap(buffer->bytes, buffer->capacity);
    }
    *buffer = (struct large_buffer){NULL, 0};
}
