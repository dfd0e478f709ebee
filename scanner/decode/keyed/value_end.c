#include "decode/keyed/value_end.h"

#include "core/segment.h"
#include "decode/encoded_text.h"
#include "decode/keyed/escapes.h"

enum { MOST_BLANKS = 8 }; /* between a colon and its value */

/* What a byte means in an unquoted value. */
enum bare_byte {
    BARE_STOP = 1,    /* ends it */
    BARE_OTHER = 2,   /* has to be looked at: brackets, back-slashes, bytes of wide punctuation */
    BARE_PERCENT = 4, /* may be percent-encoded */
};

static const uint8_t bare_bytes[256] = {
    [0 ... 0x20] = BARE_STOP, ['&'] = BARE_STOP,   [';'] = BARE_STOP,    [','] = BARE_STOP,
    ['"'] = BARE_STOP,        ['\''] = BARE_STOP,  ['<'] = BARE_STOP,    ['>'] = BARE_STOP,
    [']'] = BARE_STOP,        ['}'] = BARE_STOP,   ['|'] = BARE_STOP,    ['('] = BARE_OTHER,
    [')'] = BARE_OTHER,       ['\\'] = BARE_OTHER, ['%'] = BARE_PERCENT, [0xE3] = BARE_OTHER,
    [0xEF] = BARE_OTHER,
};

/* Full-width punctuation that ends a value in Chinese text: U+3001 U+3002, U+FF08 U+FF09 U+FF0C
 * U+FF1B. */
static bool is_wide_stop(const uint8_t *p, size_t left) {
    if (left < 3) {
        return false;
    }
    if (p[0] == 0xE3) {
        return p[1] == 0x80 && (p[2] == 0x81 || p[2] == 0x82);
    }
    return p[0] == 0xEF && p[1] == 0xBC &&
           (p[2] == 0x88 || p[2] == 0x89 || p[2] == 0x8C || p[2] == 0x9B);
}

static size_t bare_value_end(struct bare_value *bare, struct bytes text, size_t begin) {
    if (begin >= bare->begin && begin < bare->end) {
        return bare->end; /* a=b=c=…: the same text ends all of them */
    }
    size_t at = begin;
    unsigned open = 0; /* tel=(02)23456781: a bracket that the value opened belongs to it */
    uint8_t seen = 0;
    bare->escaped = false;
    for (;; at++) {
        uint8_t class = 0;
        while (at < text.len && (class & (BARE_STOP | BARE_OTHER)) == 0) {
            class = bare_bytes[text.ptr[at++]];
            seen |= class;
        }
        if ((class & (BARE_STOP | BARE_OTHER)) == 0) {
            break; /* the text ends */
        }
        at--;
        uint8_t c = text.ptr[at];
        if ((class & BARE_STOP) != 0 || (c == ')' && open == 0) ||
            (c == '\\' && !keyed_byte_escape(text, at)) ||
            is_wide_stop(text.ptr + at, text.len - at)) {
            break;
        }
        bare->escaped |= c == '\\';
        open += c == '(';
        open -= c == ')';
    }
    bare->seen = seen;
    bare->begin = begin;
    bare->end = at;
    return at;
}

/* From behind the opening quote to before the closing one. ESCAPED: the quotes are written \". */
static void quoted_value(struct bytes text, size_t begin, uint8_t quote, bool escaped,
                         struct keyed *out) {
    size_t at = begin;
    out->value = begin;
    out->flags = CELL_TEXT; /* until the closing quote is seen */
    for (; at < text.len; at++) {
        uint8_t c = text.ptr[at];
        if (c == '\n' || (c == quote && !escaped)) {
            break;
        }
        if (c == '\\') {
            if (escaped && at + 1 < text.len && text.ptr[at + 1] == quote) {
                break;
            }
            out->flags |= CELL_ESCAPED;
            at++;
            if (at < text.len && text.ptr[at] == '\n') {
                break;
            }
        }
    }
    at = at < text.len ? at : text.len;
    if (at < text.len && text.ptr[at] != '\n') {
        out->flags &= ~(uint32_t)CELL_TEXT;
    } else if (at == text.len) {
        out->flags |= CELL_PARTIAL;
    }
    out->value_end = at;
}

bool keyed_value_is_digits(struct bytes b) {
    size_t at = 0;
    while (at < b.len && byte_is_digit(b.ptr[at])) {
        at++;
    }
    return b.len > 0 && at == b.len;
}

/* A full stop behind a value, with blanks or nothing behind it: unless another key follows, of
 * which the value is a neighbour (code=/AB+12C. tel=…). */
static bool ends_sentence(struct bytes text, size_t begin, size_t end) {
    if (end == begin || text.ptr[end - 1] != '.' || (end < text.len && text.ptr[end] > ' ')) {
        return end > begin && text.ptr[end - 1] == '.' && end < text.len && text.ptr[end] != '&';
    }
    size_t at = end;
    while (at < text.len && text.ptr[at] == ' ') {
        at++;
    }
    size_t key = at;
    while (at < text.len && keyed_key_byte(text.ptr[at])) {
        at++;
    }
    return !(at > key && at < text.len && text.ptr[at] == '=');
}

/* name = "method " + …: a part of what the program puts together. */
static bool goes_on(struct bytes text, size_t at) {
    while (at < text.len && text.ptr[at] == ' ') {
        at++;
    }
    return at < text.len && text.ptr[at] == '+';
}

/* Authorization: Bearer …: the value stands behind the name of its scheme (RFC 9110, 11.6.2). */
static bool is_scheme(struct bytes value) {
    return bytes_equal_ignoring_case(value, BYTES_LIT("bearer")) ||
           bytes_equal_ignoring_case(value, BYTES_LIT("basic"));
}

bool keyed_value_read(struct bare_value *bare, bool of_program, struct bytes text, size_t mark,
                      size_t at, struct keyed *out) {
    const uint8_t *p = text.ptr;
    bool named_by_colon = p[mark] != '=';
    /* key = value, but not key= followed by something else */
    bool spaced = mark > 0 && p[mark - 1] == ' ';
    size_t most_blanks = named_by_colon ? MOST_BLANKS : spaced ? 1 : 0;
    for (size_t blanks = 0; at < text.len && p[at] == ' ' && blanks < most_blanks; blanks++) {
        at++;
    }
    bool escaped = at + 1 < text.len && p[at] == '\\' && (p[at + 1] == '"' || p[at + 1] == '\'');
    size_t quote = at + escaped;
    if (quote < text.len && (p[quote] == '"' || p[quote] == '\'')) {
        /* "PWD=" + folder: the quote ends the text in which the key stands */
        bool closes = !named_by_colon && out->key > 0 && p[out->key - 1] == p[quote];
        quoted_value(text, quote + 1, p[quote], escaped, out);
        bool part = of_program && goes_on(text, out->value_end + 1);
        return !closes && !part && out->value_end > out->value;
    }
    if (at >= text.len || p[at] == '=' || p[at] == '{' || p[at] == '[' ||
        (of_program && (spaced || !byte_is_digit(p[at])))) {
        return false; /* behind a key in program text a bare word is a name, too */
    }
    out->value = at;
    out->value_end = bare_value_end(bare, text, at);
    out->flags = 0;
    if (out->value_end == text.len) {
        out->flags |= CELL_PARTIAL | CELL_TEXT;
    } else if (ends_sentence(text, at, out->value_end)) {
        out->value_end--;
    }
    struct bytes value = bytes_of(p + at, out->value_end - at);
    if (is_scheme(value) && out->value_end + 1 < text.len && p[out->value_end] == ' ') {
        out->value = out->value_end + 1;
        out->value_end = bare_value_end(bare, text, out->value);
        value = bytes_of(p + out->value, out->value_end - out->value);
    }
    if (bare->escaped) {
        out->flags |= CELL_ESCAPED;
    } else if (!named_by_colon && (bare->seen & BARE_PERCENT) != 0 && percent_encoded(value)) {
        out->flags |= CELL_PERCENT;
    } else if (base64_encoded(value) || web_token(value)) {
        out->flags |= CELL_BASE64;
    }
    if (named_by_colon && bytes_equal(value, BYTES_LIT("null"))) {
        out->flags = CELL_NULL;
    } else if (named_by_colon && keyed_value_is_digits(value)) {
        out->flags |= CELL_NUMBER;
    }
    return value.len > 0;
}
