#include "match/lattice.h"

#include "core/block64/variant_for.h"
#include "match/lattice_sets.h"

const struct lattice_kernels *lattice_kernels_for(enum isa isa) {
    return VARIANT_FOR(isa, lattice_kernels);
}
