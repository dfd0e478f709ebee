#include "input/stream/frame_list.h"

#include <stdlib.h>

enum { APART_BYTES = 256 * 1024 }; /* of content: frames that are nearer count as one */

static bool add_frame(struct frame_list *list) {
    const struct frame *last = list->count == 0 ? NULL : &list->items[list->count - 1];
    if (last != NULL && list->content - last->content < APART_BYTES) {
        return true;
    }
    if (list->items == NULL || list->count == list->capacity) {
        const size_t capacity = 2 * list->capacity + 64;
        struct frame *grown = reallocarray(list->items, capacity, sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->count++] = (struct frame){list->packed, list->content};
    return true;
}

/* Reading one after the other would stop at --max-ratio at some place in a frame; where each frame
 * as a whole stays away from it, the place of readers does not matter. */
bool frame_list_read(struct frame_list *list, const struct stream_codec *codec,
                     struct byte_source *packed, const struct input_budget *budget) {
    const uint64_t ratio = budget->limits->max_ratio;
    while (list->packed < packed->size) {
        uint64_t content = 0;
        const uint64_t len = codec->frame(packed, list->packed, &content);
        if (len == 0 || len > packed->size - list->packed || content > INT64_MAX ||
            !add_frame(list)) {
            return false;
        }
        list->content += content;
        if (ratio != 0 && list->content > budget->ratio_from &&
            list->content / ratio >= list->packed) {
            return false;
        }
        list->packed += len;
    }
    return list->count > 1;
}

void frame_list_release(struct frame_list *list) {
    free(list->items);
    *list = (struct frame_list){0};
}

const struct frame *frame_list_before(const struct frame_list *list, uint64_t place) {
    size_t low = 0, high = list->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        *(list->items[middle].content <= place ? &low : &high) = middle;
    }
    return &list->items[low];
}

uint64_t frame_list_behind(const struct frame_list *list, uint64_t place) {
    const size_t next = (size_t)(frame_list_before(list, place) - list->items) + 1;
    return next < list->count ? list->items[next].content : list->content;
}
