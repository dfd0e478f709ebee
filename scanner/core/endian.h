/* endian.h - whole numbers as formats write them: the low byte first (little) or the high one
 * (big), at any address. */
#ifndef YINMA_CORE_ENDIAN_H
#define YINMA_CORE_ENDIAN_H

#include <stdint.h>

static inline uint16_t little_u16(const uint8_t *p) {
    return (uint16_t)(p[0] | p[1] << 8);
}
static inline uint32_t little_u32(const uint8_t *p) {
    return (uint32_t)little_u16(p) | (uint32_t)little_u16(p + 2) << 16;
}
static inline uint64_t little_u64(const uint8_t *p) {
    return (uint64_t)little_u32(p) | (uint64_t)little_u32(p + 4) << 32;
}

static inline void put_little_u64(uint8_t *p, uint64_t n) {
    for (unsigned i = 0; i < 8; i++) {
        p[i] = (uint8_t)(n >> (8 * i));
    }
}

static inline uint16_t big_u16(const uint8_t *p) {
    return (uint16_t)(p[0] << 8 | p[1]);
}
static inline uint32_t big_u32(const uint8_t *p) {
    return (uint32_t)big_u16(p) << 16 | (uint32_t)big_u16(p + 2);
}

#endif
