/* The compiled variants behind block64_ops(). */
#ifndef YINMA_CORE_BLOCK64_KERNELS_H
#define YINMA_CORE_BLOCK64_KERNELS_H

#include "core/block64/variant_for.h"

extern const struct block64_ops VARIANTS(block64_ops);

#endif
