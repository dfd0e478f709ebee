#include "input/neighbours/name_index.h"

#include <stdlib.h>

#include "core/hash64.h"

void name_index_init(struct name_index *index) {
    *index = (struct name_index){0};
    text_buffer_init(&index->names, 0);
}

void name_index_release(struct name_index *index) {
    text_buffer_release(&index->names);
    free(index->places);
    free(index->slots);
}

struct bytes name_index_name(const struct name_index *index, uint32_t number) {
    return bytes_of(index->names.data + index->places[number].at, index->places[number].len);
}

/* Twice as many slots as places, so there is always a free one. */
static size_t slot_of(const struct name_index *index, struct bytes name) {
    const size_t mask = 2 * index->capacity - 1;
    size_t slot = (size_t)hash64(name, 0) & mask;
    while (index->slots[slot] != 0 &&
           !bytes_equal(name_index_name(index, index->slots[slot] - 1), name)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

uint32_t name_index_find(const struct name_index *index, struct bytes name) {
    const uint32_t number = index->capacity == 0 ? 0 : index->slots[slot_of(index, name)];
    return number == 0 ? NAME_UNKNOWN : number - 1;
}

static bool grow(struct name_index *index) {
    const size_t capacity = index->capacity == 0 ? 64 : 2 * index->capacity;
    uint32_t *slots = calloc(2 * capacity, sizeof *slots);
    struct name_place *places = realloc(index->places, capacity * sizeof *places);
    index->places = places != NULL ? places : index->places;
    if (slots == NULL || places == NULL || capacity >= NAME_UNKNOWN / 2) {
        free(slots);
        return false;
    }
    free(index->slots);
    index->slots = slots;
    index->capacity = capacity;
    for (uint32_t i = 0; i < index->count; i++) {
        index->slots[slot_of(index, name_index_name(index, i))] = i + 1;
    }
    return true;
}

uint32_t name_index_add(struct name_index *index, struct bytes name) {
    if (index->count == index->capacity && !grow(index)) {
        return NAME_UNKNOWN;
    }
    const size_t slot = slot_of(index, name);
    if (index->slots[slot] != 0) {
        return index->slots[slot] - 1;
    }
    index->places[index->count] = (struct name_place){index->names.len, name.len};
    text_buffer_put(&index->names, name);
    if (index->names.failed) {
        return NAME_UNKNOWN;
    }
    index->slots[slot] = (uint32_t)++index->count;
    return (uint32_t)index->count - 1;
}
