/* The compiled variants behind lattice_kernels_for(). */
#ifndef YINMA_MATCH_LATTICE_SETS_H
#define YINMA_MATCH_LATTICE_SETS_H

#include "match/lattice.h"

extern const struct lattice_kernels lattice_kernels_scalar;
extern const struct lattice_kernels lattice_kernels_avx2;
extern const struct lattice_kernels lattice_kernels_avx512;

#endif
