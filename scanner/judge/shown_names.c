#include "judge/shown_names.h"

#include <stdlib.h>

#include "core/hash64.h"

/* A table without chains: a name that falls where another one is takes its place. */
enum { PLACES = 256, NAME_MOST = 64, SHOWN_MOST = 96 };

struct shown_name {
    bool known;
    uint8_t name_len, shown_len;
    uint8_t name[NAME_MOST], shown[SHOWN_MOST];
};

struct shown_names {
    struct shown_name places[PLACES];
};

struct shown_names *shown_names_new(void) {
    return calloc(1, sizeof(struct shown_names));
}

void shown_names_free(struct shown_names *names) {
    free(names);
}

static size_t place_of(struct bytes name) {
    return (size_t)(hash64(name, 0) % PLACES);
}

bool shown_names_put(const struct shown_names *names, struct bytes name, struct text_buffer *out) {
    const struct shown_name *place = &names->places[place_of(name)];
    if (!place->known || !bytes_equal(bytes_of(place->name, place->name_len), name)) {
        return false;
    }
    text_buffer_put(out, bytes_of(place->shown, place->shown_len));
    return true;
}

void shown_names_keep(struct shown_names *names, struct bytes name, struct bytes shown) {
    if (name.len > NAME_MOST || shown.len > SHOWN_MOST) {
        return;
    }
    struct shown_name *place = &names->places[place_of(name)];
    place->known = true;
    place->name_len = (uint8_t)name.len;
    place->shown_len = (uint8_t)shown.len;
    if (name.len > 0) {
        memcpy(place->name, name.ptr, name.len);
    }
    if (shown.len > 0) {
        memcpy(place->shown, shown.ptr, shown.len);
    }
}
