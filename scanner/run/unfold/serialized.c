/* Cells that hold a value as PHP writes it. */
#include "decode/keyed/php_serial.h"
#include "run/unfold/state.h"

/* The place of an array or object, and the key that was last looked up in it. */
struct level {
    uint32_t place, last;
};

static void put_value(struct unfolding *u, uint32_t place, struct bytes text, uint32_t flags) {
    unfold_layer_value(u->layer, text, json_paths_field(u->unfold->paths, place), flags, u->row);
}

/* The cells of TEXT, which stands in the layer. False: it is something else. */
static bool walk(struct unfolding *u, struct bytes text, uint32_t place) {
    struct level levels[PHP_SERIAL_DEPTH + 1] = {{place, JSON_PATH_NONE}};
    struct json_paths *paths = u->unfold->paths;
    struct php_serial reader;
    struct bytes part;
    size_t depth = 0;
    php_serial_start(&reader, text);
    for (;;) {
        struct level *level = &levels[depth];
        switch (php_serial_next(&reader, &part)) {
        case PHP_END:
            return true;
        case PHP_BROKEN:
            return false;
        case PHP_KEY:
            place = json_paths_key(paths, level->place, level->last, part);
            level->last = place == level->place ? JSON_PATH_NONE : place;
            break;
        case PHP_INDEX:
            place = json_paths_element(paths, level->place);
            break;
        case PHP_OPEN:
            levels[++depth] = (struct level){place, JSON_PATH_NONE};
            break;
        case PHP_CLOSE:
            depth--;
            break;
        case PHP_STRING:
            put_value(u, place, part, 0);
            break;
        case PHP_NUMBER:
            put_value(u, place, part, CELL_NUMBER);
            break;
        case PHP_NULL:
            break;
        }
    }
}

bool unfold_serialized(struct unfolding *u, const struct cell *cell) {
    if (!php_serial_begins(bytes_of(u->segment->bytes + cell->offset, cell->length))) {
        return false;
    }
    const uint32_t place = unfold_place_of(u->unfold, cell->field);
    if (place == JSON_PATH_NONE) {
        return false;
    }
    const struct bytes text =
        unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length, NULL, 0);
    if (text.ptr == NULL) {
        return false;
    }
    const bool read = walk(u, text, place);
    u->unfold->failed |= json_paths_failed(u->unfold->paths);
    if (!read) {
        unfold_layer_undo(u->layer);
    }
    return read;
}
