/* lookup.h - hashes to numbers; whoever asks compares what the number stands for. */
#ifndef YINMA_RESULT_SAVED_LOOKUP_H
#define YINMA_RESULT_SAVED_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_NUMBER UINT32_MAX

/* A zeroed one is empty. */
struct lookup {
    uint64_t *hashes;
    uint32_t *numbers; /* from 1; 0 = free */
    size_t room, used;
};

/* The numbers kept under HASH, one after the other; *AT begins as the hash. NO_NUMBER: no more. */
uint32_t lookup_next(const struct lookup *lookup, uint64_t hash, uint64_t *at);
/* False when memory is out. */
bool lookup_add(struct lookup *lookup, uint64_t hash, uint32_t number);
void lookup_release(struct lookup *lookup);

#endif
