/* What stands between a label and its value: colons, tags, the ends of brackets and emphasis. */
#include "match/matcher.h"
#include "patterns/emphasis.h"

enum { GAP_MAX = 6, TAG_MAX = 80, BLANKS_MAX = 40 };

/* </dt>, <td class="value">: 0 when TEXT does not begin with a tag. */
static size_t tag_length(struct bytes text) {
    if (text.len < 3 || text.ptr[0] != '<' ||
        !(byte_is_letter(text.ptr[1]) || text.ptr[1] == '/')) {
        return 0;
    }
    for (size_t i = 2; i < text.len && i < TAG_MAX && text.ptr[i] >= 0x20; i++) {
        if (text.ptr[i] == '>') {
            return i + 1;
        }
    }
    return 0;
}

/* Marks at AT, behind a colon, that end what began before LABEL: **label：** value. */
static size_t late_closing_marks(const struct segment *segment, const struct word_hit *label,
                                 size_t at, size_t limit) {
    const uint8_t *bytes = segment->bytes;
    uint8_t mark = bytes[at];
    size_t least = label->begin > LABEL_REACH ? label->begin - LABEL_REACH : 0;
    size_t open = label->begin, begin, end = at;
    while (open > least && (byte_is_letter(bytes[open - 1]) || bytes[open - 1] >= 0x80)) {
        open--; /* 訂購人 of **訂購人姓名：** */
    }
    struct bytes word = bytes_of(bytes + open, label->begin - open);
    if (bytes_find(word, BYTES_LIT("\xEF\xBC")) != SIZE_MAX ||
        bytes_find(word, BYTES_LIT("\xE3\x80")) != SIZE_MAX) {
        return 0; /* behind a comma: the marks hide something */
    }
    for (begin = open; begin > least && bytes[begin - 1] == mark; begin--) {
    }
    while (end < limit && bytes[end] == mark) {
        end++;
    }
    size_t marks = open - begin;
    if (marks == 1) { /* "* 電話：*…": a bullet and a mask */
        bool closes = end == at + 1 && end < limit && bytes[end] == ' ' && bytes[open] != ' ';
        return closes ? 1 : 0;
    }
    return marks == 2 && end >= at + marks ? marks : 0;
}

/* Marks at AT that end what a label is emphasised by: **label**:, *label*：, `label`: */
static size_t closing_marks(const struct segment *segment, size_t at, size_t limit) {
    size_t end = at;
    while (end < limit && end - at < 2 && emphasis_may_begin(segment->bytes[at]) &&
           segment->bytes[end] == segment->bytes[at]) {
        end++;
    }
    bool two_stars = end - at == 2 && segment->bytes[at] == '*';
    uint8_t behind = end < limit ? segment->bytes[end] : 0;
    bool sign = behind == ':' || behind == '=' || behind == ' ' || behind == '\t' ||
                bytes_starts_with(bytes_of(segment->bytes + end, limit - end), BYTES_LIT("："));
    return two_stars || sign ? end - at : 0;
}

/* Is the byte at AT what stands between the columns of a form in text, 姓名|王…, 姓名,王…? */
static bool parts_columns(const struct segment *segment, size_t at) {
    uint8_t c = segment->bytes[at];
    return (segment->flags & SEGMENT_FREE_TEXT) != 0 && at > 0 &&
           (c == '|' || (c == ',' && segment->bytes[at - 1] >= 0x80));
}

/* Behind the blanks and the bar at AT, of a record printed downwards: "name      | …". AT: there
 * are none. */
static size_t behind_bar(const struct segment *segment, size_t at, size_t limit) {
    size_t end = at;
    while (end < limit && segment->bytes[end] == ' ') {
        end++;
    }
    bool bar = end > at && end < limit && segment->bytes[end] == '|' &&
               (segment->flags & SEGMENT_FREE_TEXT) != 0;
    return bar ? end + 1 : at;
}

/* 訂購人        林美惠: the columns of a form stand apart. */
static size_t behind_blanks(const struct segment *segment, size_t at, size_t limit) {
    size_t most = at + BLANKS_MAX < limit ? at + BLANKS_MAX : limit;
    while (at < most && segment->bytes[at] == ' ') {
        at++;
    }
    return at;
}

size_t match_label_gap(const struct segment *segment, const struct word_hit *label, size_t limit) {
    static const struct bytes wide[] = {
        {(const uint8_t *)"：", 3},   {(const uint8_t *)"＝", 3},   {(const uint8_t *)"　", 3},
        {(const uint8_t *)"（", 3},   {(const uint8_t *)"為", 3},   {(const uint8_t *)"是", 3},
        {(const uint8_t *)"】", 3},   {(const uint8_t *)"」", 3},   {(const uint8_t *)"）", 3},
        {(const uint8_t *)"〉", 3},   {(const uint8_t *)"「", 3},   {(const uint8_t *)"→", 3},
        {(const uint8_t *)"改成", 6}, {(const uint8_t *)"改為", 6}, {(const uint8_t *)"設成", 6},
        {(const uint8_t *)"設為", 6}};
    size_t at = label->end;
    /* as do those of a report, "card security code      200": a word of ASCII letters needs a mark
     */
    bool in_form = segment->bytes[label->end - 1] >= 0x80;
    size_t closed = at < limit ? closing_marks(segment, at, limit) : 0;
    at = behind_bar(segment, at + closed, limit);
    for (int steps = 0; steps < GAP_MAX && at < limit; steps++) {
        uint8_t c = segment->bytes[at];
        if (c == ':' || c == '=' || c == ' ' || c == '\t' || c == '"' || c == '\'' || c == '(' ||
            c == '>' || c == '\\' || c == ']' ||
            (c == '-' && at + 1 < limit && segment->bytes[at + 1] == '>')) {
            at = c == ' ' && in_form ? behind_blanks(segment, at + 1, limit) : at + 1;
            in_form |= c == ':';
            continue;
        }
        if (parts_columns(segment, at)) {
            at++;
            continue;
        }
        if (closed == 0 && emphasis_may_begin(c)) {
            closed = late_closing_marks(segment, label, at, limit);
            if (closed != 0) {
                at += closed;
                continue;
            }
        }
        size_t before = at;
        at += tag_length(bytes_of(segment->bytes + at, limit - at));
        for (size_t i = 0; c >= 0x80 && at == before && i < sizeof wide / sizeof *wide; i++) {
            if (bytes_starts_with(bytes_of(segment->bytes + at, limit - at), wide[i])) {
                at += wide[i].len;
                break;
            }
        }
        if (at == before) {
            break;
        }
    }
    return at;
}
