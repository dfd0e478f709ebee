/* Logs: running text whose lines begin with a time, an address or a level, or are made of keys and
 * values. Values with a key are cells of the key's field; everything else is running text. */
#include "decode/free_text.h"
#include "decode/line_shape.h"

static unsigned bid(const struct decode_head *head) {
    struct line_shapes shapes = line_shapes_of(head->head);
    bool named = name_ends_in(head->name, BYTES_LIT(".log"));
    unsigned bits = named ? 3 : 0;
    if (shapes.lines == 0) {
        return 0;
    }
    if (shapes.stamped * 2 >= shapes.lines || shapes.several * 2 >= shapes.lines ||
        shapes.objects * 2 >= shapes.lines ||
        bytes_starts_with(head->head, BYTES_LIT("#Software: ")) ||
        bytes_starts_with(head->head, BYTES_LIT("#Fields: "))) {
        bits += 6;
    } else if (shapes.stamped * 5 >= shapes.lines) { /* long messages between the stamps */
        bits += 3;
    }
    return shapes.tagged * 2 >= shapes.lines && !named ? 0 : bits;
}

static int open_log(const struct decode_input *in, void **state, struct error *err) {
    return free_text_open(in, FREE_TEXT_WITH_KEYS, 0, state, err);
}

const struct decoder decoder_log = {
    .name = "log",
    .summary = "logs: key=value, JSON lines, web server and free text",
    .traits = DECODER_LOG,
    .bid = bid,
    .open = open_log,
    .next = free_text_next,
    .close = free_text_close,
};
