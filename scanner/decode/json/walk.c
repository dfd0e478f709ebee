#include "decode/json/walk.h"

#include <stdlib.h>

#include "decode/json/cells.h"

enum {
    /* Behind a broken line the marks are made anew: of so many bytes first, then of more. */
    SHORT_REACH = 1024,
};

struct json_walk *json_walk_new(struct json_paths *paths, const struct block64_ops *ops,
                                enum json_rows rows_are) {
    struct json_walk *w =
        malloc(sizeof *w); /* mostly arrays that are filled before they are read */
    if (w != NULL) {
        w->paths = paths;
        w->ops = ops;
        w->rows_are = rows_are;
        w->row = w->documents = w->broken_lines = 0;
        json_walk_reset(w, JSON_PATH_ROOT);
    }
    return w;
}

void json_walk_free(struct json_walk *walk) {
    free(walk);
}

void json_walk_reset(struct json_walk *w, uint32_t place) {
    w->state = w->behind = JSON_DOCUMENT;
    w->root = w->place = place;
    w->depth = w->too_deep = w->row_depth = 0;
    w->row_is_new = w->truncated = w->label_follows = false;
    w->text = (struct bytes){NULL, 0};
    w->next = w->at = w->cell_count = w->row_count = 0;
    w->reach = JSON_SCAN_BYTES;
    w->at_end = false;
    w->lines = (struct json_frame){.place = place};
    w->columns.count = w->columns.depth = 0;
    w->columns.labelled = 0;
    json_shape_forget(&w->shape);
}

static bool is_blank(uint8_t c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Between documents: also a byte order mark and the record separator of RFC 7464. */
static bool parts_documents(uint8_t c) {
    return is_blank(c) || c == 0x1E || c == 0xEF || c == 0xBB || c == 0xBF;
}

/* ---- what is open ---- */

static void done_until(struct json_walk *w, size_t at) {
    w->at = at;
}

static uint32_t element_of(const struct json_walk *w, uint32_t place) {
    return w->paths == NULL ? place : json_paths_element(w->paths, place);
}

/* What stands in an array that is a whole document is the row of a table: its keys are columns. */
static uint32_t content_place(const struct json_walk *w) {
    bool top = w->depth == 1 && w->frames[0].array && w->root == JSON_PATH_ROOT;
    return top ? JSON_PATH_ROOT : w->place;
}

enum step {
    STEP_ON,
    STEP_STOP,  /* the text ends inside something */
    STEP_AGAIN, /* the marks behind w->at mean nothing */
};

/* The bracket at the mark w->next opens the value of w->place. */
static enum step open_bracket(struct json_walk *w, size_t at) {
    struct json_frame frame = {.last = JSON_PATH_NONE, .array = w->text.ptr[at] == '['};
    bool asked = frame.array || (w->depth > 0 && w->frames[w->depth - 1].is != JSON_LIST);
    if (asked && !json_columns_look(w, &frame)) {
        return STEP_STOP;
    }
    if (w->depth == 0) {
        json_begin_document(w);
    }
    w->next++;
    done_until(w, at + 1);
    if (w->depth > 0 && w->frames[w->depth - 1].array) {
        json_begin_element(w);
    }
    if (w->depth == JSON_DEPTH_MOST) {
        w->too_deep = 1;
        w->state = JSON_TOO_DEEP;
        return STEP_ON;
    }
    frame.place = frame.array ? element_of(w, content_place(w)) : content_place(w);
    w->frames[w->depth] = frame;
    w->place = frame.is == JSON_LIST ? frame.place : json_columns_next(w, &w->frames[w->depth]);
    w->depth++;
    w->state = frame.array ? JSON_VALUE : JSON_KEY;
    return STEP_ON;
}

static void close_bracket(struct json_walk *w, size_t at) {
    w->next++;
    done_until(w, at + 1);
    w->depth--;
    w->state = w->depth == 0 ? JSON_DOCUMENT : JSON_AFTER;
    bool named = (w->columns.count > 0 && w->columns.document == w->documents) ||
                 w->columns.labelled == w->documents;
    json_columns_close(w);
    if (w->depth == 0 && w->rows_are == JSON_ROWS_LINES && w->paths != NULL && !named) {
        json_shape_learn(w);
    }
}

/* Not JSON from w->at on: a line is given up as text, a document for good. */
static enum step broken(struct json_walk *w) {
    if (w->rows_are == JSON_ROWS_LINES) {
        w->broken_lines++;
        w->state = JSON_REST;
        w->depth = w->too_deep = 0;
        w->reach = SHORT_REACH;
    } else {
        w->state = JSON_BROKEN;
    }
    return STEP_ON;
}

static bool has_mark(const struct json_walk *w, size_t ahead) {
    return w->next + ahead < w->marks.count;
}

static size_t mark_at(const struct json_walk *w, size_t ahead) {
    return w->marks.at[w->next + ahead];
}

/* ---- steps: read one thing, or stop where it is cut off ---- */

/* Steps go straight on to what follows: most of JSON is key, value, comma. */

static inline enum step take_after(struct json_walk *w) {
    if (!has_mark(w, 0)) {
        return STEP_STOP;
    }
    size_t at = mark_at(w, 0);
    uint8_t c = w->text.ptr[at];
    struct json_frame *frame = &w->frames[w->depth - 1];
    if (c == ',') {
        w->next++;
        done_until(w, at + 1);
        w->place = frame->is == JSON_LIST ? frame->place : json_columns_next(w, frame);
        w->state = frame->array ? JSON_VALUE : JSON_KEY;
        return STEP_ON;
    }
    if (c == (frame->array ? ']' : '}')) {
        close_bracket(w, at);
        return STEP_ON;
    }
    return broken(w);
}

/* The scalar between w->at and the mark at END, if there is one. */
static enum step take_scalar(struct json_walk *w, size_t end) {
    struct bytes text = bytes_trim(json_part(w, w->at, end));
    if (text.len != 0) {
        if (!json_is_scalar(text)) {
            return broken(w);
        }
        if (w->depth == 1 && w->frames[0].array) {
            json_begin_element(w);
        }
        json_put_scalar_cell(w, text, w->place);
    }
    done_until(w, end);
    w->state = JSON_AFTER;
    return take_after(w);
}

/* Only blanks between w->at and the mark at END? Their two ends tell. */
static inline bool only_blanks_before(const struct json_walk *w, size_t end) {
    return w->at == end || (is_blank(w->text.ptr[w->at]) && is_blank(w->text.ptr[end - 1]));
}

static inline enum step take_value(struct json_walk *w) {
    if (!has_mark(w, 0)) {
        return STEP_STOP;
    }
    size_t at = mark_at(w, 0);
    uint8_t c = w->text.ptr[at];
    if (c != '"' && c != '{' && c != '[') {
        return c == '\n' ? broken(w) : take_scalar(w, at);
    }
    if (!only_blanks_before(w, at)) {
        return broken(w);
    }
    if (c != '"') {
        return open_bracket(w, at);
    }
    if (!has_mark(w, 1)) {
        return STEP_STOP;
    }
    size_t close = mark_at(w, 1);
    if (w->text.ptr[close] != '"') {
        return broken(w);
    }
    if (w->depth == 1 && w->frames[0].array) {
        json_begin_element(w);
    }
    json_put_string(w, at + 1, close, w->place);
    if (w->label_follows) {
        json_columns_label(w, json_part(w, at + 1, close));
    }
    w->next += 2;
    done_until(w, close + 1);
    w->state = JSON_AFTER;
    return take_after(w);
}

static enum step take_colon(struct json_walk *w) {
    size_t at = w->at;
    while (at < w->text.len && is_blank(w->text.ptr[at])) {
        at++;
    }
    if (at == w->text.len) {
        return STEP_STOP;
    }
    if (w->text.ptr[at] != ':') {
        return broken(w);
    }
    done_until(w, at + 1);
    w->state = JSON_VALUE;
    return take_value(w);
}

/* The key of FRAME that was read holds the value of a column that is named elsewhere, perhaps. */
static void take_value_key(struct json_walk *w, const struct json_frame *frame) {
    if (frame->rows == JSON_ROWS_NAMED) {
        w->place = frame->place;
    } else if (frame->labelled) {
        w->place = json_columns_labelled(w, frame, w->place);
    }
}

static enum step take_key(struct json_walk *w) {
    if (!has_mark(w, 0)) {
        return STEP_STOP;
    }
    size_t at = mark_at(w, 0);
    uint8_t c = w->text.ptr[at];
    if (c == '}') {
        close_bracket(w, at);
        return STEP_ON;
    }
    if (c == ',') { /* one comma too many */
        w->next++;
        done_until(w, at + 1);
        return STEP_ON;
    }
    if (c != '"' || !only_blanks_before(w, at)) {
        return broken(w);
    }
    if (!has_mark(w, 1)) {
        return STEP_STOP;
    }
    size_t close = mark_at(w, 1);
    if (w->text.ptr[close] != '"') {
        return broken(w);
    }
    struct json_frame *frame = &w->frames[w->depth - 1];
    if (w->paths != NULL) {
        w->place = json_paths_key(w->paths, frame->place, frame->last, json_part(w, at + 1, close));
        frame->last = w->place == frame->place ? JSON_PATH_NONE : w->place;
        unsigned roles = json_paths_roles(w->paths, w->place);
        w->label_follows = (roles & JSON_ROLE_LABEL) != 0;
        if ((roles & JSON_ROLE_VALUE) != 0) {
            take_value_key(w, frame);
        }
    }
    w->next += 2;
    done_until(w, close + 1);
    w->state = JSON_COLON;
    return take_colon(w);
}

static bool only_document_gap(const struct json_walk *w, size_t end) {
    size_t at = w->at;
    while (at < end && parts_documents(w->text.ptr[at])) {
        at++;
    }
    return at == end;
}

static enum step take_document(struct json_walk *w) {
    if (!has_mark(w, 0)) {
        return STEP_STOP;
    }
    size_t at = mark_at(w, 0);
    uint8_t c = w->text.ptr[at];
    w->place = w->root;
    if ((c == '{' || c == '[') && only_document_gap(w, at)) {
        if (json_shape_take(w)) {
            return STEP_ON;
        }
        w->document_at = at;
        w->document_mark = w->next;
        return open_bracket(w, at);
    }
    bool separator = c == '\n' || (c == ',' && w->documents > 0);
    if (separator && only_document_gap(w, at)) {
        w->next++;
        done_until(w, at + 1);
        return STEP_ON;
    }
    if (w->rows_are == JSON_ROWS_LINES) {
        json_begin_document(w);
    }
    return broken(w);
}

/* The end of a string that was too long for the texts before this one. */
static enum step take_inside(struct json_walk *w) {
    if (!has_mark(w, 0)) {
        return STEP_STOP;
    }
    size_t close = mark_at(w, 0);
    if (w->text.ptr[close] != '"') {
        return broken(w);
    }
    json_put_text(w, w->at, close, w->place);
    w->next++;
    done_until(w, close + 1);
    w->state = w->behind;
    return STEP_ON;
}

static enum step take_deep(struct json_walk *w) {
    size_t end = w->at;
    while (has_mark(w, 0) && w->too_deep > 0) {
        end = mark_at(w, 0);
        uint8_t c = w->text.ptr[end];
        if (c == '\n') {
            json_put_text(w, w->at, end, JSON_PATH_NONE);
            done_until(w, end);
            return broken(w);
        }
        if (c == '"' && !has_mark(w, 1)) {
            break;
        }
        w->next += c == '"' ? 2 : 1;
        w->too_deep += c == '{' || c == '[';
        w->too_deep -= c == '}' || c == ']';
        end++;
    }
    json_put_text(w, w->at, end, JSON_PATH_NONE);
    done_until(w, end);
    if (w->too_deep == 0) {
        w->state = JSON_AFTER;
        return STEP_ON;
    }
    return STEP_STOP;
}

/* The rest of a broken line is text. Quotes may be open in it, so the marks behind it mean nothing:
 * they are made anew. */
static enum step take_rest(struct json_walk *w) {
    struct bytes left = bytes_from(w->text, w->at);
    const uint8_t *newline = left.len == 0 ? NULL : memchr(left.ptr, '\n', left.len);
    if (newline != NULL) {
        size_t end = (size_t)(newline - w->text.ptr);
        json_put_text(w, w->at, end, JSON_PATH_NONE);
        done_until(w, end + 1);
        w->state = JSON_DOCUMENT;
    }
    return newline != NULL ? STEP_AGAIN : STEP_STOP;
}

static enum step take_step(struct json_walk *w) {
    switch (w->state) {
    case JSON_KEY:
        return take_key(w);
    case JSON_VALUE:
        return take_value(w);
    case JSON_AFTER:
        return take_after(w);
    case JSON_COLON:
        return take_colon(w);
    case JSON_DOCUMENT:
        return take_document(w);
    case JSON_INSIDE:
        return take_inside(w);
    case JSON_TOO_DEEP:
        return take_deep(w);
    case JSON_REST:
        return take_rest(w);
    case JSON_BROKEN:
        break;
    }
    return STEP_STOP;
}

/* ---- what is cut off ---- */

/* Something longer than the buffer begins the text: hand out its first part. */
static void take_part(struct json_walk *w) {
    size_t begin = 0;
    while (begin < w->text.len && is_blank(w->text.ptr[begin])) {
        begin++;
    }
    if (begin > 0) {
        done_until(w, begin);
        return;
    }
    size_t cut = json_cut_of(w->text);
    bool string = w->text.ptr[0] == '"' && (w->state == JSON_VALUE || w->state == JSON_KEY);
    uint32_t place = JSON_PATH_NONE;
    if (string) {
        bool key = w->state == JSON_KEY;
        place = key ? JSON_PATH_NONE : w->place;
        if (key && w->paths != NULL) {
            w->place = json_paths_any(w->paths, w->frames[w->depth - 1].place);
        }
        w->behind = key ? JSON_COLON : JSON_AFTER;
        w->state = JSON_INSIDE;
        json_put_text(w, 1, cut, place);
    } else {
        json_put_text(w, 0, cut, w->state == JSON_INSIDE ? w->place : JSON_PATH_NONE);
    }
    done_until(w, cut);
}

/* Nothing follows: what is left was cut off. */
static void take_remains(struct json_walk *w) {
    uint32_t place = JSON_PATH_NONE;
    size_t begin = w->at;
    bool open = w->depth > 0 || w->state == JSON_INSIDE;
    if (w->state == JSON_VALUE || w->state == JSON_INSIDE) {
        place = w->place;
    }
    if (w->state == JSON_VALUE) {
        while (begin < w->text.len && is_blank(w->text.ptr[begin])) {
            begin++;
        }
        begin += begin < w->text.len && w->text.ptr[begin] == '"';
    }
    if (w->state == JSON_DOCUMENT && !only_document_gap(w, w->text.len)) {
        json_begin_document(w);
        w->broken_lines++;
    }
    w->truncated = open;
    json_put_text(w, begin, w->text.len, place);
    done_until(w, w->text.len);
}

/* Steps until the text or the room for cells is used up. */
static enum step take_steps(struct json_walk *w) {
    enum step step = STEP_ON;
    while (step == STEP_ON && w->cell_count < JSON_CELLS_MOST - 2 &&
           w->row_count < JSON_CELLS_MOST - 2) {
        step = take_step(w);
    }
    return step;
}

static enum step run(struct json_walk *w, struct bytes text) {
    bool in_row = w->depth > 0 || w->state == JSON_REST || w->state == JSON_INSIDE;
    w->text = text;
    w->next = w->at = w->cell_count = w->row_count = 0;
    w->document_at = SIZE_MAX;
    if (in_row && w->rows_are != JSON_ROWS_NONE) {
        w->rows[w->row_count++] = (struct row_mark){.first_cell = 0, .row = w->row};
    }
    json_scan(w->ops, text, w->state == JSON_INSIDE ? JSON_SCAN_IN_STRING : JSON_SCAN_OUTSIDE,
              w->rows_are == JSON_ROWS_LINES ? JSON_SCAN_LINE_ENDS : JSON_SCAN_ANY_LINES,
              &w->marks);
    return take_steps(w);
}

/* The line in work is not over: forget it, if it is not all there is. */
static void drop_line(struct json_walk *w) {
    if (w->rows_are != JSON_ROWS_LINES || w->depth == 0 || w->row_count < 2 ||
        w->document_at == SIZE_MAX) {
        return;
    }
    w->cell_count = w->rows[--w->row_count].first_cell;
    w->at = w->document_at;
    w->row--;
    w->documents--;
    w->depth = w->too_deep = 0;
    w->state = JSON_DOCUMENT;
}

size_t json_walk_run(struct json_walk *w, struct bytes text, bool at_end) {
    for (;;) {
        size_t reach = w->reach;
        bool whole = text.len <= reach;
        w->at_end = at_end && whole;
        w->reach = reach < JSON_SCAN_BYTES ? 2 * reach : reach;
        enum step step = run(w, bytes_first(text, reach));
        if (w->state == JSON_BROKEN || step != STEP_STOP || (w->at > 0 && !w->at_end)) {
            drop_line(w);
            return w->at;
        }
        if (whole) {
            break;
        }
    }
    if (at_end) {
        take_remains(w);
    } else {
        take_part(w);
    }
    return w->at;
}
