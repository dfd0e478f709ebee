/* Labels that stand alone on a line, as in forms printed downwards or read from paper: their value
 * is the whole line below. */
#include "match/matcher.h"

enum { LINE_HEAD_MOST = 24 }; /* before the label: 2. 訂購人 of 2. 訂購人姓名 */

/* Does nothing but a short heading stand before the label on its line? */
static bool begins_line(const struct segment *segment, size_t label) {
    static const struct bytes parting[] = {{(const uint8_t *)"：", 3}, {(const uint8_t *)"，", 3},
                                           {(const uint8_t *)"。", 3}, {(const uint8_t *)"、", 3},
                                           {(const uint8_t *)"；", 3}, {(const uint8_t *)"＝", 3}};
    size_t begin = label;
    while (begin > 0 && segment->bytes[begin - 1] != '\n') {
        uint8_t c = segment->bytes[--begin];
        if (label - begin > LINE_HEAD_MOST || strchr(":=,;|\"'<>{}/", c) != NULL) {
            return false;
        }
    }
    struct bytes head = bytes_of(segment->bytes + begin, label - begin);
    for (size_t i = 0; i < sizeof parting / sizeof *parting; i++) {
        if (bytes_find(head, parting[i]) != SIZE_MAX) {
            return false;
        }
    }
    return begin > 0 || (segment->flags & SEGMENT_AT_LINE) != 0 || segment->offset == 0;
}

static bool is_blank(uint8_t c) {
    return c == ' ' || c == '\t' || c == '\r';
}

bool match_line_below(const struct segment *segment, const struct word_hit *label, size_t at,
                      size_t limit, struct text_line *out) {
    const uint8_t *bytes = segment->bytes;
    if ((segment->flags & SEGMENT_FREE_TEXT) == 0 || (segment->flags & SEGMENT_BINARY) != 0) {
        return false;
    }
    while (at < limit && is_blank(bytes[at])) {
        at++;
    }
    if (at == limit || bytes[at] != '\n' || !begins_line(segment, label->begin)) {
        return false;
    }
    for (at++; at < limit && is_blank(bytes[at]); at++) {
    }
    const uint8_t *newline = memchr(bytes + at, '\n', limit - at);
    if (newline == NULL && limit < segment->len) {
        return false;
    }
    size_t end = newline == NULL ? limit : (size_t)(newline - bytes);
    while (end > at && is_blank(bytes[end - 1])) {
        end--;
    }
    *out = (struct text_line){at, end};
    return end > at && end - at <= LABELLED_VALUE_MAX;
}
