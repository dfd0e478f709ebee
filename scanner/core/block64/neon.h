/* The primitives of block64 with NEON, which every AArch64 has. */
#ifndef YINMA_CORE_BLOCK64_NEON_H
#define YINMA_CORE_BLOCK64_NEON_H

#include <arm_neon.h>
#include <stdint.h>

#include "core/block64/pack_places.h"
#include "core/block64/positions.h"
#include "core/block64/utf8_pairs.h"

enum { BLOCK64_PARTS = 4 };

typedef uint8x16x4_t block64;
typedef block64 block64_found; /* FF or 0 each */

static inline block64 block64_load(const uint8_t *p) {
    return vld1q_u8_x4(p);
}

static const uint8_t block64_bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};

/* There is no instruction for this: each keeps a bit of its own, and sums of
 * neighbours put them together. */
static inline uint64_t block64_set(block64_found found) {
    const uint8x16_t own = vld1q_u8(block64_bits);
    uint8x16_t low = vpaddq_u8(vandq_u8(found.val[0], own), vandq_u8(found.val[1], own));
    uint8x16_t high = vpaddq_u8(vandq_u8(found.val[2], own), vandq_u8(found.val[3], own));
    uint8x16_t all = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static inline block64_found block64_either(block64_found a, block64_found b) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        a.val[i] = vorrq_u8(a.val[i], b.val[i]);
    }
    return a;
}

static inline block64 block64_or(block64 v, uint8_t bit) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.val[i] = vorrq_u8(v.val[i], vdupq_n_u8(bit));
    }
    return v;
}

static inline block64_found block64_is(block64 v, uint8_t wanted) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.val[i] = vceqq_u8(v.val[i], vdupq_n_u8(wanted));
    }
    return v;
}

static inline block64_found block64_in(block64 v, uint8_t low, uint8_t count) {
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.val[i] = vcltq_u8(vsubq_u8(v.val[i], vdupq_n_u8(low)), vdupq_n_u8(count));
    }
    return v;
}

static inline uint64_t block64_high(block64 v) {
    return block64_set(block64_in(v, 0x80, 0x80));
}

static inline uint8x16_t block64_look_up(const uint8_t *sixteen, uint8x16_t half) {
    return vqtbl1q_u8(vld1q_u8(sixteen), half);
}

static inline uint64_t block64_four(const uint8_t *p, const uint8_t low[4][16],
                                    const uint8_t high[4][16]) {
    block64 common;
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        common.val[i] = vdupq_n_u8(0xFF);
        for (size_t k = 0; k < 4; k++) {
            uint8x16_t v = vld1q_u8(p + 16 * i + k);
            uint8x16_t lower = block64_look_up(low[k], vandq_u8(v, vdupq_n_u8(15)));
            uint8x16_t upper = block64_look_up(high[k], vshrq_n_u8(v, 4));
            common.val[i] = vandq_u8(common.val[i], vandq_u8(lower, upper));
        }
        common.val[i] = vtstq_u8(common.val[i], common.val[i]);
    }
    return block64_set(common);
}

static inline uint8x16_t block64_utf8_part(const uint8_t *p) {
    uint8x16_t first = vld1q_u8(p - 1);
    uint8x16_t upper = block64_look_up(utf8_first_upper, vshrq_n_u8(first, 4));
    uint8x16_t lower = block64_look_up(utf8_first_lower, vandq_u8(first, vdupq_n_u8(15)));
    uint8x16_t second = block64_look_up(utf8_second_upper, vshrq_n_u8(vld1q_u8(p), 4));
    /* the upper bit: two bytes behind E0-FF, three behind F0-FF */
    uint8x16_t third = vqsubq_u8(vld1q_u8(p - 2), vdupq_n_u8(0x60));
    uint8x16_t fourth = vqsubq_u8(vld1q_u8(p - 3), vdupq_n_u8(0x70));
    uint8x16_t longer = vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(0x80));
    return vmvnq_u8(vceqq_u8(vandq_u8(vandq_u8(upper, lower), second), longer));
}

/* Where the 64 bytes at P are no UTF-8, together with the three before. */
static inline uint64_t block64_utf8_wrong(const uint8_t *p) {
    block64 v;
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.val[i] = block64_utf8_part(p + 16 * i);
    }
    return block64_set(v);
}

static inline void block64_pack_words(block64 v, uint64_t digits, uint64_t keep,
                                      uint64_t words[8]) {
    const uint8x16_t own = vld1q_u8(block64_bits), zero = vdupq_n_u8('0');
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        uint8x16_t digit = vcombine_u8(vdup_n_u8((uint8_t)(digits >> 16 * i)),
                                       vdup_n_u8((uint8_t)(digits >> (16 * i + 8))));
        uint8x16_t named = vbslq_u8(vtstq_u8(digit, own), zero, v.val[i]);
        uint8x8_t low = vcreate_u8(pack_places[keep >> 16 * i & 0xFF]);
        uint8x8_t high = vcreate_u8(pack_places[keep >> (16 * i + 8) & 0xFF]);
        vst1_u8((uint8_t *)(words + 2 * i), vtbl1_u8(vget_low_u8(named), low));
        vst1_u8((uint8_t *)(words + 2 * i + 1), vtbl1_u8(vget_high_u8(named), high));
    }
}

/* Where the 64 bytes at A and at B are not the same. */
static inline uint64_t block64_differ(const uint8_t *a, const uint8_t *b) {
    block64 v = block64_load(a), w = block64_load(b);
    for (size_t i = 0; i < BLOCK64_PARTS; i++) {
        v.val[i] = vceqq_u8(v.val[i], w.val[i]);
    }
    return ~block64_set(v);
}

#include "core/block64/packed.h"
#include "core/block64/prefix_xor.h"

#endif
