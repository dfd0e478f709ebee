/* one_way_kernels.h - the digests that saved sketches hold instead of hashes, of many hashes at
 * once. Libraries make one digest after the other: of 8 bytes each, most of the time is waiting for
 * the round before. */
#ifndef YINMA_RESULT_ONE_WAY_KERNELS_H
#define YINMA_RESULT_ONE_WAY_KERNELS_H

#include "core/block64/variant_for.h"

/* Of each of COUNT hashes the first 64 bits of SHA-256 over its eight bytes, the lowest first. */
typedef void one_way_fn(const uint64_t *hashes, size_t count, uint64_t *digests);
one_way_fn VARIANTS(one_way);

#endif
