/* hash_order.h - the order of a few hashes. Hashes lie evenly, so their first bits bring nearly all
 * to their places, and no branch depends on how two of them compare. */
#ifndef YINMA_CORE_HASH_ORDER_H
#define YINMA_CORE_HASH_ORDER_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_ORDER_MAX = 128 };

/* Set order[0 … count) to the places of HASHES from the smallest one to the largest; equal ones as
 * they stand. At most HASH_ORDER_MAX. */
void hash_order(const uint64_t *hashes, size_t count, uint8_t *order);

#endif
