/* The compiled variants behind block64_ops(). */
#ifndef YINMA_CORE_BLOCK64_KERNELS_H
#define YINMA_CORE_BLOCK64_KERNELS_H

#include "core/block64/block64.h"

extern const struct block64_ops block64_ops_scalar;
extern const struct block64_ops block64_ops_avx2;
extern const struct block64_ops block64_ops_avx512;

#endif
