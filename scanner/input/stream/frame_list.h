/* frame_list.h - where the frames of compressed data begin. Inside the room only. */
#ifndef YINMA_INPUT_STREAM_FRAME_LIST_H
#define YINMA_INPUT_STREAM_FRAME_LIST_H

#include "input/stream/stream.h"

/* Where a frame begins, in both. */
struct frame {
    uint64_t packed, content;
};

/* A zeroed one is empty. */
struct frame_list {
    uint64_t packed, content; /* sizes */
    size_t count, capacity;
    struct frame *items; /* near ones count as one */
};

/* All frames of PACKED (with read_at), as CODEC tells them. False: they do not tell, there is one
 * only, what they say would come near --max-ratio, or memory is out. */
bool frame_list_read(struct frame_list *list, const struct stream_codec *codec,
                     struct byte_source *packed, const struct input_budget *budget);
void frame_list_release(struct frame_list *list);

/* The last one at or before PLACE of the content; LIST is not empty. */
const struct frame *frame_list_before(const struct frame_list *list, uint64_t place);
/* The place in the content where the one after that begins. */
uint64_t frame_list_behind(const struct frame_list *list, uint64_t place);

#endif
