#include "decode/keyed/rows.h"

#include "core/segment.h"

static bool is_blank(uint8_t c) {
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(struct bytes text, size_t at, size_t end) {
    while (at < end && is_blank(text.ptr[at])) {
        at++;
    }
    return at;
}

/* ---- the names ---- */

static bool dresses_name(uint8_t c) {
    return is_blank(c) || c == '`' || c == '"' || c == '[' || c == ']' || c == '\\';
}

/* One name in [begin, end), without blanks and quotes around it. */
static bool add_name(struct keyed_rows *rows, struct bytes text, size_t begin, size_t end) {
    while (begin < end && dresses_name(text.ptr[begin])) {
        begin++;
    }
    while (end > begin && dresses_name(text.ptr[end - 1])) {
        end--;
    }
    for (size_t i = begin; i < end; i++) {
        uint8_t c = text.ptr[i];
        if (c != '_' && c != '$' && c != '.' && c < 0x80 && !byte_is_alnum(c)) {
            return false;
        }
    }
    if (begin == end || end - begin > KEYED_MAX_KEY_BYTES || rows->columns == KEYED_ROW_COLUMNS) {
        return false;
    }
    rows->names[rows->columns].begin = begin;
    rows->names[rows->columns].end = end;
    rows->columns++;
    return true;
}

/* The list of names of which the closing bracket stands at CLOSE. */
static bool read_names(struct keyed_rows *rows, struct bytes text, size_t begin, size_t close) {
    size_t open = close;
    while (open > begin && text.ptr[open - 1] != '(' && text.ptr[open - 1] != ')') {
        open--;
    }
    if (open == begin || text.ptr[open - 1] != '(') {
        return false;
    }
    rows->columns = 0;
    for (size_t at = open, name = open; at <= close; at++) {
        if (at == close || text.ptr[at] == ',') {
            if (!add_name(rows, text, name, at)) {
                return false;
            }
            name = at + 1;
        }
    }
    return true;
}

bool keyed_rows_begin(struct bytes text, size_t begin, size_t end, struct keyed_rows *rows) {
    static const struct bytes word = {(const uint8_t *)"values", 6};
    for (size_t at = begin; at + word.len < end; at++) {
        if ((text.ptr[at] | 0x20) != 'v' ||
            !bytes_equal_ignoring_case(bytes_of(text.ptr + at, word.len), word)) {
            continue;
        }
        size_t close = at, open = skip_blanks(text, at + word.len, end);
        while (close > begin && is_blank(text.ptr[close - 1])) {
            close--;
        }
        if (open < end && text.ptr[open] == '(' && close > begin && text.ptr[close - 1] == ')' &&
            read_names(rows, text, begin, close - 1)) {
            rows->at = open + 1;
            rows->end = end;
            rows->column = 0;
            return true;
        }
    }
    return false;
}

/* ---- the values ---- */

/* From behind the opening quote at AT to the closing one; END: it is not closed. */
static size_t quoted_end(struct bytes text, size_t at, size_t end, bool *escaped) {
    for (; at < end; at++) {
        if (text.ptr[at] == '\\') {
            *escaped = true;
            at++;
        } else if (text.ptr[at] == '\'') {
            if (at + 1 == end || text.ptr[at + 1] != '\'') {
                return at;
            }
            *escaped = true;
            at++;
        }
    }
    return end;
}

static bool is_number(struct bytes value) {
    size_t digits = 0;
    for (size_t i = 0; i < value.len; i++) {
        digits += byte_is_digit(value.ptr[i]);
    }
    return value.len > 0 && digits == value.len;
}

/* Passes an expression to the comma or bracket behind it. */
static size_t expression_end(struct bytes text, size_t at, size_t end) {
    bool escaped = false;
    for (size_t depth = 0; at < end; at++) {
        uint8_t c = text.ptr[at];
        if (depth == 0 && (c == ',' || c == ')')) {
            break;
        }
        depth += c == '(';
        depth -= c == ')';
        if (c == '\'') {
            at = quoted_end(text, at + 1, end, &escaped);
        }
    }
    return at < end ? at : end;
}

/* The value from AT to STOP. False: NULL, or an expression. */
static bool read_value(struct bytes text, size_t at, size_t stop, struct keyed *out) {
    while (stop > at && is_blank(text.ptr[stop - 1])) {
        stop--;
    }
    bool prefix = at + 1 < stop && byte_is_letter(text.ptr[at]) && text.ptr[at + 1] == '\'';
    size_t quote = at + prefix;
    *out = (struct keyed){.value = at, .value_end = stop, .field = UINT32_MAX};
    if (quote >= stop || text.ptr[quote] != '\'') {
        out->flags = CELL_NUMBER;
        return is_number(bytes_of(text.ptr + at, stop - at));
    }
    bool escaped = false;
    out->value = quote + 1;
    out->value_end = quoted_end(text, quote + 1, stop, &escaped);
    out->flags = escaped ? CELL_ESCAPED : 0;
    return out->value_end + 1 == stop && out->value_end > out->value;
}

/* Behind a row: does another one follow? */
static bool next_row(struct keyed_rows *rows, struct bytes text) {
    size_t at = skip_blanks(text, rows->at, rows->end);
    if (at == rows->end || text.ptr[at] != ',') {
        return false;
    }
    at = skip_blanks(text, at + 1, rows->end);
    rows->column = 0;
    rows->at = at + 1;
    return at < rows->end && text.ptr[at] == '(';
}

bool keyed_rows_next(struct keyed_rows *rows, struct bytes text, struct keyed *out) {
    while (rows->at < rows->end && rows->column < rows->columns) {
        size_t at = skip_blanks(text, rows->at, rows->end);
        size_t stop = expression_end(text, at, rows->end), column = rows->column++;
        bool value = read_value(text, at, stop, out);
        bool last = stop == rows->end || text.ptr[stop] == ')';
        rows->at = stop + 1;
        if (last && (stop == rows->end || !next_row(rows, text))) {
            rows->column = rows->columns;
        }
        if (value) {
            out->key = rows->names[column].begin;
            out->key_end = rows->names[column].end;
            return true;
        }
    }
    return false;
}
