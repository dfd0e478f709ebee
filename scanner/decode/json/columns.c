#include "decode/json/columns.h"

#include "decode/delimited/dialect.h"
#include "decode/json/cells.h"
#include "decode/keyed/values.h"

enum {
    ROWS_ASKED = 20, /* that show whether the first names their columns */
    SCRATCH_BYTES = 16 * 1024,
};

/* ---- what can be seen from a bracket on ---- */

enum sight { SIGHT_ROW, SIGHT_CUT, SIGHT_OTHER };

/* The elements of an array. */
struct row_sight {
    struct bytes
        fields[JSON_COLUMNS_MOST]; /* as written, without quotes; "" of what is no scalar */
    size_t count;
    size_t strings; /* of them */
    size_t behind;  /* the mark behind its end */
};

static uint8_t byte_at_mark(const struct json_walk *w, size_t mark) {
    return w->text.ptr[w->marks.at[mark]];
}

/* The mark behind the bracket that closes the one at MARK; SIZE_MAX: it is not in sight. */
static size_t behind_bracket(const struct json_walk *w, size_t mark) {
    size_t open = 0;
    while (mark < w->marks.count) {
        uint8_t c = byte_at_mark(w, mark);
        if (c == '\n') { /* of lines that are documents */
            break;
        }
        open += c == '{' || c == '[';
        open -= c == '}' || c == ']';
        mark += c == '"' ? 2 : 1;
        if (open == 0) {
            return mark;
        }
    }
    return SIZE_MAX;
}

static struct bytes string_at(const struct json_walk *w, size_t mark) {
    size_t begin = w->marks.at[mark] + 1;
    return json_part(w, begin, w->marks.at[mark + 1]);
}

/* Keys under which a column's description has its name, the best last. */
static unsigned name_key(struct bytes key) {
    static const char *const keys[] = {"id",    "field",       "key",        "title",
                                       "label", "column_name", "columnName", "name"};
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (bytes_equal_ignoring_case(key, bytes_of_string(keys[i]))) {
            return i + 1;
        }
    }
    return 0;
}

/* The name in a description of a column between the marks FROM (its bracket) and TO. */
static struct bytes described_name(const struct json_walk *w, size_t from, size_t to) {
    struct bytes name = bytes_of("", 0);
    unsigned best = 0;
    for (size_t mark = from + 1; mark + 3 < to;) {
        uint8_t c = byte_at_mark(w, mark);
        if (c == '{' || c == '[') {
            mark = behind_bracket(w, mark);
            continue;
        }
        size_t behind = w->marks.at[mark + 1] + 1;
        bool key = c == '"' && byte_at_mark(w, mark + 2) == '"' &&
                   bytes_starts_with(bytes_trim(json_part(w, behind, w->marks.at[mark + 2])),
                                     BYTES_LIT(":"));
        unsigned rank = key ? name_key(string_at(w, mark)) : 0;
        if (rank > best) {
            struct bytes value = string_at(w, mark + 2);
            best = value.len > 0 ? rank : best;
            name = value.len > 0 ? value : name;
        }
        mark += key ? 4 : c == '"' ? 2 : 1;
    }
    return name;
}

/* One element, from MARK on; the mark behind it (its comma or the end of the array), SIZE_MAX when
 * it is cut off. *FIELD is what it says. */
static size_t see_element(const struct json_walk *w, size_t mark, size_t from, struct bytes *field,
                          size_t *strings) {
    *field = bytes_of("", 0);
    if (mark >= w->marks.count) {
        return SIZE_MAX;
    }
    uint8_t c = byte_at_mark(w, mark);
    size_t behind = mark;
    if (c == '"') {
        behind = mark + 2;
        *strings += behind < w->marks.count;
        *field = behind < w->marks.count ? string_at(w, mark) : *field;
    } else if (c == '{' || c == '[') {
        behind = behind_bracket(w, mark);
        if (behind < w->marks.count && c == '{') {
            *field = described_name(w, mark, behind - 1);
        }
    } else {
        *field = bytes_trim(json_part(w, from, w->marks.at[mark]));
    }
    return behind < w->marks.count ? behind : SIZE_MAX;
}

/* The array whose bracket is the mark MARK. */
static enum sight see_row(const struct json_walk *w, size_t mark, struct row_sight *out) {
    out->count = out->strings = 0;
    while (out->count < JSON_COLUMNS_MOST) {
        struct bytes field;
        size_t behind = see_element(w, mark + 1, w->marks.at[mark] + 1, &field, &out->strings);
        if (behind == SIZE_MAX) {
            return SIGHT_CUT;
        }
        uint8_t c = byte_at_mark(w, behind);
        bool none = c == ']' && out->count == 0 && behind == mark + 1 && field.len == 0;
        if (!none) {
            out->fields[out->count++] = field;
        }
        mark = behind;
        if (c != ',') {
            out->behind = mark + 1;
            return c == ']' ? SIGHT_ROW : SIGHT_OTHER;
        }
    }
    return SIGHT_OTHER;
}

/* ---- names ---- */

static bool keep_names(struct json_walk *w, const struct row_sight *row, size_t depth) {
    struct json_columns *columns = &w->columns;
    size_t used = 0;
    columns->count = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (used + row->fields[i].len > JSON_COLUMNS_BYTES) {
            return false;
        }
        memcpy(columns->bytes + used, row->fields[i].ptr, row->fields[i].len);
        used += row->fields[i].len;
        columns->ends[i] = (uint16_t)used;
    }
    columns->count = row->count;
    columns->depth = depth;
    columns->document = w->documents + (w->depth == 0);
    return row->count > 0;
}

static bool names_hold(const struct json_walk *w) {
    return w->columns.count > 0 && w->depth >= w->columns.depth;
}

/* The fields of ROW without escapes, in SCRATCH of SCRATCH_BYTES. False: they are longer. */
static bool unescape_fields(struct row_sight *row, uint8_t *scratch) {
    size_t used = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (used + row->fields[i].len > SCRATCH_BYTES) {
            return false;
        }
        size_t len = keyed_values_unescape(row->fields[i], scratch + used, 0);
        row->fields[i] = bytes_of(scratch + used, len);
        used += len;
    }
    return true;
}

/* Is there a column below NAMES whose values do not look like a name? MARK: behind the names. */
static bool rows_differ(const struct json_walk *w, const struct row_sight *names, size_t mark) {
    size_t differing[JSON_COLUMNS_MOST] = {0}, rows = 0;
    struct row_sight row;
    uint8_t scratch[SCRATCH_BYTES];
    for (; rows < ROWS_ASKED && mark < w->marks.count; mark = row.behind) {
        while (mark < w->marks.count &&
               (byte_at_mark(w, mark) == ',' || byte_at_mark(w, mark) == '\n')) {
            mark++;
        }
        if (mark >= w->marks.count || byte_at_mark(w, mark) != '[' ||
            see_row(w, mark, &row) != SIGHT_ROW || row.count != names->count ||
            !unescape_fields(&row, scratch)) {
            break;
        }
        rows++;
        for (size_t i = 0; i < row.count; i++) {
            differing[i] += delimited_is_unlike(names->fields[i], row.fields[i]);
        }
    }
    for (size_t i = 0; i < names->count; i++) {
        if (rows > 0 && differing[i] * 10 >= rows * 6) {
            return true;
        }
    }
    return false;
}

/* Does the row ROW, the first of its array, name the columns of those behind it? */
static bool is_heading(const struct json_walk *w, const struct row_sight *row) {
    struct row_sight names = *row;
    uint8_t scratch[SCRATCH_BYTES];
    if (row->strings < row->count || row->count < 2 || !unescape_fields(&names, scratch)) {
        return false;
    }
    enum header_verdict verdict = delimited_judge_names(names.fields, names.count);
    return verdict == HEADER_IS_ONE ||
           (verdict == HEADER_BY_ROWS && rows_differ(w, &names, row->behind));
}

/* ---- arrays ---- */

/* An array that is the value of a key which announces names. */
static bool look_for_names(struct json_walk *w, const struct json_frame *parent) {
    struct row_sight row;
    enum sight sight = see_row(w, w->next, &row);
    if (sight == SIGHT_CUT) {
        return w->at == 0 || w->at_end;
    }
    size_t named = 0;
    for (size_t i = 0; i < row.count; i++) {
        named += row.fields[i].len > 0;
    }
    if (sight == SIGHT_ROW && row.count > 0 && named == row.count) {
        bool inner = (json_paths_roles(w->paths, parent->place) & JSON_ROLE_ABOUT) != 0;
        (void)keep_names(w, &row, inner && w->depth > 1 ? w->depth - 1 : w->depth);
    }
    return true;
}

/* The first row of PARENT: who names its columns? Names themselves are no row. */
static bool look_at_first_row(struct json_walk *w, struct json_frame *parent,
                              struct json_frame *out) {
    struct row_sight row;
    enum sight sight = see_row(w, w->next, &row);
    if (sight == SIGHT_CUT && w->at > 0 && !w->at_end) {
        return false;
    }
    bool known = sight == SIGHT_ROW && names_hold(w) && w->columns.count == row.count;
    bool heading =
        sight == SIGHT_ROW && !known && is_heading(w, &row) && keep_names(w, &row, w->depth);
    parent->rows = known || heading ? JSON_ROWS_NAMED : JSON_ROWS_NUMBERED;
    if (!heading) {
        out->is = known ? JSON_ROW_NAMED : JSON_ROW_NUMBERED;
    }
    return true;
}

/* The cells of a row in an object of its own: {"f":[…]}. */
static bool look_for_cells(struct json_walk *w, const struct json_frame *parent,
                           struct json_frame *out) {
    struct row_sight row;
    bool listed = w->depth > 1 && w->frames[w->depth - 2].array;
    if (!listed || !names_hold(w)) {
        return true;
    }
    enum sight sight = see_row(w, w->next, &row);
    if (sight == SIGHT_CUT && w->at > 0 && !w->at_end) {
        return false;
    }
    if (sight == SIGHT_ROW && row.count == w->columns.count) {
        out->is = JSON_ROW_NAMED;
        out->row_place = parent->place;
    }
    return true;
}

/* What is no scalar in a row without names is of no column. */
static void look_at_object(struct json_walk *w, struct json_frame *out) {
    struct json_frame *parent = &w->frames[w->depth - 1];
    if (parent->is == JSON_ROW_NUMBERED) {
        w->place = parent->place;
    } else if (parent->is == JSON_ROW_NAMED) {
        out->rows = JSON_ROWS_NAMED;
    }
}

bool json_columns_look(struct json_walk *w, struct json_frame *out) {
    bool top = w->depth == 0;
    struct json_frame *parent = top ? &w->lines : &w->frames[w->depth - 1];
    if (w->paths == NULL || (top && w->rows_are != JSON_ROWS_LINES)) {
        return true;
    }
    if (!out->array) {
        look_at_object(w, out);
        return true;
    }
    if (!top && !parent->array) {
        unsigned roles = json_paths_roles(w->paths, w->place);
        if ((roles & JSON_ROLE_NAMES) != 0 && !look_for_names(w, parent)) {
            return false;
        }
        return (roles & JSON_ROLE_CELLS) == 0 || look_for_cells(w, parent, out);
    }
    if (!top && parent->is != JSON_LIST) {
        if (parent->ordinal > 1) { /* a list in a row */
            w->place = parent->is == JSON_ROW_NUMBERED ? parent->place : w->place;
            return true;
        }
        parent->is = JSON_LIST; /* a list of rows */
        w->place = parent->place;
    }
    out->row_place = top || (w->depth == 1 && w->root == JSON_PATH_ROOT) ? w->root : parent->place;
    if (parent->rows == JSON_ROWS_UNASKED) {
        return look_at_first_row(w, parent, out);
    }
    out->is = parent->rows == JSON_ROWS_NAMED ? JSON_ROW_NAMED : JSON_ROW_NUMBERED;
    return true;
}

/* #1 to #512; OUT has room for four bytes. */
static struct bytes write_ordinal(size_t ordinal, uint8_t *out) {
    size_t len = ordinal < 10 ? 2 : ordinal < 100 ? 3 : 4;
    out[0] = '#';
    for (size_t at = len; at > 1; ordinal /= 10) {
        out[--at] = (uint8_t)('0' + ordinal % 10);
    }
    return bytes_of(out, len);
}

uint32_t json_columns_next(struct json_walk *w, struct json_frame *frame) {
    const struct json_columns *columns = &w->columns;
    uint8_t number[4 + JSON_COLUMNS_PADDING];
    struct bytes name;
    size_t ordinal = frame->ordinal;
    if (ordinal >= JSON_COLUMNS_MOST || w->paths == NULL) {
        return frame->place;
    }
    frame->ordinal++;
    if (frame->is == JSON_ROW_NAMED && ordinal < columns->count) {
        size_t begin = ordinal == 0 ? 0 : columns->ends[ordinal - 1];
        name = bytes_of(columns->bytes + begin, columns->ends[ordinal] - begin);
    } else {
        name = write_ordinal(ordinal + 1, number);
    }
    uint32_t place = json_paths_key(w->paths, frame->row_place, frame->last, name);
    frame->last = place == frame->row_place ? JSON_PATH_NONE : place;
    return place;
}

void json_columns_label(struct json_walk *w, struct bytes label) {
    struct json_frame *frame = &w->frames[w->depth - 1];
    uint8_t plain[JSON_LABEL_BYTES];
    frame->label_len = 0;
    frame->labelled = true;
    w->label_follows = false;
    if (label.len <= JSON_LABEL_BYTES &&
        delimited_is_field_word(bytes_of(plain, keyed_values_unescape(label, plain, 0)))) {
        memcpy(frame->label, label.ptr, label.len);
        frame->label_len = (uint8_t)label.len;
    }
}

uint32_t json_columns_labelled(struct json_walk *w, const struct json_frame *frame,
                               uint32_t place) {
    uint8_t label[JSON_LABEL_BYTES + JSON_COLUMNS_PADDING];
    w->columns.labelled = w->documents;
    if (frame->label_len == 0) {
        return place;
    }
    memcpy(label, frame->label, frame->label_len);
    return json_paths_key(w->paths, place, JSON_PATH_NONE, bytes_of(label, frame->label_len));
}

void json_columns_close(struct json_walk *w) {
    if (w->depth < w->columns.depth) {
        w->columns.count = w->columns.depth = 0;
    }
}
