#include "decode/line_shape.h"

#include "decode/head_notes.h"
#include "decode/keyed/values.h"

enum {
    MOST_LINES = 200,
    LINE_BYTES = 2048, /* what is looked at of one line */
    TAG_BYTES = 40,    /* longest [tag] at the start of a line */
};

bool name_ends_in(struct bytes name, struct bytes ending) {
    return name.len >= ending.len &&
           bytes_equal_ignoring_case(bytes_from(name, name.len - ending.len), ending);
}

bool name_ends_in_one_of(struct bytes name, const char *const *endings) {
    while (*endings != NULL && !name_ends_in(name, bytes_of_string(*endings))) {
        endings++;
    }
    return *endings != NULL;
}

/* Does TEXT begin with SHAPE, where 9 is a digit, a a letter, / any date separator and _ a blank or
 * T? */
static bool has_shape(struct bytes text, const char *shape) {
    size_t at = 0;
    for (; shape[at] != '\0'; at++) {
        if (at >= text.len) {
            return false;
        }
        uint8_t c = text.ptr[at];
        bool fits = (uint8_t)shape[at] == c;
        switch (shape[at]) {
        case '9':
            fits = byte_is_digit(c);
            break;
        case 'a':
            fits = byte_is_letter(c);
            break;
        case '/':
            fits = c == '/' || c == '-' || c == '.';
            break;
        case '_':
            fits = c == ' ' || c == 'T' || c == ':';
            break;
        default:
            break;
        }
        if (!fits) {
            return false;
        }
    }
    return true;
}

/* Bytes of a point in time at the start, 0 when there is none: ISO, dd/Mon/yyyy, syslog. */
static size_t time_length(struct bytes line) {
    if (line.len == 0) {
        return 0;
    }
    static const struct {
        uint8_t digits; /* that it begins with */
        const char *shape;
    } shapes[] = {
        {4, "9999/99/99_99:99:99"}, {2, "99/aaa/9999_99:99:99"},
        {2, "99/99/9999_99:99:99"}, {0, "aaa 99 99:99:99"},
        {0, "aaa  9 99:99:99"},     {0, "aaa aaa 99 99:99:99"},
        {8, "99999999 99:99:99"},   {2, "99:99:99"},
    };
    size_t digits = 0;
    while (digits < line.len && digits < 9 && byte_is_digit(line.ptr[digits])) {
        digits++;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].digits == digits && has_shape(line, shapes[i].shape)) {
            return strlen(shapes[i].shape);
        }
    }
    return 0;
}

/* A time is a log's when text follows, not the next field of a table. */
static bool begins_with_time(struct bytes line) {
    size_t len = time_length(line);
    if (len == 0) {
        return false;
    }
    struct bytes rest = bytes_from(line, len);
    if (has_shape(rest, ",999") || has_shape(rest, ".999")) { /* milliseconds */
        rest = bytes_from(rest, 4);
    }
    return rest.len > 0 && rest.ptr[0] != ',' && rest.ptr[0] != '\t' && rest.ptr[0] != ';' &&
           rest.ptr[0] != '"' && rest.ptr[0] != '|';
}

static bool begins_with_address(struct bytes line) {
    size_t at = 0, dots = 0, digits = 0;
    while (at < line.len && (byte_is_digit(line.ptr[at]) || line.ptr[at] == '.')) {
        dots += line.ptr[at] == '.';
        digits += line.ptr[at] != '.';
        at++;
    }
    return dots == 3 && digits >= 4 && at < line.len && line.ptr[at] == ' ';
}

static bool begins_with_level(struct bytes line) {
    static const char *const levels[] = {"INFO",  "WARN",  "WARNING",  "ERROR",  "DEBUG",
                                         "TRACE", "FATAL", "CRITICAL", "NOTICE", "SEVERE"};
    size_t len = 0;
    while (len < line.len && byte_is_letter(line.ptr[len])) {
        len++;
    }
    if (len == line.len || line.ptr[len] == ',' || line.ptr[len] == '\t') {
        return false;
    }
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (bytes_equal(bytes_first(line, len), bytes_of_string(levels[i]))) {
            return true;
        }
    }
    return false;
}

/* [2024-01-01 …], [error], <13>Jan … */
static bool begins_with_tag(struct bytes line) {
    if (line.len < 3 || (line.ptr[0] != '[' && line.ptr[0] != '<')) {
        return false;
    }
    uint8_t close = line.ptr[0] == '[' ? ']' : '>';
    struct bytes inner = bytes_first(bytes_from(line, 1), TAG_BYTES);
    const uint8_t *end = memchr(inner.ptr, close, inner.len);
    if (end == NULL || end == inner.ptr) {
        return false;
    }
    if (close == ']') {
        bool only_tag = (size_t)(end - line.ptr) + 1 == line.len; /* [section] of an .ini file */
        return byte_is_alnum(inner.ptr[0]) && !only_tag;
    }
    return byte_is_digit(inner.ptr[0]) && end - inner.ptr <= 3;
}

static bool begins_like_log(struct bytes line) {
    return begins_with_time(line) || begins_with_address(line) || begins_with_level(line) ||
           begins_with_tag(line);
}

static bool begins_statement(struct bytes line) {
    static const char *const words[] = {
        "INSERT INTO ", "REPLACE INTO ", "CREATE TABLE ", "DROP TABLE ",
        "ALTER TABLE ", "LOCK TABLES ",  "SET NAMES ",    "/*!"};
    for (size_t i = 0; line.len > 0 && i < sizeof words / sizeof *words; i++) {
        if (byte_lower(line.ptr[0]) != byte_lower((uint8_t)words[i][0])) {
            continue;
        }
        struct bytes word = bytes_of_string(words[i]);
        if (line.len >= word.len && bytes_equal_ignoring_case(bytes_first(line, word.len), word)) {
            return true;
        }
    }
    return false;
}

/* "at com.example.Shop.pay(Shop.java:54)", "... 12 more", "File "shop.py", line 54": what a program
 * writes behind a line of its log when something fails, however much of it. */
static bool is_stack_trace(struct bytes line, bool indented) {
    static const char *const words[] = {"at ", "... ", "File \""};
    for (size_t i = 0; indented && i < sizeof words / sizeof *words; i++) {
        if (bytes_starts_with(line, bytes_of_string(words[i]))) {
            return true;
        }
    }
    return false;
}

static void add_line(struct line_shapes *shapes, struct bytes line) {
    shapes->lines++;
    shapes->stamped += begins_like_log(line);
    size_t pairs = keyed_values_count(line, 2);
    shapes->paired += pairs >= 1;
    shapes->several += pairs >= 2;
    shapes->statements += begins_statement(line);
    shapes->objects += has_shape(line, "{\"");
    shapes->tagged += line.ptr[0] == '<' && !begins_with_tag(line);
}

struct line_shapes line_shapes_of(struct bytes head) {
    struct line_shapes shapes = {0};
    if (bytes_starts_with(head, BYTES_LIT("\xEF\xBB\xBF"))) {
        head = bytes_from(head, 3);
    }
    while (head.len > 0 && shapes.lines < MOST_LINES) {
        const uint8_t *newline = memchr(head.ptr, '\n', head.len);
        size_t len = newline == NULL ? head.len : (size_t)(newline - head.ptr);
        struct bytes line = bytes_trim(bytes_first(bytes_first(head, len), LINE_BYTES));
        bool indented = len > 0 && (head.ptr[0] == ' ' || head.ptr[0] == '\t');
        if (line.len > 0 && !is_stack_trace(line, indented)) {
            add_line(&shapes, line);
        }
        head = bytes_from(head, len + 1);
    }
    return shapes;
}

struct line_shapes line_shapes_of_head(const struct decode_head *head) {
    struct head_notes *notes = head->notes;
    if (notes == NULL) {
        return line_shapes_of(head->head);
    }
    if (notes->shapes_of == NULL || notes->shapes_of != head->head.ptr) {
        notes->shapes = line_shapes_of(head->head);
        notes->shapes_of = head->head.ptr;
    }
    return notes->shapes;
}
