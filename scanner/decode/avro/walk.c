#include "decode/avro/walk.h"

/* The value of TYPE that stands at PLACE: read, or opened. */
static bool take(struct avro_walk *w, const struct avro_type *type, uint32_t place) {
    if (type->kind == AVRO_UNION) {
        int64_t branch;
        if (!avro_take_long(&w->reader, &branch) || branch < 0 ||
            (uint64_t)branch >= type->part_count) {
            return false;
        }
        type = type->parts[branch].type; /* no union itself */
    }
    if (type->kind == AVRO_RECORD || type->kind == AVRO_ARRAY || type->kind == AVRO_MAP) {
        if (w->depth == AVRO_DEPTH_MAX) {
            return false;
        }
        w->frames[w->depth++] =
            (struct avro_frame){.type = type,
                                .place = place,
                                .last = JSON_PATH_NONE,
                                .left = type->kind == AVRO_RECORD ? type->part_count : 0};
        return true;
    }
    if (place == w->root) { /* a file of bare values */
        static const uint8_t name[SEGMENT_PADDING] = "value";
        place = json_paths_key(w->paths, place, JSON_PATH_NONE, bytes_of(name, 5));
    }
    return avro_take_value(&w->reader, type, json_paths_field(w->paths, place), w->cells);
}

bool avro_walk_begin(struct avro_walk *w, const struct avro_type *type) {
    w->depth = 0;
    return take(w, type, w->root);
}

static bool take_field(struct avro_walk *w, struct avro_frame *frame) {
    const struct avro_part *part = &frame->type->parts[frame->type->part_count - frame->left];
    frame->left--;
    frame->last = json_paths_key(w->paths, frame->place, frame->last, part->name);
    if (part->doc.len > 0) {
        json_paths_label(w->paths, frame->last, part->doc);
    }
    return take(w, part->type, frame->last);
}

/* Items come in runs, each with their number in front; behind a negative one stands how many bytes
 * they are. The last run is empty. */
static bool begin_run(struct avro_walk *w, struct avro_frame *frame) {
    int64_t count, bytes;
    if (!avro_take_long(&w->reader, &count) || count == INT64_MIN ||
        (count < 0 && !avro_take_long(&w->reader, &bytes))) {
        return false;
    }
    frame->left = (uint64_t)(count < 0 ? -count : count);
    frame->before = NULL;
    if (count == 0) {
        w->depth--;
    }
    return true;
}

/* A key that is data is not the name of a field, so it is read as text. */
static bool take_key(struct avro_walk *w, struct avro_frame *frame, uint32_t *place) {
    struct bytes key;
    if (!avro_take_bytes(&w->reader, &key)) {
        return false;
    }
    *place = frame->last = json_paths_key(w->paths, frame->place, frame->last, key);
    if (json_paths_is_any(w->paths, *place)) {
        avro_put_text(w->cells, key, FIELD_FREE_TEXT, CELL_TEXT);
    }
    return true;
}

bool avro_walk_step(struct avro_walk *w) {
    struct avro_frame *frame = &w->frames[w->depth - 1];
    const bool record = frame->type->kind == AVRO_RECORD;
    if (record && frame->left == 0) {
        w->depth--;
        return true;
    }
    if (record) {
        return take_field(w, frame);
    }
    if (frame->before == w->reader.at) { /* items of no bytes: so are all others */
        frame->left = 0;
    }
    if (frame->left == 0) {
        return begin_run(w, frame);
    }
    uint32_t place = JSON_PATH_NONE;
    frame->left--;
    frame->before = w->reader.at;
    if (frame->type->kind == AVRO_ARRAY) {
        place = json_paths_element(w->paths, frame->place);
    } else if (!take_key(w, frame, &place)) {
        return false;
    }
    return take(w, frame->type->items, place);
}
