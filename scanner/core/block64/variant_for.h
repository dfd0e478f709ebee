/* variant_for.h - the variants of something that the build makes (core/block64/variant.h), and
 * which of them a processor runs. */
#ifndef YINMA_CORE_BLOCK64_VARIANT_FOR_H
#define YINMA_CORE_BLOCK64_VARIANT_FOR_H

#include "core/block64/block64.h"

/* VARIANTS(name): NAME_scalar and the others of this processor, in a declaration.
 * VARIANT_FOR(isa, name): the address of one of them. */
#if defined(__x86_64__)
#define VARIANTS(name) name##_scalar, name##_sse2, name##_sse4, name##_avx2, name##_avx512
#define VARIANT_FOR(isa, name)                                                                     \
    ((isa) == ISA_AVX512 ? &name##_avx512                                                          \
     : (isa) == ISA_AVX2 ? &name##_avx2                                                            \
     : (isa) == ISA_SSE4 ? &name##_sse4                                                            \
     : (isa) == ISA_SSE2 ? &name##_sse2                                                            \
                         : &name##_scalar)
#elif defined(__aarch64__)
#define VARIANTS(name) name##_scalar, name##_neon
#define VARIANT_FOR(isa, name) ((isa) == ISA_NEON ? &name##_neon : &name##_scalar)
#else
#define VARIANTS(name) name##_scalar
#define VARIANT_FOR(isa, name) ((void)(isa), &name##_scalar)
#endif

#endif
