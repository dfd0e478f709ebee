/* pack_places.h - packing eight bytes by a look-up: for every choice of them the places that they
 * come from, a byte each, from the lowest byte on; 0 behind those. */
#ifndef YINMA_CORE_BLOCK64_PACK_PLACES_H
#define YINMA_CORE_BLOCK64_PACK_PLACES_H

#include <stdint.h>

#define PACK_BELOW(choice, place) (8 * __builtin_popcount((choice) & ((1U << (place)) - 1)))
#define PACK_ONE(choice, place)                                                                    \
    (((choice) >> (place)&1U) != 0 ? UINT64_C(place) << PACK_BELOW(choice, place) : 0)
#define PACK_ROW(choice)                                                                           \
    PACK_ONE(choice, 1) | PACK_ONE(choice, 2) | PACK_ONE(choice, 3) | PACK_ONE(choice, 4) |        \
        PACK_ONE(choice, 5) | PACK_ONE(choice, 6) | PACK_ONE(choice, 7)
#define PACK_FOUR(choice)                                                                          \
    PACK_ROW(choice), PACK_ROW((choice) + 1), PACK_ROW((choice) + 2), PACK_ROW((choice) + 3)
#define PACK_SIXTEEN(choice)                                                                       \
    PACK_FOUR(choice), PACK_FOUR((choice) + 4), PACK_FOUR((choice) + 8), PACK_FOUR((choice) + 12)
#define PACK_MANY(choice)                                                                          \
    PACK_SIXTEEN(choice), PACK_SIXTEEN((choice) + 16), PACK_SIXTEEN((choice) + 32),                \
        PACK_SIXTEEN((choice) + 48)

static const uint64_t pack_places[256] = {PACK_MANY(0U), PACK_MANY(64U), PACK_MANY(128U),
                                          PACK_MANY(192U)};

#undef PACK_MANY
#undef PACK_SIXTEEN
#undef PACK_FOUR
#undef PACK_ROW
#undef PACK_ONE
#undef PACK_BELOW

#endif
