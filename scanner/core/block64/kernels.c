/* Compiled once an instruction set; see variant.h. */
#include "core/block64/kernels.h"

#include "core/block64/variant.h"

static void find(const uint8_t *bytes, size_t blocks, const uint8_t *wanted, size_t count,
                 uint64_t *const *out) {
    for (size_t b = 0; b < blocks; b++) {
        block64 v = block64_load(bytes + 64 * b);
        for (size_t k = 0; k < count; k++) {
            out[k][b] = block64_eq(v, wanted[k]);
        }
    }
}

static void prefix_xor(const uint64_t *in, size_t words, uint64_t *carry, uint64_t *out) {
    uint64_t state = *carry;
    for (size_t i = 0; i < words; i++) {
        out[i] = block64_prefix_xor(in[i]) ^ state;
        state = 0 - (out[i] >> 63); /* all bits as the last one */
    }
    *carry = state;
}

static uint64_t count_byte(const uint8_t *bytes, size_t len, uint8_t wanted) {
    uint64_t total = 0;
    size_t at = 0;
    for (; at + 64 <= len; at += 64) {
        total += (uint64_t)__builtin_popcountll(block64_eq(block64_load(bytes + at), wanted));
    }
    for (; at < len; at++) {
        total += bytes[at] == wanted;
    }
    return total;
}

const struct block64_ops VARIANT(block64_ops) = {
    .find = find, .prefix_xor = prefix_xor, .count = count_byte};
