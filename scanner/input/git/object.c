/* object.c - an object as git keeps it until it is packed (gitformat-loose, git 2.39): zlib
 * data that begins with its type, its size and a NUL. */
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "input/formats.h"

enum { HEADER_MAX = 32 };

/* Length of "blob 123\0" at the front of TEXT, 0 = it is none. */
static size_t header_length(struct bytes text) {
    static const char *const types[] = {"blob ", "tree ", "commit ", "tag "};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct bytes type = bytes_of_string(types[i]);
        size_t at = type.len;
        if (!bytes_starts_with(text, type)) {
            continue;
        }
        while (at < text.len && byte_is_digit(text.ptr[at])) {
            at++;
        }
        return at > type.len && at < text.len && text.ptr[at] == '\0' ? at + 1 : 0;
    }
    return 0;
}

static unsigned git_object_bid(struct bytes head) {
    enum { DEFLATE = 0x78, BITS = 80 };
    uint8_t text[HEADER_MAX];
    if (head.len < 8 || head.ptr[0] != DEFLATE || (head.ptr[0] << 8 | head.ptr[1]) % 31 != 0) {
        return 0;
    }
    struct inflate_state *state = malloc(sizeof *state);
    if (state == NULL) {
        return 0;
    }
    isal_inflate_init(state);
    state->crc_flag = ISAL_ZLIB;
    state->next_in = (uint8_t *)(uintptr_t)head.ptr; /* ISA-L reads it only */
    state->avail_in = (uint32_t)head.len;
    state->next_out = text;
    state->avail_out = sizeof text;
    bool mine = isal_inflate(state) >= 0 &&
                header_length(bytes_of(text, sizeof text - state->avail_out)) != 0;
    free(state);
    return mine ? BITS : 0;
}

static int git_object_open(struct byte_source *source, struct input_budget *budget, void **state,
                           struct error *err) {
    return container_zlib.open(source, budget, state, err);
}

/* Without its header. A tree is names and digests: there are no records in it to look for. */
static int git_object_next(void *state, struct container_member *out, struct error *err) {
    int more = container_zlib.next(state, out, err);
    uint8_t header[HEADER_MAX] = {0};
    struct error damaged = {0}; /* told again when it is read on */
    for (size_t i = 0; more > 0 && i < HEADER_MAX; i++) {
        if (byte_source_read(out->source, &header[i], 1, &damaged) != 1 || header[i] == '\0') {
            break;
        }
    }
    if (more > 0 && header[0] == 't' && header[1] == 'r') {
        out->hint.format = "raw";
    }
    return more;
}

static void git_object_close(void *state) {
    container_zlib.close(state);
}

static const char *const no_endings[] = {NULL};

const struct container_format container_git_object = {
    .name = "git-object",
    .summary = "an object of a git repository that is not packed",
    .type = CONTAINER_STREAM,
    .endings = no_endings,
    .bid = git_object_bid,
    .open = git_object_open,
    .next = git_object_next,
    .close = git_object_close,
};
