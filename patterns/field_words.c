#include "patterns/field_words.h"

#include "core/utf8.h"

enum { NAME_MAX = 512 };

static bool is_upper(uint8_t c) {
    return (uint8_t)(c - 'A') < 26;
}

static bool is_lower(uint8_t c) {
    return (uint8_t)(c - 'a') < 26;
}

/* rcvTel: before T; IDNo: before N; APIKey: before K. */
static bool begins_word(struct bytes name, size_t at) {
    uint8_t before = name.ptr[at - 1], c = name.ptr[at];
    if (!is_upper(c)) {
        return false;
    }
    bool lower_follows = at + 1 < name.len && is_lower(name.ptr[at + 1]);
    return is_lower(before) || byte_is_digit(before) || (is_upper(before) && lower_follows);
}

/* Make room by forgetting the front. */
static void forget_first_word(struct field_words *out) {
    size_t cut = out->count > 1 ? out->start[1] : out->len;
    out->len -= cut;
    memmove(out->text, out->text + cut, out->len);
    out->count -= out->count > 0;
    for (size_t i = 0; i < out->count; i++) {
        out->start[i] = (uint8_t)(out->start[i + 1] - cut);
    }
}

static void add(struct field_words *out, const uint8_t *p, size_t len, bool new_word) {
    while ((new_word && out->count == FIELD_WORDS_MAX) || out->len + len > FIELD_WORDS_TEXT) {
        bool was_only = out->count <= 1;
        forget_first_word(out);
        new_word |= was_only; /* a word longer than everything: its end counts as one */
    }
    if (new_word) {
        out->start[out->count++] = (uint8_t)out->len;
    }
    for (size_t i = 0; i < len; i++) {
        out->text[out->len++] = (char)byte_lower(p[i]);
    }
}

/* Length of the bracketed group at AT, 0 = none. Empty ones are the [] of key paths. */
static size_t bracketed(struct bytes name, size_t at) {
    static const char open[] = "([{<", close[] = ")]}>";
    const char *kind = name.ptr[at] == 0 ? NULL : strchr(open, name.ptr[at]);
    if (kind == NULL) {
        return 0;
    }
    const uint8_t *end = memchr(name.ptr + at, close[kind - open], name.len - at);
    return end == NULL ? 0 : (size_t)(end - name.ptr) - at + 1;
}

static bool ends_caption(struct bytes rest) {
    static const char *const ends[] = {",", ";", ":", "。", "、", "，", "；", "："};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (bytes_starts_with(rest, bytes_of_string(ends[i]))) {
            return true;
        }
    }
    return false;
}

void field_words_cut(struct bytes name, enum field_name_use use, struct field_words *out) {
    uint8_t folded[NAME_MAX];
    if (name.len > NAME_MAX) {
        name = bytes_from(name, name.len - NAME_MAX);
    }
    name = bytes_of(folded, utf8_fold_width(name, folded));
    out->len = out->count = 0;
    bool inside = false; /* a word of ASCII letters and digits */
    for (size_t at = 0; at < name.len;) {
        size_t used = bracketed(name, at);
        if (used != 0) {
            inside = false;
        } else if (use == FIELD_CAPTION && out->count != 0 && ends_caption(bytes_from(name, at))) {
            return;
        } else if (byte_is_alnum(name.ptr[at])) {
            used = 1;
            add(out, name.ptr + at, 1, !inside || begins_word(name, at));
            inside = true;
        } else {
            uint32_t code;
            used = utf8_decode(name.ptr + at, name.len - at, &code);
            if (code != UINT32_MAX && utf8_is_han(code)) {
                add(out, name.ptr + at, used, true);
            }
            inside = false;
        }
        at += used;
    }
}

struct bytes field_words_last(const struct field_words *words) {
    size_t start = words->count == 0 ? 0 : words->start[words->count - 1];
    return bytes_of(words->text + start, words->len - start);
}

void field_words_drop(struct field_words *words, size_t len) {
    words->len -= len < words->len ? len : words->len;
    while (words->count > 0 && words->start[words->count - 1] >= words->len) {
        words->count--;
    }
}
