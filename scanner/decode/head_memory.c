#include "decode/head_memory.h"

#include <stdlib.h>

#include "core/byte_source.h"
#include "decode/head_notes.h"

enum { HEAD_MOST = 64 * 1024, NAME_MOST = 255 };

/* Everything that bidders may look at; compared as it is, so nothing can be mistaken for it. */
struct head_memory {
    const struct decoder *chosen; /* NULL: nothing is known */
    struct head_notes notes;
    size_t head_len, name_len;
    bool whole;
    enum width_rule rule;
    uint64_t width; /* of the head, before it was transcoded */
    uint8_t name[NAME_MOST];
    uint8_t head[HEAD_MOST];
};

struct head_memory *head_memory_new(void) {
    struct head_memory *memory = malloc(sizeof *memory);
    if (memory != NULL) {
        memory->chosen = NULL;
    }
    return memory;
}

void head_memory_free(struct head_memory *memory) {
    free(memory);
}

static bool is_known(const struct head_memory *memory, const struct decode_head *head) {
    return memory->chosen != NULL && head->delimiter.len == 0 && memory->whole == head->whole &&
           memory->rule == head->widths.rule &&
           bytes_equal(bytes_of(memory->name, memory->name_len), head->name) &&
           bytes_equal(bytes_of(memory->head, memory->head_len), head->head) &&
           memory->width == width_before(head->widths, head->head);
}

/* What the bidders FOUND out about the same HEAD, not what was known of the bytes as they are. */
static void note(const struct decode_head *head, const struct head_notes *found) {
    struct head_notes *notes = head->notes;
    const struct head_notes before = *notes;
    *notes = *found;
    notes->headers = before.headers;
    notes->encoding_known = before.encoding_known;
    notes->encoding = before.encoding;
    notes->sample = bytes_first(head->head, found->sample.len);
    notes->shapes_of = found->shapes_of == NULL ? NULL : head->head.ptr;
    notes->starts_of = found->starts_of == NULL ? NULL : head->head.ptr;
    notes->sql_of = found->sql_of == NULL ? NULL : head->head.ptr;
}

static void keep(struct head_memory *memory, const struct decode_head *head) {
    memory->head_len = head->head.len;
    memory->name_len = head->name.len;
    memory->whole = head->whole;
    memory->rule = head->widths.rule;
    memory->width = width_before(head->widths, head->head);
    memcpy(memory->head, head->head.ptr, head->head.len);
    memcpy(memory->name, head->name.ptr, head->name.len);
}

const struct decoder *head_memory_choose(struct head_memory *memory,
                                         const struct decode_head *head) {
    struct head_notes notes = {.headers = head->notes == NULL ? NULL : head->notes->headers};
    struct decode_head look = *head;
    if (is_known(memory, head)) {
        if (head->notes != NULL) {
            note(head, &memory->notes);
        }
        return memory->chosen;
    }
    look.notes = &notes;
    const struct decoder *chosen = decoder_choose(&look);
    if (head->notes != NULL) {
        note(head, &notes);
    }
    memory->chosen = NULL;
    if (head->head.len != 0 && head->head.len <= HEAD_MOST && head->name.len != 0 &&
        head->name.len <= NAME_MOST && head->delimiter.len == 0) {
        keep(memory, head);
        memory->notes = notes;
        memory->chosen = chosen;
    }
    return chosen;
}
