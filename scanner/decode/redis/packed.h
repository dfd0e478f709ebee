/* packed.h - what Redis packs small collections into (ziplist.c, listpack.c, intset.c), and
 * the compression of its strings (LZF). */
#ifndef YINMA_DECODE_REDIS_PACKED_H
#define YINMA_DECODE_REDIS_PACKED_H

#include "core/bytes.h"

enum { REDIS_NUMBER_BYTES = 24 };
enum redis_packing { REDIS_ZIPLIST, REDIS_LISTPACK, REDIS_INTSET };

struct redis_elements {
    struct bytes packed;
    size_t at;
    enum redis_packing packing;
    bool bad; /* it does not end as it should */
};

void redis_elements_begin(struct redis_elements *elements, enum redis_packing packing,
                          struct bytes packed);
/* The next element: a view, or a number written to NUMBER. False at the end. */
bool redis_elements_next(struct redis_elements *elements, char number[REDIS_NUMBER_BYTES],
                         struct bytes *out);

/* BYTES (1 to 8) at P, lowest first, with sign. */
int64_t redis_integer(const uint8_t *p, size_t bytes);

/* LZF: PACKED to exactly LEN bytes of OUT. False: it makes no sense. */
bool redis_unpack(struct bytes packed, uint8_t *out, size_t len);

#endif
