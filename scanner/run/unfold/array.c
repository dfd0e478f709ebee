/* Arrays of PostgreSQL: '{0912345678,"林美惠",{…},NULL}' (8.15.6 of its manual: what holds blanks,
 * braces, commas or quotes stands in quotes), and ARRAY['…', '…'] of scripts without the word.
 * Every element is a value of the column. */
#include "run/unfold/state.h"

struct array {
    struct bytes text;
    size_t at;
    uint8_t open, close, quote;
    size_t depth;
    bool expects; /* an element or a bracket, behind a bracket or a comma */
};

struct element {
    size_t begin, end;
    bool escaped;
};

/* The element in quotes at array->at, which is passed. False: its end is missing. */
static bool read_quoted(struct array *array, struct element *out) {
    const struct bytes text = array->text;
    size_t at = array->at + 1;
    *out = (struct element){.begin = at};
    while (at < text.len && text.ptr[at] != array->quote) {
        const bool escape = text.ptr[at] == '\\' && array->quote == '"';
        out->escaped = out->escaped || escape;
        at += escape ? 2 : 1;
    }
    out->end = at;
    array->at = at + 1;
    return at < text.len;
}

/* Behind a literal of SQL: a cast, up to what ends the element. */
static void pass_cast(struct array *array) {
    const struct bytes text = array->text;
    while (array->quote == '\'' && array->at < text.len && text.ptr[array->at] != ',' &&
           text.ptr[array->at] != array->close) {
        array->at++;
    }
}

static bool read_bare(struct array *array, struct element *out) {
    const struct bytes text = array->text;
    size_t at = array->at;
    *out = (struct element){.begin = at};
    while (at < text.len && text.ptr[at] != ',' && text.ptr[at] != array->close) {
        if (text.ptr[at] <= ' ' || text.ptr[at] == array->open || text.ptr[at] == '"' ||
            text.ptr[at] == '\\') {
            return false;
        }
        at++;
    }
    out->end = at;
    array->at = at;
    return at > out->begin;
}

/* 1: the next element; 0: the array is over, and so is its text; -1: it is none. */
static int next_element(struct array *array, struct element *out) {
    const struct bytes text = array->text;
    while (array->at < text.len) {
        const uint8_t c = text.ptr[array->at];
        if (c == array->open && array->expects) {
            array->depth++;
        } else if (c == array->close && array->depth > 0) {
            array->depth--;
            array->expects = false;
            if (array->depth == 0) {
                return array->at + 1 == text.len ? 0 : -1;
            }
        } else if (c == ',' && !array->expects) {
            array->expects = true;
        } else if (!array->expects) {
            return -1;
        } else if (c != ' ' && c != '\n' && c != '\r') {
            array->expects = false;
            const bool quoted = c == array->quote;
            const bool good = quoted ? read_quoted(array, out) : read_bare(array, out);
            pass_cast(array);
            return good ? 1 : -1;
        }
        array->at++;
    }
    return -1;
}

bool unfold_array(struct unfolding *u, const struct cell *cell) {
    const bool braces = u->segment->bytes[cell->offset] == '{';
    const struct bytes text =
        unfold_layer_text(u->layer, cell->offset, cell->offset + cell->length, NULL, 0);
    if (text.ptr == NULL) {
        return false;
    }
    struct array array = {.text = text,
                          .open = braces ? '{' : '[',
                          .close = braces ? '}' : ']',
                          .quote = braces ? '"' : '\'',
                          .expects = true};
    struct element element;
    size_t count = 0;
    int found;
    while ((found = next_element(&array, &element)) > 0) {
        const struct bytes value = bytes_of(text.ptr + element.begin, element.end - element.begin);
        if (!bytes_equal(value, BYTES_LIT("NULL"))) {
            const uint32_t flags = element.escaped && value.len > 0 ? CELL_ESCAPED : 0;
            unfold_layer_value(u->layer, value, cell->field, flags, u->row);
            count++;
        }
    }
    if (found < 0 || count == 0) {
        unfold_layer_undo(u->layer);
        return false;
    }
    return true;
}
