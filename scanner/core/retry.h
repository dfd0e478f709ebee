/* retry.h - when to try something again that pays only where it works. What fails is tried again
 * after one turn, then after three, seven …; what works is tried at every turn. */
#ifndef YINMA_CORE_RETRY_H
#define YINMA_CORE_RETRY_H

#include <stdbool.h>
#include <stdint.h>

enum { RETRY_MOST = 63 }; /* turns without a try */

/* All zero: try at once. */
struct retry {
    uint8_t wait, last;
};

/* Is it worth a try at this turn? */
static inline bool retry_now(struct retry *retry) {
    if (retry->wait != 0) {
        retry->wait--;
        return false;
    }
    return true;
}

/* What became of the try. */
static inline bool retry_told(struct retry *retry, bool worked) {
    unsigned next = worked ? 0 : 2U * retry->last + 1;
    retry->last = (uint8_t)(next < RETRY_MOST ? next : RETRY_MOST);
    retry->wait = retry->last;
    return worked;
}

#endif
