/* variant.h - included by every source that is compiled once an instruction set. The build defines
 * BLOCK64_VARIANT (VARIANT_SCALAR … VARIANT_NEON); VARIANT(name) makes the symbol of that variant.
 */
#ifndef YINMA_CORE_BLOCK64_VARIANT_H
#define YINMA_CORE_BLOCK64_VARIANT_H

#define VARIANT_SCALAR 0
#define VARIANT_SSE2 1
#define VARIANT_SSE4 2
#define VARIANT_AVX2 3
#define VARIANT_AVX512 4
#define VARIANT_NEON 5

#if BLOCK64_VARIANT == VARIANT_AVX512
#include "core/block64/avx512.h"
#define VARIANT(name) name##_avx512
#define BLOCK64_ISA ISA_AVX512
#elif BLOCK64_VARIANT == VARIANT_AVX2
#include "core/block64/avx2.h"
#define VARIANT(name) name##_avx2
#define BLOCK64_ISA ISA_AVX2
#elif BLOCK64_VARIANT == VARIANT_SSE4
#include "core/block64/sse.h"
#define VARIANT(name) name##_sse4
#define BLOCK64_ISA ISA_SSE4
#elif BLOCK64_VARIANT == VARIANT_SSE2
#include "core/block64/sse.h"
#define VARIANT(name) name##_sse2
#define BLOCK64_ISA ISA_SSE2
#elif BLOCK64_VARIANT == VARIANT_NEON
#include "core/block64/neon.h"
#define VARIANT(name) name##_neon
#define BLOCK64_ISA ISA_NEON
#else
#include "core/block64/scalar.h"
#define VARIANT(name) name##_scalar
#define BLOCK64_ISA ISA_SCALAR
#endif

#include "core/block64/found.h"

#endif
