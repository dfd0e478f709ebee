#include "input/formats.h"
#include "input/neighbours/beside_rule.h"

enum { NAME_BYTES_MAX = 512 };

const char *const beside_endings[] = {"", ".gz", ".zst", ".lz4", ".bz2", ".xz", NULL};

struct bytes beside_stem(struct bytes name) {
    for (size_t i = 1; beside_endings[i] != NULL; i++) {
        struct bytes ending = bytes_of_string(beside_endings[i]);
        if (bytes_ends_with(name, ending)) {
            return bytes_first(name, name.len - ending.len);
        }
    }
    return name;
}

static bool read_all(struct byte_source *source, struct text_buffer *out) {
    uint8_t piece[8192];
    struct error ignored = {0};
    const size_t before = out->len;
    int64_t got;
    while ((got = byte_source_read(source, piece, sizeof piece, &ignored)) > 0 && !out->failed &&
           out->len - before <= BESIDE_BYTES_MAX) {
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

struct byte_source *beside_open(struct byte_source *source, struct bytes stem, const char *ending) {
    char path[NAME_BYTES_MAX];
    struct byte_source *sibling = NULL;
    if (memchr(stem.ptr, 0, stem.len) != NULL) {
        return NULL;
    }
    for (size_t i = 0; sibling == NULL && beside_endings[i] != NULL; i++) {
        const struct bytes first = bytes_of_string(ending);
        const struct bytes second = bytes_of_string(beside_endings[i]);
        if (stem.len + first.len + second.len < sizeof path) {
            memcpy(path, stem.ptr, stem.len);
            memcpy(path + stem.len, first.ptr, first.len);
            memcpy(path + stem.len + first.len, second.ptr, second.len);
            path[stem.len + first.len + second.len] = '\0';
            sibling = source->ops->sibling(source, path, NULL);
        }
    }
    return sibling;
}

bool beside_read(struct byte_source *source, struct bytes name, struct input_budget *budget,
                 struct text_buffer *out) {
    struct byte_source *sibling = beside_open(source, name, "");
    return sibling != NULL && read_plain(sibling, budget, out);
}

struct bytes beside_plain_head(struct bytes head, struct input_budget *budget, uint8_t *buffer,
                               size_t capacity) {
    const struct container_format *format = container_detect(head);
    if (format == NULL || format->type != CONTAINER_STREAM) {
        return head;
    }
    struct input_budget own = *budget; /* it is all read again */
    struct byte_source *source = input_open_memory(head);
    struct container_member member = {0};
    void *state = NULL;
    size_t have = 0;
    if (source != NULL && format->open(source, &own, &state, NULL) == 0 &&
        format->next(state, &member, NULL) == 1 && member.source != NULL) {
        int64_t got = 1;
        while (have < capacity && got > 0) {
            got = byte_source_read(member.source, buffer + have, capacity - have, NULL);
            have += got > 0 ? (size_t)got : 0;
        }
    }
    format->close(state);
    byte_source_close(source);
    return bytes_of(buffer, have);
}
