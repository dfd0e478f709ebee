#include "patterns/written_email.h"

#include "patterns/half_width.h"

enum { LOCAL_MOST = 64, DOMAIN_MOST = 192, WIDE = 3 };

static uint8_t half(struct bytes rest, size_t *length) {
    return half_width_at(rest, 0, length);
}

static bool in_local(uint8_t c) {
    return byte_is_alnum(c) || (c != 0 && strchr("._-+*", c) != NULL);
}

size_t written_domain_character(struct bytes rest) {
    size_t length;
    uint8_t c = half(rest, &length);
    return byte_is_alnum(c) || c == '-' || c == '.' || c == '*' ? length : 0;
}

static size_t behind_blanks(struct bytes text, size_t at) {
    while (at < text.len && text.ptr[at] == ' ') {
        at++;
    }
    return at;
}

/* Behind the word for a dot at AT, with the blanks around it; AT: there is none. */
static size_t behind_dot(struct bytes text, size_t at) {
    static const char *const dots[] = {"[dot]", "(dot)", "{dot}", "dot ", "點"};
    size_t begin = behind_blanks(text, at);
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++) {
        struct bytes word = bytes_of_string(dots[i]);
        bool apart = word.ptr[0] != 'd' || begin > at;
        if (apart &&
            bytes_equal_ignoring_case(bytes_first(bytes_from(text, begin), word.len), word)) {
            return behind_blanks(text, begin + word.len);
        }
    }
    return at;
}

/* Behind the sign at AT, and the blanks and brackets that belong to it; AT: there is none. */
static size_t behind_sign(struct bytes text, size_t at) {
    static const char *const signs[] = {"[at]",       "(at)",   "{at}", "(小老鼠)",
                                        "（小老鼠）", "小老鼠", "＠",   "@"};
    size_t begin = behind_blanks(text, at);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct bytes sign = bytes_of_string(signs[i]);
        if (bytes_equal_ignoring_case(bytes_first(bytes_from(text, begin), sign.len), sign)) {
            return behind_blanks(text, begin + sign.len);
        }
    }
    return at;
}

/* Where the local part begins that ends at AT, in characters of either width. */
static size_t local_begin(struct bytes text, size_t at) {
    size_t begin = at, length;
    while (begin > 0 && at - begin < LOCAL_MOST) {
        size_t before = begin >= WIDE && text.ptr[begin - 1] >= 0x80 ? begin - WIDE : begin - 1;
        uint8_t c = half(bytes_of(text.ptr + before, begin - before), &length);
        if (length != begin - before || !in_local(c)) {
            break;
        }
        begin = before;
    }
    return begin;
}

/* The characters of a domain and the words for its dots from AT on; *dots: how many. */
static size_t domain_end(struct bytes text, size_t at, size_t *dots) {
    size_t end = at, length;
    *dots = 0;
    while (end < text.len && end - at < DOMAIN_MOST) {
        struct bytes rest = bytes_from(text, end);
        size_t character = written_domain_character(rest), dot = behind_dot(text, end);
        if (character == 0 &&
            (dot == end || written_domain_character(bytes_from(text, dot)) == 0)) {
            break;
        }
        *dots += character == 0 || half(rest, &length) == '.';
        end = character != 0 ? end + character : dot;
    }
    while (end > at && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == '-')) {
        *dots -= text.ptr[end - 1] == '.';
        end--; /* the end of a sentence */
    }
    return end;
}

bool written_email_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    size_t local = anchor, dots;
    while (local > 0 && (text.ptr[local - 1] == ' ' || text.ptr[local - 1] == '(')) {
        local--;
    }
    if (local >= WIDE && bytes_equal(bytes_of(text.ptr + local - WIDE, WIDE), BYTES_LIT("（"))) {
        local -= WIDE;
    }
    size_t domain = behind_sign(text, local);
    *begin = local_begin(text, local);
    while (*begin < local && strchr("._-+*", text.ptr[*begin]) != NULL) {
        (*begin)++;
    }
    *end = domain_end(text, domain, &dots);
    return domain > local && *begin < local && dots > 0;
}

size_t written_email_plain(struct bytes text, uint8_t *out, size_t room) {
    size_t at = 0, len = 0;
    bool sign = false, other = false;
    while (at < text.len) {
        size_t behind = sign ? behind_dot(text, at) : behind_sign(text, at);
        if (len == room) {
            return 0;
        }
        if (behind > at) {
            other |= text.ptr[at] != '@' || behind > at + 1;
            out[len++] = sign ? '.' : '@';
            sign = true;
            at = behind;
            continue;
        }
        if (text.ptr[at] == ' ') {
            return 0;
        }
        out[len++] = text.ptr[at++];
    }
    return sign && other ? len : 0;
}
