#include "decode/aligned/upright_lines.h"

#include "decode/aligned/drawn_lines.h"

enum { LINES_LOOKED_AT = 400, LINES_BEFORE = 60, NAMES_COMPARED = 64, LINE_BYTES = 64 * 1024 };

/* ---- what begins a record ---- */

/* "1. row": psql and mysql are translated, their numbers are not. */
static bool is_star_row(struct bytes line) {
    enum { STARS = 5 };
    size_t at = 0, digits = 0;
    while (at < line.len && line.ptr[at] == '*') {
        at++;
    }
    if (at < STARS || at + 2 >= line.len || line.ptr[at] != ' ') {
        return false;
    }
    for (at++; at < line.len && byte_is_digit(line.ptr[at]); at++) {
        digits++;
    }
    return digits > 0 && at < line.len && line.ptr[at] == '.' && line.ptr[line.len - 1] == '*';
}

/* A dash, a corner, or one of those that are drawn: its bytes. */
static size_t drawn(struct bytes line, size_t at) {
    const uint8_t c = line.ptr[at];
    return c == '-' || c == '+' || c == '=' ? 1 : drawn_at(line, at) ? DRAWN_BYTES : 0;
}

static size_t behind_drawn(struct bytes line, size_t at) {
    size_t step;
    while (at < line.len && (step = drawn(line, at)) != 0) {
        at += step;
    }
    return at;
}

/* "-[ RECORD 1 ]----+-----", with or without corners */
static bool is_bracketed(struct bytes line) {
    const size_t open = behind_drawn(line, 0);
    if (open == 0 || open + 4 >= line.len || line.ptr[open] != '[' || line.ptr[open + 1] != ' ') {
        return false;
    }
    const uint8_t *close = memchr(line.ptr + open, ']', line.len - open);
    if (close == NULL) {
        return false;
    }
    const size_t end = (size_t)(close - line.ptr);
    const bool number =
        end > open + 3 && line.ptr[end - 1] == ' ' && byte_is_digit(line.ptr[end - 2]);
    return number && behind_drawn(line, end + 1) == line.len;
}

/* "* Record 1" */
static bool is_star_record(struct bytes line) {
    size_t at = line.len;
    while (at > 0 && byte_is_digit(line.ptr[at - 1])) {
        at--;
    }
    return line.len > 4 && line.ptr[0] == '*' && line.ptr[1] == ' ' && at < line.len && at > 3 &&
           line.ptr[at - 1] == ' ' && memchr(line.ptr + 2, ' ', at - 3) == NULL;
}

enum upright_mark upright_begins(struct bytes line) {
    size_t at = 0;
    while (at < line.len && line.ptr[at] == ' ') {
        at++;
    }
    if (at == line.len || line.len > LINE_BYTES || (line.ptr[at] != '*' && drawn(line, at) == 0)) {
        return UPRIGHT_NONE; /* nearly every line there is */
    }
    line = bytes_trim(line);
    return is_star_row(line)      ? UPRIGHT_COLON
           : is_bracketed(line)   ? UPRIGHT_BAR
           : is_star_record(line) ? UPRIGHT_BLANK
                                  : UPRIGHT_NONE;
}

/* ---- names and values ---- */

/* Where the first of MARKS stands in LINE, *length its bytes; SIZE_MAX: none does. */
static size_t find_mark(struct bytes line, const char *const *marks, size_t *length) {
    size_t first = SIZE_MAX;
    for (; *marks != NULL; marks++) {
        const struct bytes mark = bytes_of_string(*marks);
        const size_t at = bytes_find(bytes_first(line, first), mark);
        if (at < first) {
            first = at;
            *length = mark.len;
        }
    }
    return first;
}

/* A frame about LINE: bars at both ends. */
static struct bytes without_frame(struct bytes line) {
    static const char *const bars[] = {"|", "│", "║"};
    line = bytes_trim(line);
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        const struct bytes bar = bytes_of_string(bars[i]);
        if (line.len > 2 * bar.len && bytes_starts_with(line, bar) && bytes_ends_with(line, bar)) {
            return bytes_first(bytes_from(line, bar.len), line.len - 2 * bar.len);
        }
    }
    return line;
}

/* psql marks a value that goes on in the next line. */
static struct bytes without_plus(struct bytes value) {
    const bool goes_on =
        value.len > 1 && value.ptr[value.len - 1] == '+' && value.ptr[value.len - 2] == ' ';
    return goes_on ? bytes_trim(bytes_first(value, value.len - 1)) : value;
}

bool upright_pair_of(struct bytes line, enum upright_mark mark, struct upright_pair *out) {
    static const char *const marks[][4] = {[UPRIGHT_COLON] = {": ", ":"},
                                           [UPRIGHT_BAR] = {"|", "│", "║"},
                                           [UPRIGHT_BLANK] = {" "},
                                           [UPRIGHT_EQUALS] = {" = ", " ="},
                                           [UPRIGHT_PLAIN] = {"|"}};
    size_t length = 0;
    if (mark == UPRIGHT_BAR) {
        line = without_frame(line);
    }
    const struct bytes text = mark == UPRIGHT_BLANK ? bytes_trim(line) : line;
    if (mark == UPRIGHT_BLANK && bytes_starts_with(text, BYTES_LIT("*"))) {
        return false; /* one more item of a list, which began like a record: "* **order** 1" */
    }
    const size_t at =
        find_mark(bytes_first(text, UPRIGHT_NAME_BYTES + DRAWN_BYTES), marks[mark], &length);
    if (at == SIZE_MAX || at > UPRIGHT_NAME_BYTES) {
        return false;
    }
    out->name = bytes_trim(bytes_first(text, at));
    out->value = bytes_trim(bytes_from(text, at + length));
    if (mark == UPRIGHT_BAR) {
        out->value = without_plus(out->value);
    }
    return out->name.len > 0 || mark == UPRIGHT_BAR;
}

/* ---- bids ---- */

/* The next line of *REST, without its end. */
static struct bytes take_line(struct bytes *rest) {
    const uint8_t *newline = memchr(rest->ptr, '\n', rest->len);
    const size_t len = newline == NULL ? rest->len : (size_t)(newline - rest->ptr);
    struct bytes line = bytes_first(*rest, len);
    *rest = bytes_from(*rest, newline == NULL ? len : len + 1);
    line.len -= line.len > 0 && line.ptr[line.len - 1] == '\r';
    return line;
}

/* The first two records of HEAD, parted by empty lines, have the same names in the same order. */
static bool same_names(struct bytes head, enum upright_mark mark) {
    struct bytes names[NAMES_COMPARED];
    size_t count = 0, second = 0;
    bool over = false;
    while (head.len > 0) {
        const struct bytes line = take_line(&head);
        struct upright_pair pair;
        if (bytes_trim(line).len == 0) {
            if (over && second > 0) {
                return second == count;
            }
            over = count > 0;
        } else if (!upright_pair_of(line, mark, &pair) ||
                   (over ? second == count || !bytes_equal(names[second], pair.name)
                         : count == NAMES_COMPARED)) {
            return false;
        } else if (over) {
            second++;
        } else {
            names[count++] = pair.name;
        }
    }
    return count > 1 && second == count;
}

enum upright_mark upright_look(struct bytes head) {
    enum upright_mark mark = UPRIGHT_NONE;
    size_t lines = 0, pairs = 0;
    struct bytes rest = head;
    for (size_t i = 0; i < (mark == UPRIGHT_NONE ? LINES_BEFORE : LINES_LOOKED_AT) && rest.len > 0;
         i++) {
        const struct bytes line = take_line(&rest);
        const enum upright_mark begun = upright_begins(line);
        const bool item =
            begun == UPRIGHT_BLANK && !bytes_ends_with(bytes_trim(line), BYTES_LIT(" 1"));
        struct upright_pair pair;
        mark = mark == UPRIGHT_NONE && !item ? begun : mark; /* "* AMD 756" is one of a list */
        const bool counts = begun == UPRIGHT_NONE && bytes_trim(line).len > 0;
        lines += counts;
        pairs += counts && mark != UPRIGHT_NONE && upright_pair_of(line, mark, &pair);
    }
    if (mark != UPRIGHT_NONE) {
        return pairs > 0 && pairs * 2 >= lines ? mark : UPRIGHT_NONE;
    }
    return same_names(head, UPRIGHT_EQUALS)  ? UPRIGHT_EQUALS
           : same_names(head, UPRIGHT_PLAIN) ? UPRIGHT_PLAIN
                                             : UPRIGHT_NONE;
}
