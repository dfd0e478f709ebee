#include "decode/keyed/php_serial.h"

#include <string.h>

enum { NAME_BYTES = 64 /* of a session's variable */ };

static const uint8_t *here(const struct php_serial *reader) {
    return reader->text.ptr + reader->at;
}

static size_t left(const struct php_serial *reader) {
    return reader->text.len - reader->at;
}

/* `a:3`, `s:12`: a letter, a colon and a digit. */
static bool is_counted(struct bytes text, const char *letters) {
    return text.len >= 4 && text.ptr[0] != 0 && strchr(letters, text.ptr[0]) != NULL &&
           text.ptr[1] == ':' && byte_is_digit(text.ptr[2]);
}

/* The length of a session variable's name before its bar; 0: there is none. */
static size_t session_name(struct bytes text) {
    size_t len = 0;
    while (len < text.len && len < NAME_BYTES &&
           (byte_is_alnum(text.ptr[len]) || text.ptr[len] == '_')) {
        len++;
    }
    const struct bytes value = bytes_from(text, len < text.len ? len + 1 : len);
    const bool is = len > 0 && value.len >= 2 && text.ptr[len] == '|' &&
                    (is_counted(value, "aOsibdSE") || bytes_starts_with(value, BYTES_LIT("N;")));
    return is ? len : 0;
}

bool php_serial_begins(struct bytes text) {
    return text.len >= PHP_SERIAL_MIN && (is_counted(text, "aO") || session_name(text) != 0);
}

void php_serial_start(struct php_serial *reader, struct bytes text) {
    *reader = (struct php_serial){.text = text, .session = session_name(text) != 0};
}

/* ---- parts ---- */

static bool take(struct php_serial *reader, char wanted) {
    const bool is = left(reader) > 0 && *here(reader) == (uint8_t)wanted;
    reader->at += is;
    return is;
}

/* Digits up to MARK, which is taken, too. */
static bool take_count(struct php_serial *reader, char mark, size_t *count) {
    *count = 0;
    size_t begin = reader->at;
    for (; left(reader) > 0 && byte_is_digit(*here(reader)); reader->at++) {
        *count = *count * 10 + (size_t)(*here(reader) - '0');
        if (*count > reader->text.len) {
            return false; /* longer than all there is */
        }
    }
    return reader->at > begin && take(reader, mark);
}

/* `12:"…"` and what stands BEHIND it: by its length, else up to the next quote with that behind. */
static bool take_string(struct php_serial *reader, char behind, struct bytes *out) {
    const uint8_t end[2] = {'"', (uint8_t)behind};
    size_t len;
    if (!take_count(reader, ':', &len) || !take(reader, '"')) {
        return false;
    }
    const struct bytes rest = bytes_from(reader->text, reader->at);
    if (len + 2 > rest.len || memcmp(rest.ptr + len, end, 2) != 0) {
        len = bytes_find(rest, bytes_of(end, 2));
        if (len == SIZE_MAX) {
            return false;
        }
    }
    *out = bytes_first(rest, len);
    reader->at += len + 2;
    return true;
}

/* Up to the semicolon: a number. */
static bool take_number(struct php_serial *reader, struct bytes *out) {
    const struct bytes rest = bytes_from(reader->text, reader->at);
    size_t len = 0;
    while (len < rest.len && (byte_is_alnum(rest.ptr[len]) || rest.ptr[len] == '+' ||
                              rest.ptr[len] == '-' || rest.ptr[len] == '.')) {
        len++;
    }
    *out = bytes_first(rest, len);
    reader->at += len;
    return len > 0 && take(reader, ';');
}

/* Of objects the name of the class goes first. */
static enum php_event open_members(struct php_serial *reader, uint8_t letter) {
    struct bytes class_name;
    size_t count;
    if ((letter == 'O' && !take_string(reader, ':', &class_name)) ||
        !take_count(reader, ':', &count) || !take(reader, '{') ||
        reader->depth >= PHP_SERIAL_DEPTH) {
        return PHP_BROKEN;
    }
    reader->depth++;
    reader->key_next = true;
    return PHP_OPEN;
}

static enum php_event next_value(struct php_serial *reader, struct bytes *text) {
    if (left(reader) < 2) {
        return PHP_BROKEN;
    }
    const uint8_t letter = *here(reader);
    reader->at += 2;
    reader->key_next = true;
    if (letter == 'N' && here(reader)[-1] == ';') {
        return PHP_NULL;
    }
    if (here(reader)[-1] != ':') {
        return PHP_BROKEN;
    }
    switch (letter) {
    case 's':
    case 'S':
    case 'E':
        return take_string(reader, ';', text) ? PHP_STRING : PHP_BROKEN;
    case 'a':
    case 'O':
        return open_members(reader, letter);
    case 'i':
    case 'd':
        return take_number(reader, text) ? PHP_NUMBER : PHP_BROKEN;
    case 'b':
    case 'r':
    case 'R':
        return take_number(reader, text) ? PHP_NULL : PHP_BROKEN;
    default:
        return PHP_BROKEN;
    }
}

/* Members that are not public bear their class or a star between two NUL before the name. */
static struct bytes plain_name(struct bytes name) {
    const uint8_t *mark = name.len > 0 ? memrchr(name.ptr, 0, name.len) : NULL;
    return mark == NULL ? name : bytes_from(name, (size_t)(mark - name.ptr) + 1);
}

static enum php_event next_key(struct php_serial *reader, struct bytes *text) {
    reader->key_next = false;
    if (take(reader, '}')) {
        reader->depth--;
        reader->key_next = true;
        return PHP_CLOSE;
    }
    const enum php_event event = next_value(reader, text);
    reader->key_next = false;
    if (event == PHP_STRING) {
        *text = plain_name(*text);
        return PHP_KEY;
    }
    return event == PHP_NUMBER ? PHP_INDEX : PHP_BROKEN;
}

/* ---- whole texts ---- */

static enum php_event next_of_session(struct php_serial *reader, struct bytes *text) {
    if (reader->at == 0 && reader->depth == 0) {
        reader->depth = 1;
        reader->key_next = true;
        return PHP_OPEN;
    }
    if (!reader->key_next) {
        return next_value(reader, text);
    }
    if (left(reader) == 0) {
        reader->depth = 0;
        return PHP_CLOSE;
    }
    const struct bytes rest = bytes_from(reader->text, reader->at);
    const size_t len = session_name(rest);
    if (len == 0) {
        return PHP_BROKEN;
    }
    *text = bytes_first(rest, len);
    reader->at += len + 1;
    reader->key_next = false;
    return PHP_KEY;
}

enum php_event php_serial_next(struct php_serial *reader, struct bytes *text) {
    if (reader->depth == 0 && reader->at == reader->text.len) {
        return PHP_END;
    }
    if (reader->depth == 0 && reader->at != 0) {
        return PHP_BROKEN; /* something stands behind the value */
    }
    if (reader->session && reader->depth <= 1) {
        return next_of_session(reader, text);
    }
    return reader->depth > 0 && reader->key_next ? next_key(reader, text)
                                                 : next_value(reader, text);
}
