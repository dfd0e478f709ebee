/* cells.h - the cells and rows that a walk through JSON leaves behind. */
#ifndef YINMA_DECODE_JSON_CELLS_H
#define YINMA_DECODE_JSON_CELLS_H

#include "core/block64/bits.h"
#include "decode/json/walk.h"

static inline struct bytes json_part(const struct json_walk *w, size_t begin, size_t end) {
    return bytes_of(w->text.ptr + begin, end - begin);
}

/* ---- cells and rows ---- */

static inline void json_put_field(struct json_walk *w, size_t begin, size_t end, uint32_t field,
                                  uint32_t flags) {
    w->cells[w->cell_count++] =
        (struct cell){.offset = (uint32_t)begin,
                      .length = (uint32_t)(end - begin),
                      .field = field,
                      .flags = field == FIELD_FREE_TEXT ? flags | CELL_TEXT : flags};
}

static inline void json_put_cell(struct json_walk *w, size_t begin, size_t end, uint32_t place,
                                 uint32_t flags) {
    if (w->paths == NULL) {
        return;
    }
    uint32_t field = place == JSON_PATH_NONE ? FIELD_FREE_TEXT : json_paths_field(w->paths, place);
    json_put_field(w, begin, end, field, flags);
}

static inline bool json_holds_escape(const struct json_walk *w, size_t begin, size_t end) {
    if (!w->marks.any_escape) {
        return false;
    }
    return end - begin <= 64 ? (bits_at(w->marks.escapes, begin) & bits_low_mask(end - begin)) != 0
                             : bits_next(w->marks.escapes, begin, end) < end;
}

static inline uint32_t json_string_flags(const struct json_walk *w, size_t begin, size_t end) {
    if (begin == end) {
        return CELL_NULL;
    }
    return (json_holds_escape(w, begin, end) ? CELL_ESCAPED : 0U) |
           (end - begin > JSON_TEXT_BYTES ? CELL_TEXT : 0U);
}

static inline void json_put_string(struct json_walk *w, size_t begin, size_t end, uint32_t place) {
    json_put_cell(w, begin, end, place, json_string_flags(w, begin, end));
}

/* A number or a word of JSON? TEXT is not empty and has no blanks around it. */
bool json_is_scalar(struct bytes text);
/* The cell of such a scalar, a part of the text in work. */
void json_put_scalar_cell(struct json_walk *w, struct bytes text, uint32_t place);
/* What stands bare in [begin, end), with blanks around it, is a number or a word of JSON: a cell of
 * FIELD. False: it is nothing of that kind. */
bool json_put_scalar(struct json_walk *w, size_t begin, size_t end, uint32_t field);

/* Text that could not be read as JSON, or is a piece of a longer string; without the blanks around
 * it. */
void json_put_text(struct json_walk *w, size_t begin, size_t end, uint32_t place);

void json_begin_document(struct json_walk *w);
/* An element of the innermost array begins: is it a row? */
void json_begin_element(struct json_walk *w);

/* Where to cut text that fills the buffer (more than 512 bytes): at a blank or a mark if there is
 * one near, never inside a character or an escape. */
size_t json_cut_of(struct bytes text);

#endif
