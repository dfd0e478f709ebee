#include "core/hash_order.h"

#include <string.h>

/* As many first bits as tell HASH_ORDER_MAX places apart. */
enum { PLACES = 128, SHIFT = 57, PLACES_A_WORD = 8 };

/* How many hashes stand before each place, eight places at a time: the product of eight counts and
 * a one in each byte holds their sums. None is more than HASH_ORDER_MAX, so none leaves its byte.
 */
static void add_up(uint8_t counts[PLACES]) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t before = 0;
    for (unsigned i = 0; i < PLACES; i += PLACES_A_WORD) {
        uint64_t word;
        memcpy(&word, counts + i, sizeof word);
        const uint64_t sums = word * ones;
        const uint64_t places = (sums << 8) + before * ones;
        memcpy(counts + i, &places, sizeof places);
        before += sums >> 56;
    }
}

void hash_order(const uint64_t *hashes, size_t count, uint8_t *order) {
    uint8_t place[PLACES] = {0};
    for (size_t i = 0; i < count; i++) {
        place[hashes[i] >> SHIFT]++;
    }
    add_up(place);
    for (size_t i = 0; i < count; i++) {
        order[place[hashes[i] >> SHIFT]++] = (uint8_t)i;
    }
    for (size_t i = 1; i < count; i++) { /* few are out of place, and not far */
        const uint8_t moved = order[i];
        size_t at = i;
        for (; at > 0 && hashes[order[at - 1]] > hashes[moved]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = moved;
    }
}
