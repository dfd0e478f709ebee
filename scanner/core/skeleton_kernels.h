/* The compiled variants behind skeleton_ops(). */
#ifndef YINMA_CORE_SKELETON_KERNELS_H
#define YINMA_CORE_SKELETON_KERNELS_H

#include "core/block64/variant_for.h"
#include "core/skeleton.h"

extern const struct skeleton_ops VARIANTS(skeleton_ops);

#endif
