/* name_index.h - names by number and numbers by name. Inside the room only. */
#ifndef YINMA_INPUT_NEIGHBOURS_NAME_INDEX_H
#define YINMA_INPUT_NEIGHBOURS_NAME_INDEX_H

#include "core/text_buffer.h"

struct name_index {
    struct text_buffer names;
    struct name_place {
        size_t at, len; /* in names */
    } * places;
    uint32_t *slots; /* open addressing: number + 1, 0 = free */
    size_t count, capacity;
};

enum { NAME_UNKNOWN = UINT32_MAX };

void name_index_init(struct name_index *index);
void name_index_release(struct name_index *index);
/* The number of NAME, that of its first coming; NAME_UNKNOWN. */
uint32_t name_index_find(const struct name_index *index, struct bytes name);
/* The same; a new name gets the next number. NAME_UNKNOWN: memory is out. */
uint32_t name_index_add(struct name_index *index, struct bytes name);
struct bytes name_index_name(const struct name_index *index, uint32_t number);

#endif
