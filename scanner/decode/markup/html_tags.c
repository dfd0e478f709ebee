#include "decode/markup/html_tags.h"

#include "decode/encoded_text.h"

enum { SCRIPT_BYTES_MOST = 256 * 1024 }; /* what goes on longer is text like any other */

static bool is_blank(uint8_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool html_is(const struct html_tag *tag, const char *name) {
    return bytes_equal_ignoring_case(tag->name, bytes_of_string(name));
}

/* Behind the > that ends the tag at AT, quotes heeded; SIZE_MAX: TEXT ends before. A quote that is
 * never closed ends with the first > like a browser's would not; it costs nothing but looks. */
static size_t tag_end(struct bytes text, size_t at) {
    size_t i = at;
    uint8_t quote = 0, before = 0;
    for (; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
        before = is_blank(c) ? before : c;
    }
    if (quote != 0) {
        const uint8_t *end = memchr(text.ptr + at, '>', text.len - at);
        return end == NULL ? SIZE_MAX : (size_t)(end - text.ptr) + 1;
    }
    return SIZE_MAX;
}

static size_t behind(struct bytes text, size_t from, struct bytes what) {
    size_t at = bytes_find(bytes_from(text, from), what);
    return at == SIZE_MAX ? SIZE_MAX : from + at + what.len;
}

/* The place of </NAME … behind FROM. */
static size_t closing(struct bytes text, size_t from, struct bytes name) {
    while (from < text.len) {
        size_t at = behind(text, from, BYTES_LIT("</"));
        if (at == SIZE_MAX) {
            return SIZE_MAX;
        }
        if (bytes_equal_ignoring_case(bytes_first(bytes_from(text, at), name.len), name)) {
            return at - 2;
        }
        from = at;
    }
    return SIZE_MAX;
}

static enum html_found finish(struct bytes text, size_t end, struct html_tag *out) {
    if (end == SIZE_MAX) {
        out->end = text.len;
        return HTML_CUT;
    }
    out->end = end;
    return HTML_TAG;
}

static enum html_found read_tag(struct bytes text, size_t at, struct html_tag *out) {
    size_t i = at + 1;
    out->begin = at;
    out->closes = i < text.len && text.ptr[i] == '/';
    i += out->closes;
    if (bytes_starts_with(bytes_from(text, i), BYTES_LIT("!--"))) {
        out->name = bytes_of(text.ptr + i, 3);
        return finish(text, behind(text, i + 3, BYTES_LIT("-->")), out);
    }
    size_t name = i;
    while (i < text.len && (byte_is_alnum(text.ptr[i]) || text.ptr[i] == ':' ||
                            text.ptr[i] == '-' || (i == name && text.ptr[i] == '!'))) {
        i++;
    }
    out->name = bytes_of(text.ptr + name, i - name);
    size_t end = tag_end(text, i);
    bool opaque = html_is(out, "script") || html_is(out, "style");
    if (opaque && !out->closes && end != SIZE_MAX) {
        size_t close = closing(text, end, out->name);
        if (close != SIZE_MAX) {
            end = close;
        } else if (text.len - end < SCRIPT_BYTES_MOST) {
            end = SIZE_MAX;
        }
    }
    return finish(text, end, out);
}

enum html_found html_next_tag(struct bytes text, size_t at, struct html_tag *out) {
    while (at < text.len) {
        const uint8_t *open = memchr(text.ptr + at, '<', text.len - at);
        if (open == NULL) {
            return HTML_NONE;
        }
        at = (size_t)(open - text.ptr);
        uint8_t next = at + 1 < text.len ? text.ptr[at + 1] : '/';
        if (byte_is_letter(next) || next == '/' || next == '!') {
            return read_tag(text, at, out);
        }
        at++; /* a < b */
    }
    return HTML_NONE;
}

/* ---- attributes ---- */

static struct bytes read_value(struct bytes tag, size_t *at) {
    size_t i = *at;
    uint8_t quote = i < tag.len ? tag.ptr[i] : 0;
    if (quote == '"' || quote == '\'') {
        const uint8_t *end = memchr(tag.ptr + i + 1, quote, tag.len - i - 1);
        size_t to = end == NULL ? tag.len : (size_t)(end - tag.ptr);
        *at = to + 1;
        return bytes_of(tag.ptr + i + 1, to - i - 1);
    }
    while (i < tag.len && !is_blank(tag.ptr[i]) && tag.ptr[i] != '>') {
        i++;
    }
    struct bytes value = bytes_of(tag.ptr + *at, i - *at);
    *at = i;
    return value;
}

bool html_attribute(struct bytes text, const struct html_tag *tag, const char *name,
                    struct bytes *value) {
    struct bytes inside = bytes_of(text.ptr + tag->begin, tag->end - tag->begin);
    size_t at = 1 + tag->name.len;
    while (at < inside.len) {
        while (at < inside.len && (is_blank(inside.ptr[at]) || inside.ptr[at] == '/')) {
            at++;
        }
        size_t begin = at;
        while (at < inside.len && inside.ptr[at] != '=' && inside.ptr[at] != '>' &&
               !is_blank(inside.ptr[at])) {
            at++;
        }
        struct bytes found = bytes_of(inside.ptr + begin, at - begin);
        while (at < inside.len && is_blank(inside.ptr[at])) {
            at++;
        }
        struct bytes has = bytes_of(inside.ptr + begin, 0);
        if (at < inside.len && inside.ptr[at] == '=') {
            for (at++; at < inside.len && is_blank(inside.ptr[at]); at++) {
            }
            has = read_value(inside, &at);
        } else if (found.len == 0) {
            at++;
        }
        if (bytes_equal_ignoring_case(found, bytes_of_string(name))) {
            *value = has;
            return true;
        }
    }
    return false;
}

bool html_hides(struct bytes text, const struct html_tag *tag) {
    struct bytes value;
    if (tag->closes || tag->name.len == 0 || tag->name.ptr[0] == '!') {
        return false;
    }
    if (html_attribute(text, tag, "hidden", &value)) {
        return true;
    }
    if (html_is(tag, "input")) {
        return html_attribute(text, tag, "type", &value) &&
               bytes_equal_ignoring_case(value, BYTES_LIT("hidden"));
    }
    if (!html_attribute(text, tag, "style", &value)) {
        return false;
    }
    return bytes_find(value, BYTES_LIT("display:none")) != SIZE_MAX ||
           bytes_find(value, BYTES_LIT("display: none")) != SIZE_MAX ||
           bytes_find(value, BYTES_LIT("visibility:hidden")) != SIZE_MAX;
}

/* ---- text ---- */

size_t html_unescape(struct bytes value, uint8_t *out, unsigned dialect) {
    struct html_tag tag;
    size_t at = 0, len = 0;
    while (at < value.len) {
        enum html_found found = html_next_tag(value, at, &tag);
        size_t end = found == HTML_TAG ? tag.begin : value.len;
        memmove(out + len, value.ptr + at, end - at);
        len += end - at;
        if (found != HTML_TAG) {
            break;
        }
        if (html_is(&tag, "br") || html_is(&tag, "p") || html_is(&tag, "div")) {
            out[len++] = ' ';
        }
        at = tag.end;
    }
    len = references_decode(bytes_of(out, len), out, dialect);
    struct bytes trimmed = bytes_trim(bytes_of(out, len));
    memmove(out, trimmed.ptr, trimmed.len);
    return trimmed.len;
}
