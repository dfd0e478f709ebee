/* The compiled variants behind lattice_sets_for(). */
#ifndef YINMA_MATCH_LATTICE_SETS_H
#define YINMA_MATCH_LATTICE_SETS_H

#include "match/lattice.h"

lattice_sets_fn lattice_sets_scalar;
lattice_sets_fn lattice_sets_avx2;
lattice_sets_fn lattice_sets_avx512;

#endif
