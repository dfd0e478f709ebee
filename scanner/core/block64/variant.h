/* variant.h - included by every source that is compiled once an instruction set. The build defines
 * BLOCK64_VARIANT (scalar, avx2, avx512); VARIANT(name) makes the symbol of that variant. */
#ifndef YINMA_CORE_BLOCK64_VARIANT_H
#define YINMA_CORE_BLOCK64_VARIANT_H

#define VARIANT_SCALAR 0
#define VARIANT_AVX2 1
#define VARIANT_AVX512 2

#if BLOCK64_VARIANT == VARIANT_AVX512
#include "core/block64/avx512.h"
#define VARIANT(name) name##_avx512
#define BLOCK64_ISA ISA_AVX512
#elif BLOCK64_VARIANT == VARIANT_AVX2
#include "core/block64/avx2.h"
#define VARIANT(name) name##_avx2
#define BLOCK64_ISA ISA_AVX2
#else
#include "core/block64/scalar.h"
#define VARIANT(name) name##_scalar
#define BLOCK64_ISA ISA_SCALAR
#endif

#endif
