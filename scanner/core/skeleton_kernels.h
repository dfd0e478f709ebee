/* The compiled variants behind skeleton_ops(). */
#ifndef YINMA_CORE_SKELETON_KERNELS_H
#define YINMA_CORE_SKELETON_KERNELS_H

#include "core/skeleton.h"

extern const struct skeleton_ops skeleton_ops_scalar;
extern const struct skeleton_ops skeleton_ops_avx2;
extern const struct skeleton_ops skeleton_ops_avx512;

#endif
