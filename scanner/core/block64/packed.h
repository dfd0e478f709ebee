/* packed.h - for the variants without an instruction for it, behind their block64_pack(). */
#ifndef YINMA_CORE_BLOCK64_PACKED_H
#define YINMA_CORE_BLOCK64_PACKED_H

#include <string.h>

/* Would they be the same as the COUNT bytes at WANTED, behind which 64 are readable? */
static inline int block64_packed_as(block64 v, uint64_t digits, uint64_t keep,
                                    const uint8_t *wanted, size_t count) {
    uint8_t packed[64];
    (void)block64_pack(v, digits, keep, packed);
    return memcmp(packed, wanted, count) == 0;
}

#endif
