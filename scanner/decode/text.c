/* Plain text: whatever is text and nothing else. Keys are read in program text and settings, told
 * by the name, and where most lines have one (pretty-printed JSON): in prose and in markup an
 * equals sign names nothing. */
#include "core/program_text.h"
#include "decode/free_text.h"
#include "decode/line_shape.h"

static unsigned bid(const struct decode_head *head) {
    (void)head;
    return 1;
}

/* One line in thousands may be the one that holds the password of the database. */
static enum free_text_keys keys_in(const struct decode_head *head) {
    static const char *const settings[] = {".ini",  ".conf", ".cnf", ".cfg",        ".env",
                                           ".toml", ".sh",   ".bat", ".properties", NULL};
    bool settled = name_ends_in_one_of(head->name, settings);
    if (!settled && name_ends_in_one_of(head->name, program_text_endings)) {
        return FREE_TEXT_OF_PROGRAM;
    }
    struct line_shapes shapes = line_shapes_of_head(head);
    bool keyed = shapes.paired * 2 >= shapes.lines && shapes.tagged * 4 < shapes.lines;
    return keyed || settled ? FREE_TEXT_WITH_KEYS : FREE_TEXT_WITHOUT_KEYS;
}

static int open_text(const struct decode_input *in, void **state, struct error *err) {
    return free_text_open(in, keys_in(&in->head), 0, state, err);
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
