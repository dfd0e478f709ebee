#include "decode/keyed/key_slots.h"

#include <stdlib.h>

#include "core/hash64.h"

enum { FIRST_ROOM = 64 };

struct key_slot {
    uint64_t hash; /* 0: free */
    uint32_t field;
};

static uint64_t hash_of(struct bytes key) {
    return hash64(key, 0) | 1;
}

/* Behind the last place comes the first one. */
static size_t next_place(const struct key_slots *slots, size_t at) {
    return at & (slots->room - 1);
}

static void put(struct key_slots *slots, struct key_slot slot) {
    size_t at = next_place(slots, (size_t)(slot.hash >> 8));
    while (slots->items[at].hash != 0) {
        at = next_place(slots, at + 1);
    }
    slots->items[at] = slot;
}

static bool grow(struct key_slots *slots) {
    struct key_slots larger = {.room = slots->room == 0 ? FIRST_ROOM : 2 * slots->room,
                               .used = slots->used};
    larger.items = calloc(larger.room, sizeof *larger.items);
    if (larger.items == NULL) {
        return false;
    }
    for (size_t i = 0; i < slots->room; i++) {
        if (slots->items[i].hash != 0) {
            put(&larger, slots->items[i]);
        }
    }
    free(slots->items);
    *slots = larger;
    return true;
}

void key_slots_release(struct key_slots *slots) {
    free(slots->items);
    *slots = (struct key_slots){0};
}

uint32_t key_slots_find(const struct key_slots *slots, const struct field_set *fields,
                        struct bytes key) {
    if (slots->room == 0) {
        return UINT32_MAX;
    }
    const uint64_t hash = hash_of(key);
    const struct key_slot *slot;
    for (size_t at = next_place(slots, (size_t)(hash >> 8)); (slot = &slots->items[at])->hash != 0;
         at = next_place(slots, at + 1)) {
        if (slot->hash == hash && bytes_equal(field_set_field(fields, slot->field)->column, key)) {
            return slot->field;
        }
    }
    return UINT32_MAX;
}

bool key_slots_add(struct key_slots *slots, struct bytes key, uint32_t field) {
    if (2 * (slots->used + 1) > slots->room && !grow(slots)) {
        return false;
    }
    put(slots, (struct key_slot){.hash = hash_of(key), .field = field});
    slots->used++;
    return true;
}
