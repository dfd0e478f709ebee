#include "decode/json/shape.h"

#include "core/hash64.h"
#include "decode/json/cells.h"

enum { LINE_MARKS_MOST = 1024 };

void json_shape_forget(struct json_shape *shape) {
    shape->known = false;
    shape->misses = 0;
}

/* ---- learning ---- */

static bool put_bytes(struct json_shape *shape, size_t *used, struct bytes text, uint16_t *at,
                      uint16_t *len) {
    if (*used + text.len > JSON_SHAPE_BYTES) {
        return false;
    }
    memcpy(shape->bytes + *used, text.ptr, text.len);
    *at = (uint16_t)*used;
    *len = (uint16_t)text.len;
    *used += text.len;
    return true;
}

/* The value of CELL, which begins behind BEHIND. Only whole values whose cells are all of them. */
static bool learn_value(struct json_walk *w, const struct cell *cell, size_t behind, size_t *used,
                        uint32_t *mark) {
    struct json_shape *shape = &w->shape;
    const uint8_t *text = w->text.ptr;
    size_t end = cell->offset + cell->length;
    bool string = text[cell->offset - 1] == '"' && text[end] == '"';
    if (cell->offset <= behind || cell->field == FIELD_FREE_TEXT ||
        (cell->flags & CELL_PARTIAL) != 0 || (cell->length == 0 && !string)) {
        return false;
    }
    const uint32_t *marks = w->marks.at + w->document_mark;
    while (*mark + 1 < shape->marks && marks[*mark] < end) {
        ++*mark;
    }
    struct json_shape_value *value = &shape->values[shape->count++];
    value->field = cell->field;
    value->string = string;
    value->end_mark = (uint16_t)*mark;
    struct bytes before = bytes_of(text + behind, cell->offset - behind);
    return marks[*mark] == end &&
           put_bytes(shape, used, before, &value->before, &value->before_len);
}

void json_shape_learn(struct json_walk *w) {
    struct json_shape *shape = &w->shape;
    size_t first = w->row_count == 0 ? 0 : w->rows[w->row_count - 1].first_cell, used = 0;
    size_t behind = w->document_at, marks = w->next - w->document_mark;
    uint32_t mark = 0;
    shape->known = false;
    if (w->document_at == SIZE_MAX || shape->misses > JSON_SHAPE_MISSES ||
        w->cell_count - first > JSON_SHAPE_VALUES || marks > LINE_MARKS_MOST) {
        return;
    }
    shape->count = 0;
    shape->marks = (uint32_t)marks;
    for (size_t i = first; i < w->cell_count; i++) {
        const struct cell *cell = &w->cells[i];
        if (!learn_value(w, cell, behind, &used, &mark)) {
            return;
        }
        behind = cell->offset + cell->length;
    }
    struct bytes tail = bytes_of(w->text.ptr + behind, w->at - behind);
    shape->known =
        shape->count > 0 && put_bytes(shape, &used, tail, &shape->tail, &shape->tail_len);
}

/* ---- taking ---- */

/* LEN bytes; both have JSON_SHAPE_PADDING readable ones behind them. */
static inline bool same_bytes(const uint8_t *a, const uint8_t *b, size_t len) {
    for (; len > 8; len -= 8, a += 8, b += 8) {
        if (hash64_load(a) != hash64_load(b)) {
            return false;
        }
    }
    return len == 0 || (hash64_load(a) ^ hash64_load(b)) << (64 - 8 * len) == 0;
}

/* What the mark that ends a value must be preceded by: the quote that opens it, or for a bare one a
 * mark before it. */
static inline bool marks_fit(const struct json_shape_value *value, const uint32_t *marks,
                             size_t begin) {
    size_t before = marks[value->end_mark - 1];
    return marks[value->end_mark] >= begin &&
           (value->string ? before + 1 == begin : before < begin);
}

static inline bool take_value(struct json_walk *w, const struct json_shape_value *value,
                              const uint32_t *marks, size_t *behind) {
    size_t begin = *behind + value->before_len, end = marks[value->end_mark];
    if (!same_bytes(w->text.ptr + *behind, w->shape.bytes + value->before, value->before_len) ||
        !marks_fit(value, marks, begin)) {
        return false;
    }
    *behind = end;
    if (value->string) {
        json_put_field(w, begin, end, value->field, json_string_flags(w, begin, end));
        return true;
    }
    return json_put_scalar(w, begin, end, value->field);
}

static bool take_values(struct json_walk *w) {
    const struct json_shape *shape = &w->shape;
    const uint32_t *marks = w->marks.at + w->next;
    size_t behind = marks[0];
    for (uint32_t i = 0; i < shape->count; i++) {
        if (!take_value(w, &shape->values[i], marks, &behind)) {
            return false;
        }
    }
    size_t end = behind + shape->tail_len;
    if (marks[shape->marks - 1] + 1 != end ||
        !same_bytes(w->text.ptr + behind, shape->bytes + shape->tail, shape->tail_len)) {
        return false;
    }
    w->at = end;
    return true;
}

bool json_shape_take(struct json_walk *w) {
    struct json_shape *shape = &w->shape;
    size_t before = w->cell_count;
    if (!shape->known || w->next + shape->marks > w->marks.count ||
        before + shape->count >= JSON_CELLS_MOST - 2) {
        return false;
    }
    if (!take_values(w)) {
        w->cell_count = before;
        shape->misses++;
        return false;
    }
    size_t after = w->cell_count;
    w->cell_count = before;
    w->document_at = w->marks.at[w->next];
    json_begin_document(w);
    w->cell_count = after;
    w->next += shape->marks;
    shape->misses -= shape->misses > 0;
    return true;
}
