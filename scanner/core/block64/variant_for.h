/* variant_for.h - which of the variants of something (core/block64/variant.h) a processor runs. */
#ifndef YINMA_CORE_BLOCK64_VARIANT_FOR_H
#define YINMA_CORE_BLOCK64_VARIANT_FOR_H

#include "core/block64/block64.h"

/* The address of NAME_scalar, NAME_avx2 or NAME_avx512. */
#if defined(__x86_64__)
#define VARIANT_FOR(isa, name)                                                                     \
    ((isa) == ISA_AVX512 ? &name##_avx512 : (isa) == ISA_AVX2 ? &name##_avx2 : &name##_scalar)
#else
#define VARIANT_FOR(isa, name) ((void)(isa), &name##_scalar)
#endif

#endif
