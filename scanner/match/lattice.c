#include "match/lattice.h"

#include "match/lattice_sets.h"

const struct lattice_kernels *lattice_kernels_for(enum isa isa) {
#if defined(__x86_64__)
    if (isa == ISA_AVX512) {
        return &lattice_kernels_avx512;
    }
    if (isa == ISA_AVX2) {
        return &lattice_kernels_avx2;
    }
#endif
    (void)isa;
    return &lattice_kernels_scalar;
}
