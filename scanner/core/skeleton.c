#include "core/skeleton.h"

#include "core/skeleton_kernels.h"

const struct skeleton_ops *skeleton_ops(enum isa isa) {
#if defined(__x86_64__)
    if (isa == ISA_AVX512) {
        return &skeleton_ops_avx512;
    }
    if (isa == ISA_AVX2) {
        return &skeleton_ops_avx2;
    }
#endif
    (void)isa;
    return &skeleton_ops_scalar;
}
