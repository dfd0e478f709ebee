/* key_slots.h - which field a key of running text is: a table that begins small, as most files have
 * few keys and there may be a hundred thousand files. */
#ifndef YINMA_DECODE_KEYED_KEY_SLOTS_H
#define YINMA_DECODE_KEYED_KEY_SLOTS_H

#include "core/field_set.h"

struct key_slots {
    struct key_slot *items; /* owned; NULL while there are none */
    size_t room;            /* 0 or a power of two: at least twice as many as are used */
    size_t used;
};

void key_slots_release(struct key_slots *slots);
/* The field of KEY, whose column has that name in FIELDS; UINT32_MAX when it is not known. */
uint32_t key_slots_find(const struct key_slots *slots, const struct field_set *fields,
                        struct bytes key);
/* KEY, which is not known, is FIELD. False when memory is out. */
bool key_slots_add(struct key_slots *slots, struct bytes key, uint32_t field);

#endif
