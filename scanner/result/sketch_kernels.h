/* sketch_kernels.h - the hashes of many values at once. A sketch that has seen many is changed by
 * hardly any value, so only those that can change it are handed over. */
#ifndef YINMA_RESULT_SKETCH_KERNELS_H
#define YINMA_RESULT_SKETCH_KERNELS_H

#include "core/block64/variant_for.h"

enum { SKETCH_READABLE = 64 };

/* COUNT texts of LEN bytes at AT, of which some are wanted. Readable from the first byte of each
 * (also of those that are not wanted): so many bytes as the longest has, in steps of 16, or
 * SKETCH_READABLE; of those that are longer, eight more than they have. */
struct sketch_values {
    const uint8_t *const *at;
    const uint32_t *len;
    const bool *wanted;
    size_t count;
};

/* hash64_seeded() of the wanted values of which sketch_rank_bits() is at most LIMIT, in any order;
 * at most COUNT of them. Returns how many. */
typedef size_t sketch_pick_fn(const struct sketch_values *values, uint64_t seed, uint64_t limit,
                              uint64_t *hashes);
sketch_pick_fn VARIANTS(sketch_pick);

#endif
