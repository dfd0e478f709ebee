/* Plain text: whatever is text and nothing else. Keys are read only where most lines have one
 * (configuration files, pretty-printed JSON): in prose and in markup an equals sign names nothing.
 */
#include "decode/free_text.h"
#include "decode/line_shape.h"

static unsigned bid(const struct decode_head *head) {
    (void)head;
    return 1;
}

static int open_text(const struct decode_input *in, void **state, struct error *err) {
    struct line_shapes shapes = line_shapes_of(in->head.head);
    bool keyed = shapes.paired * 2 >= shapes.lines && shapes.tagged * 4 < shapes.lines;
    return free_text_open(in, keyed ? FREE_TEXT_WITH_KEYS : FREE_TEXT_WITHOUT_KEYS, 0, state, err);
}

const struct decoder decoder_text = {
    .name = "text",
    .summary = "plain text, line by line",
    .traits = 0,
    .bid = bid,
    .open = open_text,
    .next = free_text_next,
    .close = free_text_close,
};
