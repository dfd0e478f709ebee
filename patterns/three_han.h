/* three_han.h - texts of three Han characters of which the first is in one set of characters, the
 * last is not in another and the first two are none of certain pairs: what most Chinese names are.
 * Sixteen at a time where the processor can; the scalar variant is the reference. */
#ifndef YINMA_PATTERNS_THREE_HAN_H
#define YINMA_PATTERNS_THREE_HAN_H

#include <string.h>

#include "core/block64/variant_for.h"

/* Code points by their slot (han.h): 2 to the power of BITS, at least two of them; 0 = none. */
struct han_set {
    const uint16_t *codes;
    uint32_t multiplier;
    uint8_t bits;
};

/* The same of HAN_PAIRs. */
struct han_pair_set {
    const uint32_t *pairs;
    uint32_t multiplier;
    uint8_t bits;
};

struct three_han {
    struct han_set first, not_last;
    struct han_pair_set not_first_two;
};

/* Which of COUNT texts of LEN bytes at AT are such: to FITS. Sixteen bytes from each are readable.
 * Returns how many. */
typedef size_t three_han_fn(const struct three_han *form, const uint8_t *const *at,
                            const uint32_t *len, size_t count, bool *fits);
three_han_fn VARIANTS(three_han_fits);

/* The same where reading text by text is not as fast; elsewhere none are. */
static inline size_t three_han_take(enum isa isa, const struct three_han *form,
                                    const uint8_t *const *at, const uint32_t *len, size_t count,
                                    bool *fits) {
    if (isa == ISA_AVX512) {
        return VARIANT_FOR(isa, three_han_fits)(form, at, len, count, fits);
    }
    memset(fits, 0, count * sizeof *fits);
    return 0;
}

#endif
