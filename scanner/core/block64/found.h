/* found.h - sets of the bytes of a block, from what each variant says of its own: block64_is(),
 * block64_in(), block64_or() and block64_either() stay in wide registers, block64_set() costs more
 * than all of these. What is asked for several bytes is put together before. */
#ifndef YINMA_CORE_BLOCK64_FOUND_H
#define YINMA_CORE_BLOCK64_FOUND_H

static inline uint64_t block64_eq(block64 v, uint8_t wanted) {
    return block64_set(block64_is(v, wanted));
}

/* low <= byte < low + count, as unsigned bytes */
static inline uint64_t block64_range(block64 v, uint8_t low, uint8_t count) {
    return block64_set(block64_in(v, low, count));
}

/* low <= (byte | bit) < low + count */
static inline uint64_t block64_range_or(block64 v, uint8_t bit, uint8_t low, uint8_t count) {
    return block64_range(block64_or(v, bit), low, count);
}

/* (byte | bit) == wanted */
static inline block64_found block64_is_or(block64 v, uint8_t bit, uint8_t wanted) {
    return block64_is(block64_or(v, bit), wanted);
}

static inline uint64_t block64_eq_or(block64 v, uint8_t bit, uint8_t wanted) {
    return block64_set(block64_is_or(v, bit, wanted));
}

static inline block64_found block64_either3(block64_found a, block64_found b, block64_found c) {
    return block64_either(block64_either(a, b), c);
}

static inline block64_found block64_either4(block64_found a, block64_found b, block64_found c,
                                            block64_found d) {
    return block64_either(block64_either(a, b), block64_either(c, d));
}

#endif
