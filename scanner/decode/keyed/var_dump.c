#include "decode/keyed/var_dump.h"

enum {
    CLASS_BYTES = 100,
    INDENT = 100, /* blanks before a value */
    DIGITS = 9,
};

static bool is_end(uint8_t c) {
    return c < ' ' || c == '[' || c == ']' || c == '=' || c == '>';
}

size_t var_dump_name_end(struct bytes text, size_t end) {
    const struct bytes before = bytes_first(text, end);
    if (bytes_ends_with(before, BYTES_LIT(":protected"))) {
        return end - strlen(":protected");
    }
    if (!bytes_ends_with(before, BYTES_LIT(":private"))) {
        return end;
    }
    const size_t class = end - strlen(":private");
    size_t at = class;
    while (at > 0 && class - at < CLASS_BYTES && text.ptr[at - 1] != ':' &&
           !is_end(text.ptr[at - 1])) {
        at--;
    }
    return at > 0 && at < class && text.ptr[at - 1] == ':' ? at - 1 : class;
}

bool var_dump_tells(struct bytes text, size_t quote) {
    const struct bytes behind = bytes_first(bytes_from(text, quote + 1), CLASS_BYTES);
    const uint8_t *bracket = behind.len == 0 ? NULL : memchr(behind.ptr, ']', behind.len);
    const struct bytes told =
        bytes_first(behind, bracket == NULL ? 0 : (size_t)(bracket - behind.ptr));
    size_t at = 0;
    while (at < told.len && !is_end(told.ptr[at])) {
        at++;
    }
    return told.len > 0 && at == told.len &&
           (bytes_ends_with(told, BYTES_LIT(":private")) ||
            bytes_equal(told, BYTES_LIT(":protected")));
}

/* Behind "string(9) " or before the number of "int(7)" at AT; AT: no type stands there. */
static size_t behind_type(struct bytes text, size_t at) {
    const struct bytes rest = bytes_from(text, at);
    if (bytes_starts_with(rest, BYTES_LIT("int("))) {
        return at + strlen("int(");
    }
    if (!bytes_starts_with(rest, BYTES_LIT("string("))) {
        return at;
    }
    size_t end = at + strlen("string(");
    const size_t digits = end;
    while (end < text.len && end - digits < DIGITS && byte_is_digit(text.ptr[end])) {
        end++;
    }
    const bool typed = end > digits && bytes_starts_with(bytes_from(text, end), BYTES_LIT(") \""));
    return typed ? end + strlen(") ") : at;
}

static size_t behind_blanks(struct bytes text, size_t at) {
    const size_t from = at;
    while (at < text.len && at - from < INDENT && (text.ptr[at] == ' ' || text.ptr[at] == '\t')) {
        at++;
    }
    return at;
}

size_t var_dump_value(struct bytes text, size_t at) {
    size_t value = behind_blanks(text, at);
    value += value < text.len && text.ptr[value] == '\r';
    if (value < text.len && text.ptr[value] == '\n') {
        value = behind_blanks(text, value + 1);
        const size_t typed = behind_type(text, value);
        return typed == value ? at : typed; /* other lines are lines of their own */
    }
    const size_t typed = behind_type(text, value);
    return typed == value ? at : typed;
}

bool var_dump_begins(struct bytes line) {
    const size_t at = behind_blanks(line, 0);
    return behind_type(line, at) != at;
}
