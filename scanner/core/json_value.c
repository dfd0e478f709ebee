#include "core/json_value.h"

#include <stdlib.h>

#include "core/utf8.h"

struct parser {
    const uint8_t *start, *at, *end;
    struct arena *arena;
    struct error *err;
};

static int damaged(const struct parser *parser, const char *what) {
    return error_set(parser->err, YINMA_E_DAMAGED, "byte %zu: %s",
                     (size_t)(parser->at - parser->start) + 1, what);
}

static int no_memory(const struct parser *parser) {
    return error_set(parser->err, YINMA_E_MEMORY, "no memory for a JSON text");
}

static void skip_blanks(struct parser *parser) {
    while (parser->at < parser->end && (*parser->at == ' ' || *parser->at == '\t' ||
                                        *parser->at == '\r' || *parser->at == '\n')) {
        parser->at++;
    }
}

static bool take(struct parser *parser, const char *word) {
    size_t len = strlen(word);
    if ((size_t)(parser->end - parser->at) < len || memcmp(parser->at, word, len) != 0) {
        return false;
    }
    parser->at += len;
    return true;
}

/* ---- strings ---- */

/* Four hexadecimal digits; UINT32_MAX when they are none. */
static uint32_t take_unit(struct parser *parser) {
    uint32_t code = 0;
    if (parser->end - parser->at < 4) {
        return UINT32_MAX;
    }
    for (unsigned i = 0; i < 4; i++) {
        int digit = byte_hex_value(parser->at[i]);
        if (digit < 0) {
            return UINT32_MAX;
        }
        code = code << 4 | (uint32_t)digit;
    }
    parser->at += 4;
    return code;
}

static uint32_t take_code(struct parser *parser) {
    uint32_t code = take_unit(parser);
    if (code >= 0xD800 && code < 0xDC00 && take(parser, "\\u")) {
        uint32_t low = take_unit(parser);
        return low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                                             : UINT32_MAX;
    }
    return code >= 0xD800 && code < 0xE000 ? UINT32_MAX : code;
}

/* Behind a backslash. Returns the bytes written to OUT; 0: it is no escape. */
static size_t take_escape(struct parser *parser, uint8_t *out) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (parser->at == parser->end) {
        return 0;
    }
    uint8_t letter = *parser->at++;
    if (letter == 'u') {
        uint32_t code = take_code(parser);
        return code == UINT32_MAX ? 0 : utf8_encode(code, out);
    }
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    if (found == NULL) {
        return 0;
    }
    *out = (uint8_t)meanings[found - letters];
    return 1;
}

static int read_text(struct parser *parser, struct bytes *out) {
    if (!take(parser, "\"")) {
        return damaged(parser, SAID("a string should stand here"));
    }
    const uint8_t *end = parser->at;
    while (end < parser->end && *end != '"') {
        end += *end == '\\' && end + 1 < parser->end ? 2 : 1;
    }
    size_t room = (size_t)(end - parser->at), len = 0;
    uint8_t *copy = arena_alloc(parser->arena, room + 4);
    if (copy == NULL) {
        return no_memory(parser);
    }
    while (parser->at < parser->end && *parser->at != '"') {
        if (*parser->at < 0x20) {
            return damaged(parser, SAID("a control character in a string"));
        }
        if (*parser->at != '\\') {
            copy[len++] = *parser->at++;
            continue;
        }
        parser->at++;
        size_t used = take_escape(parser, copy + len);
        if (used == 0) {
            return damaged(parser, SAID("an escape that means nothing"));
        }
        len += used;
    }
    *out = bytes_of(copy, len);
    if (!take(parser, "\"")) {
        return damaged(parser, SAID("a string without its end"));
    }
    return utf8_valid(*out, UTF8_WHOLE) ? 0 : damaged(parser, SAID("a string that is no UTF-8"));
}

/* ---- numbers ---- */

static void skip_digits(struct parser *parser) {
    while (parser->at < parser->end && byte_is_digit(*parser->at)) {
        parser->at++;
    }
}

static int read_number(struct parser *parser, struct json_value *out) {
    char text[64];
    const uint8_t *start = parser->at;
    bool whole = !take(parser, "-");
    const uint8_t *digits = parser->at;
    skip_digits(parser);
    bool good = parser->at > digits && (*digits != '0' || parser->at == digits + 1);
    if (good && take(parser, ".")) {
        whole = false;
        digits = parser->at;
        skip_digits(parser);
        good = parser->at > digits;
    }
    if (good && (take(parser, "e") || take(parser, "E"))) {
        whole = false;
        if (!take(parser, "+")) {
            (void)take(parser, "-");
        }
        digits = parser->at;
        skip_digits(parser);
        good = parser->at > digits;
    }
    size_t len = (size_t)(parser->at - start);
    if (!good || len >= sizeof text) {
        return damaged(parser, SAID("no value that JSON knows"));
    }
    memcpy(text, start, len);
    text[len] = '\0';
    out->type = JSON_NUMBER;
    out->real = strtod(text, NULL); /* LC_NUMERIC stays "C" */
    for (size_t i = 0; whole && i < len; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (__builtin_mul_overflow(out->whole, (uint64_t)10, &out->whole) ||
            __builtin_add_overflow(out->whole, digit, &out->whole)) {
            out->whole = 0;
            whole = false;
        }
    }
    return 0;
}

/* ---- values ---- */

static int read_value(struct parser *parser, unsigned depth, struct json_value *out);

/* What stands between the brackets of an array (CLOSE "]") or object ("}"). */
static int read_children(struct parser *parser, unsigned depth, const char *close,
                         struct json_value *out) {
    const struct json_value **link = &out->first;
    skip_blanks(parser);
    if (take(parser, close)) {
        return 0;
    }
    for (;;) {
        struct json_value *child = arena_alloc(parser->arena, sizeof *child);
        if (child == NULL) {
            return no_memory(parser);
        }
        skip_blanks(parser);
        int rc = out->type == JSON_OBJECT ? read_text(parser, &child->key) : 0;
        skip_blanks(parser);
        if (rc == 0 && out->type == JSON_OBJECT && !take(parser, ":")) {
            rc = damaged(parser, SAID("a colon should stand here"));
        }
        if (rc == 0) {
            rc = read_value(parser, depth, child);
        }
        if (rc < 0) {
            return rc;
        }
        *link = child;
        link = &child->next;
        skip_blanks(parser);
        if (take(parser, close)) {
            return 0;
        }
        if (!take(parser, ",")) {
            return damaged(parser, SAID("a comma or a closing bracket should stand here"));
        }
    }
}

static int read_value(struct parser *parser, unsigned depth, struct json_value *out) {
    if (depth == JSON_DEPTH) {
        return damaged(parser, SAID("brackets in brackets, too deep for a record"));
    }
    skip_blanks(parser);
    if (take(parser, "{")) {
        out->type = JSON_OBJECT;
        return read_children(parser, depth + 1, "}", out);
    }
    if (take(parser, "[")) {
        out->type = JSON_ARRAY;
        return read_children(parser, depth + 1, "]", out);
    }
    if (parser->at < parser->end && *parser->at == '"') {
        out->type = JSON_TEXT;
        return read_text(parser, &out->text);
    }
    if (take(parser, "null")) {
        out->type = JSON_NULL;
        return 0;
    }
    out->truth = take(parser, "true");
    if (out->truth || take(parser, "false")) {
        out->type = JSON_BOOL;
        return 0;
    }
    return read_number(parser, out);
}

int json_parse(struct bytes text, struct arena *arena, const struct json_value **out,
               struct error *err) {
    struct parser parser = {text.ptr, text.ptr, bytes_end(text), arena, err};
    struct json_value *root = arena_alloc(arena, sizeof *root);
    if (root == NULL) {
        return no_memory(&parser);
    }
    int rc = read_value(&parser, 0, root);
    skip_blanks(&parser);
    if (rc == 0 && parser.at != parser.end) {
        rc = damaged(&parser, SAID("something behind the end of the record"));
    }
    *out = root;
    return rc;
}

/* ---- members ---- */

const struct json_value *json_member(const struct json_value *object, const char *key) {
    const struct json_value *member =
        object == NULL || object->type != JSON_OBJECT ? NULL : object->first;
    while (member != NULL && !bytes_equal(member->key, bytes_of_string(key))) {
        member = member->next;
    }
    return member;
}

const struct json_value *json_find(const struct json_value *object, const char *key,
                                   enum json_type type) {
    const struct json_value *member = json_member(object, key);
    return member != NULL && member->type == type ? member : NULL;
}

struct bytes json_find_text(const struct json_value *object, const char *key) {
    const struct json_value *member = json_find(object, key, JSON_TEXT);
    const struct bytes nothing = {0};
    return member == NULL ? nothing : member->text;
}

uint64_t json_find_whole(const struct json_value *object, const char *key) {
    const struct json_value *member = json_find(object, key, JSON_NUMBER);
    return member == NULL ? 0 : member->whole;
}

double json_find_real(const struct json_value *object, const char *key) {
    const struct json_value *member = json_find(object, key, JSON_NUMBER);
    return member == NULL ? 0 : member->real;
}

bool json_find_truth(const struct json_value *object, const char *key) {
    const struct json_value *member = json_find(object, key, JSON_BOOL);
    return member != NULL && member->truth;
}

const struct json_value *json_find_list(const struct json_value *object, const char *key) {
    const struct json_value *member = json_find(object, key, JSON_ARRAY);
    return member == NULL ? NULL : member->first;
}
