/* token_runs.h - where runs of eight begin in a set of positions: numbers shorter than that are
 * none worth a look. Plain shifts of one word: those of two take three cycles each on some
 * processors, and the compiler does not take several at a time. */
#ifndef YINMA_CORE_BLOCK64_TOKEN_RUNS_H
#define YINMA_CORE_BLOCK64_TOKEN_RUNS_H

#include <stdint.h>

enum { TOKEN_RUN = 8 };

/* Those that begin in HERE; NEXT: the word behind it; BEFORE: the last bit of the one before it. */
static inline uint64_t token_runs(uint64_t before, uint64_t here, uint64_t next) {
    _Static_assert(TOKEN_RUN == 8, "three shift-ands make runs of eight");
    uint64_t run = here & (here >> 1 | next << 63), behind = next & next >> 1;
    run &= run >> 2 | behind << 62;
    behind &= behind >> 2;
    run &= run >> 4 | behind << 60;
    return run & ~(here << 1 | before);
}

#endif
