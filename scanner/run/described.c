#include "run/described.h"

#include "input/beside.h"
#include "run/bcp_format.h"
#include "run/sqlldr_control.h"

typedef bool read_description(struct bytes text, struct arena *memory, struct record_layout *out);

static read_description *const readers[] = {
    [BESIDE_SQLLDR] = sqlldr_read, [BESIDE_BCP] = bcp_format_read};

static bool read_sibling(struct byte_source *source, struct bytes stem, const char *ending,
                         struct input_budget *budget, struct text_buffer *out) {
    struct text_buffer name;
    text_buffer_init(&name, 0);
    text_buffer_put(&name, stem);
    text_buffer_puts(&name, ending);
    text_buffer_clear(out);
    bool read = !name.failed && beside_read(source, text_buffer_view(&name), budget, out);
    text_buffer_release(&name);
    return read && !out->failed;
}

static bool find_beside(struct byte_source *source, struct bytes name, struct input_budget *budget,
                        struct arena *memory, struct record_layout *out) {
    struct bytes stem = beside_layout_stem(name);
    struct text_buffer text;
    bool found = false;
    if (stem.len == 0 || source->ops->sibling == NULL) {
        return false;
    }
    text_buffer_init(&text, 0);
    for (size_t i = 0; !found && beside_layout_endings[i].ending != NULL; i++) {
        const struct beside_layout_ending *ending = &beside_layout_endings[i];
        found = read_sibling(source, stem, ending->ending, budget, &text) &&
                readers[ending->form](text_buffer_view(&text), memory, out);
    }
    text_buffer_release(&text);
    if (found) {
        out->preface = 0; /* the data that may follow there are others */
    }
    return found;
}

bool described_may(const struct byte_source *source, struct bytes name, struct bytes head) {
    return (beside_layout_stem(name).len > 0 && source->ops->sibling != NULL) ||
           sqlldr_is_control(head);
}

const struct record_layout *described_find(struct byte_source *source, struct bytes name,
                                           struct bytes head, struct input_budget *budget,
                                           struct arena *memory) {
    struct record_layout *out = arena_alloc(memory, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    if (sqlldr_read(head, memory, out) && out->preface != 0) {
        return out;
    }
    return find_beside(source, name, budget, memory, out) ? out : NULL;
}

bool described_file(struct byte_source *source, struct bytes name, struct input_budget *budget) {
    uint8_t first[4096];
    struct arena memory;
    struct record_layout layout;
    struct input_budget own = *budget;
    const uint64_t read = budget->compressed_bytes;
    arena_init(&memory, 0);
    const uint64_t counted = budget->compressed_bytes;
    int64_t got = source->ops->read_at == NULL
                      ? 0
                      : source->ops->read_at(source, 0, first, sizeof first, NULL);
    budget->compressed_bytes = counted; /* it will be read again */
    bool described = sqlldr_is_control(bytes_of(first, got > 0 ? (size_t)got : 0)) ||
                     find_beside(source, name, &own, &memory, &layout);
    budget->compressed_bytes = read; /* it is read again */
    arena_release(&memory);
    return described;
}
