#include "input/beside.h"

#include "input/formats.h"

enum { DESCRIPTION_BYTES_MAX = 4 * 1024 * 1024, NAME_BYTES_MAX = 512 };

static const char *const compressed[] = {"", ".gz", ".zst", ".lz4", ".bz2", ".xz"};

static beside_rule *const rules[] = {pg_directory_beside, mysql_tab_beside, mydumper_beside};

void beside_init(struct beside *beside) {
    *beside = (struct beside){0};
    text_buffer_init(&beside->name, 0);
    text_buffer_init(&beside->preamble, 0);
}

void beside_release(struct beside *beside) {
    text_buffer_release(&beside->name);
    text_buffer_release(&beside->preamble);
}

bool beside_find(struct beside *beside, struct byte_source *source, struct bytes name,
                 struct input_budget *budget) {
    if (source->ops->sibling == NULL) {
        return false;
    }
    struct bytes stem = name;
    for (size_t i = 1; i < sizeof compressed / sizeof *compressed; i++) {
        struct bytes ending = bytes_of_string(compressed[i]);
        if (bytes_ends_with(name, ending)) {
            stem = bytes_first(name, name.len - ending.len);
        }
    }
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i](beside, source, stem, budget)) {
            return !beside->name.failed && !beside->preamble.failed;
        }
        text_buffer_clear(&beside->name);
        text_buffer_clear(&beside->preamble);
    }
    return false;
}

static bool read_all(struct byte_source *source, struct text_buffer *out) {
    uint8_t piece[8192];
    struct error ignored = {0};
    const size_t before = out->len;
    int64_t got;
    while ((got = byte_source_read(source, piece, sizeof piece, &ignored)) > 0 && !out->failed &&
           out->len - before <= DESCRIPTION_BYTES_MAX) {
        text_buffer_put(out, bytes_of(piece, (size_t)got));
    }
    return got == 0 && !out->failed;
}

/* SOURCE, or what is compressed in it. */
static bool read_plain(struct byte_source *source, struct input_budget *budget,
                       struct text_buffer *out) {
    struct bytes head;
    bool whole;
    struct error ignored = {0};
    source = input_peek(source, &head, &whole, &ignored);
    if (source == NULL) {
        return false;
    }
    const struct container_format *format = container_detect(head);
    bool read = false;
    if (format == NULL) {
        read = read_all(source, out);
    } else if (format->type == CONTAINER_STREAM) {
        void *state = NULL;
        struct container_member member = {0};
        read = format->open(source, budget, &state, &ignored) == 0 &&
               format->next(state, &member, &ignored) == 1 && member.source != NULL &&
               read_all(member.source, out);
        format->close(state);
    }
    byte_source_close(source);
    return read;
}

bool beside_read(struct byte_source *source, struct bytes name, struct input_budget *budget,
                 struct text_buffer *out) {
    char path[NAME_BYTES_MAX];
    for (size_t i = 0; i < sizeof compressed / sizeof *compressed; i++) {
        struct bytes ending = bytes_of_string(compressed[i]);
        if (name.len + ending.len >= sizeof path || memchr(name.ptr, 0, name.len) != NULL) {
            continue;
        }
        memcpy(path, name.ptr, name.len);
        memcpy(path + name.len, ending.ptr, ending.len);
        path[name.len + ending.len] = '\0';
        struct byte_source *sibling = source->ops->sibling(source, path, NULL);
        if (sibling != NULL) {
            return read_plain(sibling, budget, out);
        }
    }
    return false;
}
