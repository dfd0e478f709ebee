/* work_total.h - how much there is to do, for those who wait. */
#ifndef YINMA_RUN_WORKERS_WORK_TOTAL_H
#define YINMA_RUN_WORKERS_WORK_TOTAL_H

#include "input/walk/walk.h"

struct work_total {
    uint64_t bytes; /* 0 = nobody knows: a stream is among it */
    size_t files;   /* and streams; a file in pieces is one */
};
struct work_total work_total(const struct work_list *list);

/* Is a file done when ITEM is? Of one in pieces the last one is asked. */
static inline bool work_ends_file(const struct work_item *item) {
    return item->piece == NULL || item->piece->number == item->piece->count;
}

#endif
