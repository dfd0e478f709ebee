#include "judge/shown_names.h"

#include <stdlib.h>

#include "core/hash64.h"

/* Names with one hash share NEIGHBOURS places: when those are taken, one of them makes room. */
enum { PLACES = 256, NEIGHBOURS = 4, NAME_MOST = 64, SHOWN_MOST = 96 };

struct shown_name {
    bool known;
    uint8_t name_len, shown_len;
    uint8_t name[NAME_MOST], shown[SHOWN_MOST];
};

struct shown_names {
    struct shown_name places[PLACES];
    unsigned turn; /* whose it is to make room */
};

struct shown_names *shown_names_new(void) {
    return calloc(1, sizeof(struct shown_names));
}

void shown_names_free(struct shown_names *names) {
    free(names);
}

static size_t first_place(struct bytes name) {
    return (size_t)(hash64(name, 0) % (PLACES / NEIGHBOURS)) * NEIGHBOURS;
}

bool shown_names_find(const struct shown_names *names, struct bytes name, struct bytes *shown) {
    const struct shown_name *place = &names->places[first_place(name)];
    for (unsigned i = 0; i < NEIGHBOURS; i++, place++) {
        if (place->known && bytes_equal(bytes_of(place->name, place->name_len), name)) {
            *shown = bytes_of(place->shown, place->shown_len);
            return true;
        }
    }
    return false;
}

void shown_names_keep(struct shown_names *names, struct bytes name, struct bytes shown) {
    if (name.len > NAME_MOST || shown.len > SHOWN_MOST) {
        return;
    }
    struct shown_name *first = &names->places[first_place(name)];
    unsigned at = 0;
    while (at < NEIGHBOURS && first[at].known) {
        at++;
    }
    struct shown_name *place = &first[at < NEIGHBOURS ? at : names->turn++ % NEIGHBOURS];
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
