#include "decode/parquet/map_names.h"

#include <stdlib.h>

#include "core/segment.h"

enum { NAME_BYTES = 256 }; /* longer keys are no names */

void map_names_release(struct map_names *names) {
    free(names->places);
    *names = (struct map_names){0};
}

/* The place of KEY below PARENT. */
static uint32_t place_of(struct json_paths *paths, uint32_t parent, struct bytes key) {
    uint8_t padded[NAME_BYTES + SEGMENT_PADDING] = {0};
    if (key.len == 0 || key.len > NAME_BYTES) {
        return json_paths_any(paths, parent);
    }
    memcpy(padded, key.ptr, key.len);
    return json_paths_key(paths, parent, JSON_PATH_NONE, bytes_of(padded, key.len));
}

void map_names_add(struct map_names *names, struct json_paths *paths,
                   const struct parquet_leaf *leaf, struct bytes key) {
    if (!names->known) {
        names->root = json_paths_column(paths, TABLE_NONE, leaf->map_path);
        names->known = names->root != JSON_PATH_NONE;
    }
    if (names->count == names->capacity) {
        const size_t capacity = names->capacity == 0 ? 64 : 2 * names->capacity;
        uint32_t *more = reallocarray(names->places, capacity, sizeof *more);
        names->failed = names->failed || more == NULL;
        if (more == NULL) {
            return;
        }
        names->places = more;
        names->capacity = capacity;
    }
    if (names->known) {
        names->places[names->count++] = place_of(paths, names->root, key);
    }
}

/* Where the name ends that begins at AT of PATH, with its escapes. */
static size_t name_end(struct bytes path, size_t at) {
    while (at < path.len && path.ptr[at] != '.' && path.ptr[at] != '[') {
        at += path.ptr[at] == '\\' ? 2 : 1;
    }
    return at < path.len ? at : path.len;
}

uint32_t map_names_field(const struct map_names *names, struct json_paths *paths,
                         const struct parquet_leaf *leaf, size_t entry) {
    const struct bytes rest = leaf->map_rest;
    if (entry >= names->count) {
        return FIELD_FREE_TEXT;
    }
    uint32_t place = names->places[entry];
    for (size_t at = 0; at < rest.len;) {
        if (rest.ptr[at] == '[') {
            place = json_paths_element(paths, place);
            at += 2;
        } else {
            const size_t begin = at + (rest.ptr[at] == '.');
            at = name_end(rest, begin);
            place = place_of(paths, place, bytes_of(rest.ptr + begin, at - begin));
        }
    }
    return json_paths_field(paths, place);
}
