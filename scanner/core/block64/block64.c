#include "core/block64/block64.h"

#include <stdlib.h>
#include <string.h>

#include "core/block64/kernels.h"
#include "core/block64/variant_for.h"

static const char *const isa_names[ISA_COUNT] = {"scalar", "sse2",   "sse4",
                                                 "avx2",   "avx512", "neon"};

const char *isa_name(enum isa isa) {
    return isa_names[isa];
}

int isa_available(enum isa isa) {
#if defined(__x86_64__)
    switch (isa) {
    case ISA_AVX512:
        /* From VBMI2 on (2019): older ones lower their clock for such instructions anyway. */
        return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi2") &&
               __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi") &&
               __builtin_cpu_supports("bmi2");
    case ISA_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
               __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    case ISA_SSE4:
        return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.2") &&
               __builtin_cpu_supports("popcnt");
    case ISA_SSE2:
    case ISA_SCALAR:
        return 1;
    case ISA_NEON:
    case ISA_COUNT:
        break;
    }
    return 0;
#elif defined(__aarch64__)
    return isa == ISA_SCALAR || isa == ISA_NEON;
#else
    return isa == ISA_SCALAR;
#endif
}

enum isa isa_best(void) {
    enum isa best = ISA_SCALAR;
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        if (isa_available(isa)) {
            best = isa;
        }
    }
    const char *asked = getenv("YINMA_SIMD");
    for (enum isa isa = ISA_SCALAR; asked != NULL && isa < best; isa++) {
        if (isa_available(isa) && strcmp(asked, isa_names[isa]) == 0) {
            return isa;
        }
    }
    return best;
}

const struct block64_ops *block64_ops(enum isa isa) {
    return VARIANT_FOR(isa, block64_ops);
}
