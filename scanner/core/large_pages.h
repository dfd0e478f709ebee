/* large_pages.h - for megabytes of memory that are about to be filled: in large pages, where the
 * system has them, a fault comes for each 2 MiB instead of each 4 KiB. */
#ifndef YINMA_CORE_LARGE_PAGES_H
#define YINMA_CORE_LARGE_PAGES_H

#include <stdint.h>
#include <sys/mman.h>

/* An advice: nothing is said when it is not taken. What is smaller than a large page stays as it
 * is. */
static inline void large_pages_wanted(void *memory, size_t len) {
    const uintptr_t page = (uintptr_t)2 << 20;
    uintptr_t begin = ((uintptr_t)memory + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)memory + len) & ~(page - 1);
    if (end > begin) {
        (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
    }
}

#endif
