#include <stdlib.h>

#include "judge/seek/view.h"

_Static_assert((int)FOUND_SHOWN_MAX == (int)SHOWN_MAX, "position_copy_shown fills it");

static bool note_field(struct seek_found *found, uint32_t field) {
    if (field >= found->met_room) {
        size_t room = (size_t)field * 2 + 64;
        uint8_t *met = realloc(found->met, room);
        if (met == NULL) {
            return false;
        }
        memset(met + found->met_room, 0, room - found->met_room);
        found->met = met;
        found->met_room = room;
    }
    found->met[field] = 1;
    return true;
}

/* Cells that are read as they are meant, by themselves or as a segment of their own. */
static bool is_read_apart(const struct seek_view *view, const struct cell *cell,
                          enum found_sort sort) {
    uint32_t apart = sort == FOUND_DIGEST ? CELL_UNFOLDED : CELL_UNFOLDED | CELL_ESCAPED | CELL_HEX;
    return !view->decoded && (cell->flags & apart) != 0;
}

void seek_tell(const struct seek_view *view, const struct seek_place *place) {
    struct seeking *s = view->seeking;
    size_t offset = view->base + (view->decoded ? 0 : place->at);
    uint32_t cell = view->cell == HIT_NO_CELL ? segment_cell_at(s->segment, offset) : view->cell;
    const struct cell *in = cell == HIT_NO_CELL ? NULL : &s->segment->cells[cell];
    if (in != NULL && is_read_apart(view, in, place->sort)) {
        return;
    }
    struct example at = {0};
    position_describe(&s->position, offset, cell, &at);
    struct found_place found = {.field = in == NULL ? s->segment->gap_field : in->field,
                                .identifier = (uint8_t)place->identifier,
                                .sort = (uint8_t)place->sort,
                                .state = (uint8_t)place->state,
                                .digest = (uint8_t)place->digest,
                                .length = view->decoded && in != NULL ? in->length
                                                                      : (uint32_t)place->length,
                                .row = at.row,
                                .line = at.line,
                                .offset = at.offset,
                                .candidates = place->candidates};
    if (place->sort == FOUND_COULD_BE) {
        struct text_buffer shown;
        text_buffer_init(&shown, 0);
        pattern_show(sought_value_at(s->sought, place->identifier)->pattern, place->shown, &shown);
        position_copy_shown(text_buffer_view(&shown), found.shown);
        text_buffer_release(&shown);
    }
    s->failed |= !note_field(s->found, found.field) || !found_places_add(&s->found->places, &found);
}
