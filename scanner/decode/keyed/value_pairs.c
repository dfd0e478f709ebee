#include "decode/keyed/value_pairs.h"

#include "decode/encoded_text.h"

enum { LONE_KEY_BYTES = 24, KEY_BYTES = 64, KEY_REACH = VALUE_PAIRS_KEY_BYTES };

static const struct bytes separators[] = {
    {(const uint8_t *)"&", 1},  {(const uint8_t *)";", 1},  {(const uint8_t *)"；", 3},
    {(const uint8_t *)"\n", 1}, {(const uint8_t *)"|", 1},  {(const uint8_t *)",", 1},
    {(const uint8_t *)"，", 3}, {(const uint8_t *)"、", 3},
};
enum { SEPARATORS = sizeof separators / sizeof *separators };

static bool is_key(struct bytes key) {
    bool percent = percent_encoded(key);
    if (key.len == 0 || key.len > (percent ? VALUE_PAIRS_KEY_BYTES : KEY_BYTES)) {
        return false;
    }
    bool begins = byte_is_letter(key.ptr[0]) || key.ptr[0] == '_' || key.ptr[0] >= 0xE3 ||
                  (percent && key.ptr[0] == '%');
    for (size_t i = 0; begins && i < key.len; i++) {
        uint8_t c = key.ptr[i];
        if (!(percent && (c == '%' || c == '+')) && !byte_is_alnum(c) && c < 0x80 && c != '_' &&
            c != '.' && c != '-' && c != '[' && c != ']' && c != ' ') {
            return false;
        }
    }
    return begins;
}

/* Split PART behind its key: at an equals sign, else at a colon. */
static bool read_pair(struct bytes part, struct value_pair *out, bool *equals) {
    struct bytes head = bytes_first(part, KEY_REACH);
    size_t mark = bytes_find(head, BYTES_LIT("=")), width = 1;
    *equals = mark != SIZE_MAX;
    if (!*equals) {
        size_t wide = bytes_find(head, BYTES_LIT("："));
        mark = bytes_find(head, BYTES_LIT(":"));
        if (wide < mark) {
            mark = wide;
            width = 3;
        }
    }
    if (mark == SIZE_MAX) {
        return false;
    }
    out->key = bytes_trim(bytes_first(part, mark));
    out->value = bytes_trim(bytes_from(part, mark + width));
    /* scheme://host is no pair */
    return is_key(out->key) && !bytes_starts_with(out->value, BYTES_LIT("//"));
}

/* TEXT as parts between SEPARATOR; 0 when one of them is no pair or they are of different forms. */
static size_t read_parts(struct bytes text, struct bytes separator, struct value_pair *out,
                         bool *equals) {
    size_t count = 0;
    while (text.len > 0) {
        size_t end = bytes_find(text, separator);
        struct bytes part = bytes_trim(end == SIZE_MAX ? text : bytes_first(text, end));
        text = end == SIZE_MAX ? bytes_from(text, text.len) : bytes_from(text, end + separator.len);
        if (part.len == 0) {
            continue;
        }
        bool by_equals;
        if (count == VALUE_PAIRS_MOST || !read_pair(part, &out[count], &by_equals) ||
            (count > 0 && by_equals != *equals)) {
            return 0;
        }
        *equals = by_equals;
        count++;
    }
    return count;
}

/* What stands behind the '?' of a URL; all of TEXT when it is none. */
static struct bytes query_of(struct bytes text, bool *is_url) {
    *is_url = bytes_starts_with(text, BYTES_LIT("http://")) ||
              bytes_starts_with(text, BYTES_LIT("https://")) ||
              bytes_starts_with(text, BYTES_LIT("/"));
    size_t mark = bytes_find(text, BYTES_LIT("?"));
    if (*is_url) {
        text = mark == SIZE_MAX ? bytes_from(text, text.len) : bytes_from(text, mark + 1);
    } else if (mark == 0) {
        text = bytes_from(text, 1);
    }
    size_t fragment = *is_url ? bytes_find(text, BYTES_LIT("#")) : SIZE_MAX;
    return fragment == SIZE_MAX ? text : bytes_first(text, fragment);
}

/* base64 ends in equals signs, and a formula goes on behind its own. */
static bool is_lone_value(struct bytes value) {
    return value.len > 1 && value.ptr[0] != '=' && memchr(value.ptr, ' ', value.len) == NULL;
}

size_t value_pairs_read(struct bytes text, struct value_pair out[VALUE_PAIRS_MOST], bool *query) {
    bool is_url, equals = false;
    *query = false;
    text = bytes_trim(text);
    if (text.len > VALUE_PAIRS_BYTES) {
        return 0;
    }
    text = query_of(text, &is_url);
    for (size_t i = 0; i < SEPARATORS; i++) {
        if (is_url && i > 0) {
            break;
        }
        if (bytes_find(text, separators[i]) == SIZE_MAX) {
            continue;
        }
        size_t count = read_parts(text, separators[i], out, &equals);
        if (count >= 2 || (count == 1 && equals)) {
            *query = i == 0 && equals;
            return count;
        }
    }
    /* One pair alone: with an equals sign only, as a colon stands in many texts. */
    if (text.len > 0 && read_pair(text, &out[0], &equals) && equals &&
        out[0].key.len <= LONE_KEY_BYTES && is_lone_value(out[0].value)) {
        *query = true;
        return 1;
    }
    return 0;
}
