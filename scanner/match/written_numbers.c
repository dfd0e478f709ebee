/* Numbers that the lattice does not see, because not all of their characters are ASCII digits and
 * marks: Ａ１２３４５６７８９, A12○○○○789, 0912－345－678, and behind a label also ones with few
 * marks (0912-3456**), short groups ((037)23-4567), which cells that begin so may hold as well, or
 * other signs between them (0912.345.678, 0912/345/678, +886(0)2…). */
#include "core/utf8.h"
#include "match/matcher.h"
#include "patterns/mask_marks.h"

enum {
    BEFORE_MAX = 14,    /* bytes of a number before its first mark */
    LABELLED_LEAST = 6, /* digits and marks behind a label, elsewhere TOKEN_MIN */
    GAP_MOST = 2,       /* separators between two characters */
    ENDS_MOST = 4       /* groups that may be the last one */
};

struct number_parts {
    size_t end;
    unsigned letters, digits, marks;
    bool unusual; /* the lattice misses it */
    /* Where groups end with which it is long enough: another number may follow it. */
    size_t ends[ENDS_MOST], end_count;
};

/* ０-９ and Ａ-Ｚ, ａ-ｚ as ASCII, else 0. */
static uint8_t full_width(struct bytes rest) {
    if (rest.len < 3 || rest.ptr[0] != 0xEF) {
        return 0;
    }
    unsigned code = (unsigned)(rest.ptr[1] & 0x3F) << 6 | (rest.ptr[2] & 0x3F); /* U+Fxxx */
    uint8_t c = code >= 0xF01 && code <= 0xF5E ? (uint8_t)(code - 0xF00 + 0x20) : 0;
    return byte_is_alnum(c) ? c : 0;
}

/* Hyphens and blanks that are no ASCII, and characters without width: how long they are; 0: it is
 * none. */
static size_t wide_gap_length(struct bytes rest) {
    if (rest.len >= 2 && rest.ptr[0] == 0xC2) {
        return rest.ptr[1] == 0xA0 ? 2 : 0;
    }
    if (rest.len < 3 || (rest.ptr[0] & 0xF0) != 0xE0) {
        return 0;
    }
    uint32_t code = (uint32_t)(rest.ptr[0] & 0x0F) << 12 | (uint32_t)(rest.ptr[1] & 0x3F) << 6 |
                    (rest.ptr[2] & 0x3F);
    bool blank = code == 0x3000 || code == 0x202F || (code >= 0x2002 && code <= 0x200A);
    return utf8_is_hyphen(code) || blank || utf8_is_unseen(code) ? 3 : 0;
}

/* U+FF0E, U+FF0F. */
static bool is_wide_sign(struct bytes rest) {
    return rest.len >= 3 && rest.ptr[0] == 0xEF && rest.ptr[1] == 0xBC &&
           (rest.ptr[2] == 0x8E || rest.ptr[2] == 0x8F);
}

/* U+FF08, U+FF09. */
static bool is_wide_bracket(struct bytes rest) {
    return rest.len >= 3 && rest.ptr[0] == 0xEF && rest.ptr[1] == 0xBC &&
           (rest.ptr[2] == 0x88 || rest.ptr[2] == 0x89);
}

/* What may stand between two characters of a number; *seen: the lattice knows it, too. */
static size_t separator_length(struct bytes rest, bool *seen) {
    uint8_t c = rest.ptr[0];
    *seen = c == ' ' || c == '-' || c == '+';
    bool other = c == '.' || c == '/' || c == '(' || c == ')';
    bool wide = is_wide_bracket(rest) || is_wide_sign(rest);
    return *seen || other ? 1 : wide ? 3 : wide_gap_length(rest);
}

/* XXX and 12XX, not the beginning of a word ("ok") that follows the number. */
static bool is_masking(struct bytes rest) {
    size_t at = 0;
    while (at < rest.len && byte_is_alnum(rest.ptr[at])) {
        uint8_t c = rest.ptr[at++] | 0x20;
        if (byte_is_letter(c) && c != 'x' && c != 'o') {
            return false;
        }
    }
    return true;
}

/* One digit, mark, or letter in front; its length, 0 for anything else. */
static size_t take_symbol(struct bytes rest, struct number_parts *parts) {
    uint8_t wide = full_width(rest), c = wide != 0 ? wide : rest.ptr[0];
    size_t mark = mask_mark_length(rest.ptr, rest.len), length = wide != 0 ? 3 : 1;
    bool front = parts->digits + parts->marks == 0;
    bool marks = mark != 0 || (c | 0x20) == 'x' || (c | 0x20) == 'o';
    if (byte_is_digit(c)) {
        parts->digits++;
    } else if (front && byte_is_letter(c) &&
               (parts->letters == 0 || (!marks && parts->letters < LETTERS_MAX))) {
        parts->letters++; /* in first place X and O are letters of counties too */
    } else if (marks && (mark != 0 || wide != 0 || is_masking(rest))) {
        parts->marks++;
        length = mark != 0 ? mark : length;
    } else {
        return 0;
    }
    parts->unusual |= length > 1;
    return length;
}

/* May it be a number without a label? */
static bool is_whole(const struct number_parts *parts) {
    return parts->digits + parts->marks >= TOKEN_MIN && parts->digits >= 2 && parts->marks != 1;
}

/* The number that begins at AT of TEXT. */
static struct number_parts read_number(struct bytes text, size_t at) {
    struct number_parts parts = {.end = at};
    unsigned gap = 0;
    bool foreign = false;
    while (at < text.len) {
        struct bytes rest = bytes_from(text, at);
        size_t length = take_symbol(rest, &parts);
        if (length != 0) {
            parts.unusual |= foreign;
            gap = 0;
            parts.end = at + length;
        } else {
            bool seen;
            length = separator_length(rest, &seen);
            foreign |= !seen;
            if (length == 0 || ++gap > GAP_MOST) {
                break;
            }
            if (gap == 1 && parts.end_count < ENDS_MOST && is_whole(&parts)) {
                parts.ends[parts.end_count++] = parts.end;
            }
        }
        at += length;
    }
    if (parts.end < text.len && byte_is_alnum(text.ptr[parts.end])) {
        parts.digits = parts.marks = 0; /* goes on as something else */
    }
    return parts;
}

size_t match_labelled_number(const struct passage *p, size_t begin, size_t limit) {
    struct bytes text = bytes_of(p->segment->bytes, limit);
    if (limit - begin > LABELLED_VALUE_MAX) {
        text.len = begin + LABELLED_VALUE_MAX;
    }
    struct number_parts parts = read_number(text, begin);
    bool bracket = begin > 0 && text.ptr[begin - 1] == '(';
    bool missed = parts.unusual || bracket || parts.marks != 0;
    bool enough = parts.digits + parts.marks >= LABELLED_LEAST && parts.digits >= 2;
    return missed && enough && parts.marks != 1 ? parts.end : begin;
}

size_t match_grouped_number(const struct passage *p, size_t begin, size_t limit) {
    struct bytes text = bytes_of(p->segment->bytes, limit);
    if (limit - begin > LABELLED_VALUE_MAX) {
        text.len = begin + LABELLED_VALUE_MAX;
    }
    struct number_parts parts = read_number(text, begin);
    return parts.letters == 0 && parts.digits + parts.marks >= TOKEN_MIN ? parts.end : begin;
}

/* The first byte of the number around the wide character at AT, not before FROM. */
static size_t number_begin(struct bytes text, size_t from, size_t at) {
    size_t begin = at, least = at - from > BEFORE_MAX ? at - BEFORE_MAX : from;
    while (begin > least &&
           (byte_is_alnum(text.ptr[begin - 1]) ||
            (begin - 1 > least && (text.ptr[begin - 1] == '-' || text.ptr[begin - 1] == ' ') &&
             byte_is_digit(text.ptr[begin - 2])))) {
        begin--;
    }
    return begin;
}

void match_bracketed_cell(struct passage *p, const struct cell *cell) {
    size_t begin = cell->offset, end = begin + cell->length;
    if (p->segment->bytes[begin + 1] != '0') {
        return;
    }
    struct number_parts parts = read_number(bytes_of(p->segment->bytes, end), begin);
    if (parts.digits + parts.marks >= TOKEN_MIN && parts.digits >= 2) {
        match_add_number(p, begin, parts.end);
    }
}

void match_written_numbers(struct passage *p) {
    const uint64_t *wide = p->state->sets.wide;
    const uint8_t *bytes = p->segment->bytes;
    size_t count = p->limit - p->base, passed = p->base;
    for (size_t i = bits_next(wide, 0, count); i < count; i = bits_next(wide, i + 1, count)) {
        size_t at = p->base + i, from, limit;
        struct bytes rest = bytes_of(bytes + at, p->limit - at);
        if (is_wide_bracket(rest) && at > p->base && byte_is_digit(bytes[at - 1])) {
            match_bracketed_number(p, at + 3); /* （037）234567 */
        }
        bool between = wide_gap_length(rest) != 0 && at > p->base && byte_is_digit(bytes[at - 1]);
        if (at < passed ||
            (full_width(rest) == 0 && mask_mark_length(rest.ptr, rest.len) == 0 && !between) ||
            !match_text_bounds(p, at, &from, &limit)) {
            continue;
        }
        struct bytes text = bytes_of(bytes, limit);
        size_t begin = number_begin(text, from > passed ? from : passed, at);
        struct number_parts parts = read_number(text, begin);
        passed = parts.end > at ? parts.end : at + 1;
        for (size_t end = 0; end < parts.end_count; end++) {
            match_add_number(p, begin, parts.ends[end]);
        }
        if (is_whole(&parts)) {
            match_add_number(p, begin, parts.end);
        }
    }
}
