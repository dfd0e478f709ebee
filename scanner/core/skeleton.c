#include "core/skeleton.h"

#include "core/block64/bits.h"
#include "core/block64/variant_for.h"
#include "core/skeleton_kernels.h"

const struct skeleton_ops *skeleton_ops(enum isa isa) {
    return VARIANT_FOR(isa, skeleton_ops);
}

size_t skeletons_at(const struct skeletons *skeletons, size_t at) {
    uint64_t keep = skeletons->keep[at / 64] & bits_low_mask(at % 64);
    return skeletons->before[at / 64] + bits_in_word(keep);
}

size_t skeletons_origin(const struct skeletons *skeletons, size_t at) {
    size_t low = 0, high = SKELETON_BLOCKS;
    while (high - low > 1) { /* the last block that begins at AT or before */
        size_t middle = (low + high) / 2;
        *(skeletons->before[middle] <= at ? &low : &high) = middle;
    }
    uint64_t keep = skeletons->keep[low];
    for (size_t left = at - skeletons->before[low]; left > 0; left--) {
        keep &= keep - 1;
    }
    return 64 * low + (size_t)__builtin_ctzll(keep);
}
