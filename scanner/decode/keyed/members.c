#include "decode/keyed/members.h"

#include "core/segment.h"
#include "decode/encoded_text.h"

enum {
    MOST_BARE = 512,   /* bytes of a value without quotes */
    MOST_LIST = 256,   /* of a list that is passed over */
    MOST_BETWEEN = 16, /* of brackets, commas and blanks between two members */
    MOST_INDENT = 64,
};

static bool is_name_byte(uint8_t c) {
    return byte_is_alnum(c) || c == '_';
}

/* Where the name that ends at END begins; END: there is none. */
static size_t name_begin(struct bytes text, size_t end) {
    size_t at = end;
    while (at > 0 && end - at <= KEYED_MAX_KEY_BYTES && is_name_byte(text.ptr[at - 1])) {
        at--;
    }
    const bool name = at < end && end - at <= KEYED_MAX_KEY_BYTES && !byte_is_digit(text.ptr[at]);
    return name ? at : end;
}

static size_t skip_blanks(struct bytes text, size_t at) {
    const size_t most = at + MOST_BETWEEN;
    while (at < text.len && at < most && text.ptr[at] == ' ') {
        at++;
    }
    return at;
}

static bool is_quote(struct bytes text, size_t at) {
    return at < text.len && (text.ptr[at] == '"' || text.ptr[at] == '\'');
}

/* Behind what may stand before a string: Some("…"), Optional("…"). */
static size_t string_begin(struct bytes text, size_t at) {
    static const struct bytes wraps[] = {{(const uint8_t *)"Some(", 5},
                                         {(const uint8_t *)"Optional(", 9}};
    at = skip_blanks(text, at);
    for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++) {
        if (bytes_starts_with(bytes_from(text, at), wraps[i])) {
            return at + wraps[i].len;
        }
    }
    return at;
}

/* ---- the first member ---- */

/* #<Customer id: …: the word before the blank at AT. */
static bool behind_class(struct bytes text, size_t at) {
    size_t begin = at;
    while (begin > 0 && at - begin <= KEYED_MAX_KEY_BYTES && text.ptr[begin - 1] > ' ') {
        begin--;
    }
    return bytes_starts_with(bytes_from(text, begin), BYTES_LIT("#<"));
}

static bool is_indented(struct bytes text, size_t key) {
    size_t at = key;
    while (at > 0 && key - at < MOST_INDENT &&
           (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '\t')) {
        at--;
    }
    return at < key && (at == 0 || text.ptr[at - 1] == '\n');
}

/* {Name:王小明, {Name: Phone:0912…: values without quotes, the first of which may be empty. */
static bool is_bare(struct bytes text, size_t mark) {
    size_t at = skip_blanks(text, mark + 1), end = at;
    if (at == mark + 1) {
        return !is_quote(text, at);
    }
    while (end < text.len && is_name_byte(text.ptr[end])) {
        end++;
    }
    return end > at && end < text.len && text.ptr[end] == ':';
}

static bool begins(struct bytes text, size_t key, size_t mark, struct keyed_members *out) {
    const bool blank = key > 0 && text.ptr[key - 1] == ' ';
    const size_t at = key - blank;
    const uint8_t before = at > 0 ? text.ptr[at - 1] : 0;
    out->written = MEMBERS_QUOTED;
    if (!blank && before == '{' && is_bare(text, mark)) {
        out->written = MEMBERS_BARE;
    } else if (!blank && before == '[' && is_bare(text, mark)) {
        out->written = MEMBERS_OF_MAP;
        return at >= 4 && bytes_ends_with(bytes_first(text, at), BYTES_LIT("map["));
    }
    return before == '{' || before == '(' || (blank && behind_class(text, at)) ||
           (is_indented(text, key) && is_quote(text, string_begin(text, mark + 1)));
}

bool keyed_member_begins(struct bytes text, size_t mark) {
    const size_t key = name_begin(text, mark);
    return key < mark && begins(text, key, mark, &(struct keyed_members){0});
}

/* Does nothing but what parts members stand between the one before and the name at KEY? */
static bool goes_on(const struct keyed_members *members, struct bytes text, size_t key) {
    size_t at = members->end;
    if (at == 0 || at >= key || key - at > MOST_BETWEEN) {
        return false;
    }
    while (at < key && text.ptr[at] != 0 && strchr(" ,})]>\"'", text.ptr[at]) != NULL) {
        at++;
    }
    return at == key;
}

/* ---- values ---- */

/* Behind the first bracket like CLOSING of the line, SIZE_MAX: there is none near. */
static size_t behind_bracket(struct bytes text, size_t at, uint8_t closing) {
    const struct bytes list = bytes_first(bytes_from(text, at), MOST_LIST);
    size_t end = 0;
    while (end < list.len && list.ptr[end] != closing && list.ptr[end] != '\n') {
        end++;
    }
    return end < list.len && list.ptr[end] == closing ? at + end + 1 : SIZE_MAX;
}

/* The list at AT is left as it is, also []string{…}; what follows it is a member again. */
static void pass_list(struct keyed_members *members, struct bytes text, size_t at) {
    size_t end = behind_bracket(text, at, ']'), type = end;
    while (type < text.len && type - end <= KEYED_MAX_KEY_BYTES && keyed_key_byte(text.ptr[type])) {
        type++;
    }
    if (type < text.len && text.ptr[type] == '{') {
        end = behind_bracket(text, type, '}');
    }
    members->end = end == SIZE_MAX ? 0 : end;
}

/* Where the value without quotes at AT ends: before the name of the next member, or a bracket.
 * SIZE_MAX: nobody knows, or another structure begins. */
static size_t bare_end(const struct keyed_members *members, struct bytes text, size_t at) {
    const uint8_t bracket = members->written == MEMBERS_OF_MAP ? ']' : '}';
    size_t end = at;
    for (; end < text.len && text.ptr[end] != bracket && text.ptr[end] != '}'; end++) {
        const uint8_t c = text.ptr[end];
        if (c == '{' || end - at > MOST_BARE) {
            return SIZE_MAX;
        }
        if (c == '\n' || c == '\r') {
            break;
        }
        const size_t key = c == ':' ? name_begin(text, end) : end;
        if (key < end && key > at && (text.ptr[key - 1] == ' ' || text.ptr[key - 1] == ',')) {
            end = key - 1;
            break;
        }
    }
    while (end > at && (text.ptr[end - 1] == ' ' || text.ptr[end - 1] == ',')) {
        end--;
    }
    return end;
}

static bool read_bare(struct keyed_members *members, struct bytes text, size_t at,
                      struct keyed *out) {
    if (at < text.len && text.ptr[at] == '[') {
        pass_list(members, text, at);
        return false;
    }
    const size_t end = bare_end(members, text, at);
    members->end = end == SIZE_MAX ? 0 : end;
    if (end == SIZE_MAX || end == at ||
        bytes_starts_with(bytes_from(text, at), BYTES_LIT("map["))) {
        return false;
    }
    const struct bytes value = bytes_of(text.ptr + at, end - at);
    out->value = at;
    out->value_end = end;
    out->flags = end == text.len                             ? CELL_PARTIAL | CELL_TEXT
                 : keyed_value_is_digits(value)              ? CELL_NUMBER
                 : base64_encoded(value) || web_token(value) ? CELL_BASE64
                                                             : 0U;
    return true;
}

/* A number or a word where others have quotes: only a number that surely ends there is a value. */
static bool read_word(struct keyed_members *members, struct bytes text, size_t at,
                      struct keyed *out) {
    size_t end = at;
    while (end < text.len && end - at <= KEYED_MAX_KEY_BYTES && text.ptr[end] > ' ' &&
           strchr(",})]>{([\"'", text.ptr[end]) == NULL) {
        end++;
    }
    const size_t behind = skip_blanks(text, end);
    const bool ends =
        behind < text.len && text.ptr[behind] != 0 && strchr(",})]>", text.ptr[behind]) != NULL;
    members->end = ends ? end : 0;
    out->value = at;
    out->value_end = end;
    out->flags = CELL_NUMBER;
    return ends && keyed_value_is_digits(bytes_of(text.ptr + at, end - at));
}

static bool read_value(struct keyed_members *members, struct bare_value *bare, struct bytes text,
                       size_t mark, struct keyed *out) {
    if (members->written != MEMBERS_QUOTED && !is_quote(text, mark + 1)) {
        return read_bare(members, text, mark + 1, out);
    }
    const size_t at = string_begin(text, mark + 1);
    if (at < text.len && text.ptr[at] == '[') {
        pass_list(members, text, at);
        return false;
    }
    if (!is_quote(text, at)) {
        return read_word(members, text, at, out);
    }
    const bool read = keyed_value_read(bare, false, text, mark, at, out);
    members->end = out->value_end + 1;
    return read;
}

bool keyed_member_read(struct keyed_members *members, struct bare_value *bare, struct bytes text,
                       size_t mark, struct keyed *out) {
    const size_t key = name_begin(text, mark);
    struct keyed_members found = *members;
    if (key == mark || !(goes_on(members, text, key) || begins(text, key, mark, &found))) {
        return false;
    }
    *members = found;
    out->key = key;
    out->key_end = mark;
    out->percent = false;
    return read_value(members, bare, text, mark, out) &&
           keyed_key_tells(bytes_of(text.ptr + key, mark - key));
}
