/* The compiled variants behind lattice_kernels_for(). */
#ifndef YINMA_MATCH_LATTICE_SETS_H
#define YINMA_MATCH_LATTICE_SETS_H

#include "core/block64/variant_for.h"
#include "match/lattice.h"

extern const struct lattice_kernels VARIANTS(lattice_kernels);

#endif
