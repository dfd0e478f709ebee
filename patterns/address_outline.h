/* address_outline.h - what tells most addresses, as sets of positions: bit i speaks of byte i. Made
 * with the widest instructions there are; the scalar variant is the reference. */
#ifndef YINMA_PATTERNS_ADDRESS_OUTLINE_H
#define YINMA_PATTERNS_ADDRESS_OUTLINE_H

#include "core/block64/variant_for.h"

enum { ADDRESS_OUTLINE_BYTES = 64 };

struct address_outline {
    uint64_t digit; /* 0-9 */
    uint64_t house; /* where 號 begins behind a digit */
    bool usual;     /* ASCII and whole Han characters, and nothing that could hide anything */
};

/* The outlines of COUNT texts of LEN bytes at AT; ADDRESS_OUTLINE_BYTES from there on are readable.
 * Longer texts have none: their `house` is 0. */
typedef void address_outlines_fn(const uint8_t *const *at, const uint32_t *len, size_t count,
                                 struct address_outline *out);
address_outlines_fn VARIANTS(address_outlines);

/* NULL where reading character by character is faster. */
static inline address_outlines_fn *address_outlines_for(enum isa isa) {
    return isa == ISA_SCALAR ? NULL : VARIANT_FOR(isa, address_outlines);
}

#endif
