/* checksums.h - check digits that a kind of the user's own can ask for by name. */
#ifndef YINMA_PATTERNS_CHECKSUMS_H
#define YINMA_PATTERNS_CHECKSUMS_H

#include "core/bytes.h"

struct checksum_weights {
    const uint8_t *values;
    unsigned count;
};

struct checksum {
    const char *name;
    double chance;      /* how often random values pass */
    bool needs_weights; /* one for each character, from the left */
    /* TEXT: digits and letters A-Z only, no separators. */
    bool (*valid)(struct bytes text, const struct checksum_weights *weights);
};

extern const struct checksum checksums[]; /* ends with name == NULL */
const struct checksum *checksum_find(const char *name);

#endif
