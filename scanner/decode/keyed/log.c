/* Logs: running text whose lines begin with a time, an address or a level, or are made of keys and
 * values. Values with a key are cells of the key's field; everything else is running text. */
#include "decode/free_text.h"
#include "decode/line_shape.h"

/* A JSON document of many lines holds pairs too, and is no log. */
static bool is_document(struct bytes head) {
    struct bytes first = bytes_trim(bytes_first(head, 16));
    return first.len > 0 && (first.ptr[0] == '{' || first.ptr[0] == '[') &&
           (first.len == 1 || !byte_is_alnum(first.ptr[1]));
}

static bool reads_like_log(struct bytes head, const struct line_shapes *shapes) {
    if (shapes->objects * 2 >= shapes->lines || shapes->stamped * 2 >= shapes->lines) {
        return true;
    }
    return (shapes->several * 2 >= shapes->lines && !is_document(head)) ||
           bytes_starts_with(head, BYTES_LIT("#Software: ")) ||
           bytes_starts_with(head, BYTES_LIT("#Fields: "));
}

static unsigned bid(const struct decode_head *head) {
    enum { SHAPE_BITS = 6 };
    bool named = name_ends_in(head->name, BYTES_LIT(".log"));
    unsigned bits = named ? 3 : 0;
    if (bits + SHAPE_BITS <= head->beaten) {
        return 0;
    }
    struct line_shapes shapes = line_shapes_of_head(head);
    if (shapes.lines == 0 || (shapes.tagged * 2 >= shapes.lines && !named)) {
        return 0;
    }
    if (reads_like_log(head->head, &shapes)) {
        return bits + SHAPE_BITS;
    }
    /* Long messages may stand between the stamps. */
    return shapes.stamped * 5 >= shapes.lines ? bits + 3 : bits;
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
