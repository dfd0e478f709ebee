/* The decoder of a head that was seen before: the same as if all were asked again, whatever came
 * between. */
#include "decode/head_memory.h"

#include "check.h"
#include "core/text_buffer.h"
#include "decode/head_notes.h"

static struct decode_head head_of(struct bytes text, const char *name, struct head_notes *notes) {
    return (struct decode_head){
        .head = text, .name = bytes_of_string(name), .widths.anchor = text.ptr, .notes = notes};
}

static void check_same(struct head_memory *memory, struct bytes text, const char *name) {
    struct head_notes first = {0}, again = {0};
    struct decode_head head = head_of(text, name, &first);
    const struct decoder *asked = decoder_choose(&head);
    for (unsigned i = 0; i < 3; i++) {
        again = (struct head_notes){.encoding_known = true};
        head = head_of(text, name, &again);
        CHECK(head_memory_choose(memory, &head) == asked);
        CHECK(again.encoding_known);
        CHECK(again.split == first.split && again.found == first.found &&
              bytes_equal(again.sample, first.sample));
    }
}

/* What a line is made of, around a number. */
struct line {
    const char *before, *behind;
};

static void put_lines(struct text_buffer *out, const struct line *line, unsigned lines) {
    for (unsigned i = 0; i < lines; i++) {
        text_buffer_printf(out, "%s%u%s\n", line->before, i * 7919 % 1000, line->behind);
    }
    for (unsigned i = 0; i < SEGMENT_PADDING; i++) {
        text_buffer_putc(out, '\0');
    }
}

static void the_same_decoder_is_chosen(void) {
    static const struct line lines[] = {{"7,name,", ",x"},
                                        {"7\tname\t", "\tx"},
                                        {"{\"id\":7,\"n\":", "}"},
                                        {"2026-01-31T08:00:00Z INFO request took ", " ms"},
                                        {"INSERT INTO `t` VALUES (7,'name',", ");"}};
    enum { LINES = sizeof lines / sizeof *lines };
    struct text_buffer texts[LINES];
    struct head_memory *memory = head_memory_new();
    CHECK(memory != NULL);
    for (unsigned i = 0; i < LINES; i++) {
        text_buffer_init(&texts[i], 0);
        put_lines(&texts[i], &lines[i], 200);
    }
    for (unsigned i = 0; memory != NULL && i < 2 * LINES; i++) {
        struct bytes text = text_buffer_view(&texts[i % LINES]);
        text = bytes_first(text, text.len - SEGMENT_PADDING);
        check_same(memory, text, "a.txt");
        check_same(memory, text, "a.csv"); /* a name is evidence, too */
        check_same(memory, bytes_first(text, text.len / 2), "a.csv");
        check_same(memory, text, "");
    }
    head_memory_free(memory);
    head_memory_free(NULL);
    for (unsigned i = 0; i < LINES; i++) {
        text_buffer_release(&texts[i]);
    }
}

static const struct test_case cases[] = {
    {"the_same_decoder_is_chosen", the_same_decoder_is_chosen},
};
TEST_MAIN(cases)
