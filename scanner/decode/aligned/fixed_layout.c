#include "decode/aligned/fixed_layout.h"

#include <stdlib.h>

#include "core/block64/block64.h"
#include "core/utf8.h"

enum {
    LEAST_LINES = 20,
    MOST_LINES = 400, /* looked at */
    LEAST_WIDTH = 16,
    LEAST_FIELDS = 3,
    MANY_VALUES = 5, /* so many different digits in a column are no constant part of a number */
};

/* What stands in one column over all lines. Of a character of two columns the second one is cut:
 * no field can begin there. */
struct column {
    uint16_t blank, digit, letter, wide, cut;
    uint16_t digits; /* set of those met */
};

struct profile {
    size_t lines;
    struct column columns[FIXED_MAX_WIDTH + 1];
};

/* ---- measuring ---- */

size_t fixed_character(enum width_rule measure, const uint8_t *p, size_t left, size_t *length) {
    *length = 1;
    if (p[0] < 0x80) {
        return measure == WIDTH_UTF16 ? 2 : 1;
    }
    uint32_t code;
    *length = utf8_decode(p, left, &code);
    return (size_t)width_by_rule(measure, bytes_of(p, *length));
}

size_t fixed_width(enum width_rule measure, struct bytes line) {
    return (size_t)width_by_rule(measure, line);
}

struct bytes fixed_line(struct bytes line) {
    if (line.len > 0 && line.ptr[line.len - 1] == '\r') {
        line.len--;
    }
    return line;
}

/* ---- lines ---- */

bool fixed_next_line(struct bytes *rest, bool whole, struct bytes *line) {
    const uint8_t *newline = memchr(rest->ptr, '\n', rest->len);
    if (newline == NULL && (!whole || rest->len == 0)) {
        return false;
    }
    size_t len = newline == NULL ? rest->len : (size_t)(newline - rest->ptr);
    *line = fixed_line(bytes_first(*rest, len));
    *rest = bytes_from(*rest, len + 1);
    return true;
}

static struct bytes without_mark(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("\xEF\xBB\xBF")) ? bytes_from(head, 3) : head;
}

/* Lines between the records that pages begin with, and how many of them were not met before. */
struct page_lines {
    struct bytes met[8];
    size_t count, others;
};

/* A page's title differs from the last one's in its number at most, far behind its beginning. */
static void note_other_line(struct page_lines *pages, struct bytes line) {
    enum { ALIKE = 8 };
    struct bytes begin = bytes_first(bytes_trim_wide(line), ALIKE);
    for (size_t i = 0; i < pages->count; i++) {
        if (bytes_equal(pages->met[i], begin)) {
            return;
        }
    }
    pages->others += begin.len > 0;
    if (begin.len > 0 && pages->count < sizeof pages->met / sizeof *pages->met) {
        pages->met[pages->count++] = begin;
    }
}

/* The width that nearly all lines have (a header and a trailer may differ); 0: there is none. */
static size_t constant_width(enum width_rule measure, struct bytes head, bool whole) {
    size_t width = 0, votes = 0, same = 0, lines = 0;
    struct bytes rest = head, line;
    while (lines < MOST_LINES && fixed_next_line(&rest, whole, &line)) {
        size_t here = fixed_width(measure, line);
        lines++;
        if (votes == 0) { /* the majority, if there is one, remains */
            width = here;
        }
        votes += here == width ? 1 : (size_t)-1;
    }
    struct page_lines pages = {.count = 0};
    rest = head;
    for (size_t i = 0; i < lines && fixed_next_line(&rest, whole, &line); i++) {
        if (fixed_width(measure, line) == width) {
            same++;
        } else {
            note_other_line(&pages, line);
        }
    }
    bool constant = same >= LEAST_LINES && pages.others <= 3 + lines / 20 && 2 * same > lines;
    return constant && width >= LEAST_WIDTH && width <= FIXED_MAX_WIDTH ? width : 0;
}

/* ---- columns ---- */

static void add_character(struct profile *profile, size_t column, size_t width,
                          struct bytes character) {
    struct column *c = &profile->columns[column];
    uint8_t first = character.ptr[0];
    bool blank = first == ' ' || bytes_equal(character, BYTES_LIT("\xE3\x80\x80")); /* U+3000 */
    if (byte_is_digit(first)) {
        c->digit++;
        c->digits = (uint16_t)(c->digits | 1U << (first - '0'));
    }
    c->blank = (uint16_t)(c->blank + blank);
    c->letter = (uint16_t)(c->letter + byte_is_letter(first));
    c->wide = (uint16_t)(c->wide + (first >= 0x80 && !blank));
    for (size_t i = 1; i < width; i++) {
        c[i].cut++;
        c[i].blank = (uint16_t)(c[i].blank + blank);
    }
}

static void add_line(struct profile *profile, enum width_rule measure, struct bytes line) {
    size_t at = 0, column = 0;
    while (at < line.len) {
        size_t length, width = fixed_character(measure, line.ptr + at, line.len - at, &length);
        add_character(profile, column, width, bytes_of(line.ptr + at, length));
        at += length;
        column += width;
    }
    profile->lines++;
}

static bool hardly(const struct profile *profile, size_t count) {
    return count * 50 <= profile->lines;
}

static bool nearly_all(const struct profile *profile, size_t count) {
    return hardly(profile, profile->lines - count);
}

/* Nothing ever stands before it, and here something does. */
static bool gap_ends(const struct profile *profile, const struct column *before,
                     const struct column *here) {
    return (profile->lines - before->blank) * 200 <= profile->lines &&
           (profile->lines - here->blank) * 20 >= profile->lines;
}

static bool one_digit(uint16_t digits) {
    return (digits & (digits - 1)) == 0;
}

/* What filled columns hold: 0 when it varies. */
static char class_of(const struct profile *profile, const struct column *column) {
    if (nearly_all(profile, column->digit)) {
        return '9';
    }
    if (nearly_all(profile, column->letter)) {
        return 'a';
    }
    return nearly_all(profile, (size_t)column->wide + column->cut) ? 'w' : '\0';
}

/* Two columns that are always filled, side by side: 0012A123456789, A1234567890912345678. A letter
 * before digits belongs to them. */
static bool filled_differ(const struct profile *profile, const struct column *before,
                          const struct column *here) {
    char was = class_of(profile, before), is = class_of(profile, here);
    if (was == '\0' || is == '\0') {
        return false;
    }
    if (was == '9' && is == '9') { /* numbers vary towards their end, and begin alike */
        return __builtin_popcount(before->digits) >= MANY_VALUES && one_digit(here->digits);
    }
    return was != is && !(was == 'a' && is == '9');
}

/* Padding before a column that never is: values end at different places, the next begins here.
 * Numbers set to the right thin out towards their left end instead: the column before is blank less
 * often than the one before it. */
static bool padding_ends(const struct profile *profile, const struct column *before,
                         const struct column *here, const struct column *two_before) {
    if (!hardly(profile, here->blank) || hardly(profile, before->blank)) {
        return false;
    }
    bool rising = two_before == NULL || before->blank >= two_before->blank;
    bool same_digits = before->digit > 0 && before->wide == 0 && before->letter == 0 &&
                       nearly_all(profile, here->digit);
    return rising && !(same_digits && before->blank < profile->lines / 2);
}

static bool begins_field(const struct profile *profile, size_t column) {
    const struct column *here = &profile->columns[column], *before = here - 1;
    if (!hardly(profile, here->cut) || nearly_all(profile, here->blank)) {
        return false;
    }
    return gap_ends(profile, before, here) ||
           padding_ends(profile, before, here, column >= 2 ? here - 2 : NULL) ||
           filled_differ(profile, before, here);
}

/* Single blanks stand between words too: a sentence filled in over and over is no record. */
static bool is_behind_padding(const struct profile *profile, size_t column) {
    const struct column *here = &profile->columns[column];
    return column >= 2 && !hardly(profile, here[-1].blank) && !hardly(profile, here[-2].blank);
}

/* Fields, and how many of them stand behind blanks. */
static size_t find_fields(const struct profile *profile, struct fixed_layout *out) {
    size_t behind_blanks = 0;
    out->count = 0;
    for (size_t column = 0; column < out->width; column++) {
        bool first = column == 0;
        if (!first && !begins_field(profile, column)) {
            continue;
        }
        if (out->count == FIXED_MAX_FIELDS) {
            return 0;
        }
        behind_blanks += is_behind_padding(profile, column);
        out->starts[out->count++] = (uint16_t)column;
    }
    out->starts[out->count] = (uint16_t)out->width;
    return behind_blanks;
}

static bool find_layout(struct bytes head, bool whole, struct fixed_layout *out) {
    struct profile *profile = calloc(1, sizeof *profile);
    if (profile == NULL) {
        return false;
    }
    struct bytes line;
    while (profile->lines < MOST_LINES && fixed_next_line(&head, whole, &line)) {
        if (fixed_width(out->measure, line) == out->width) {
            add_line(profile, out->measure, line);
        }
    }
    size_t behind_blanks = find_fields(profile, out);
    free(profile);
    return out->count >= LEAST_FIELDS && behind_blanks > 0;
}

bool fixed_layout_find(const struct decode_head *head, struct fixed_layout *out) {
    struct bytes text = without_mark(head->head);
    bool as_it_was = width_before(head->widths, text) == text.len;
    enum width_rule first = as_it_was                          ? WIDTH_SAME
                            : head->widths.rule == WIDTH_UTF16 ? WIDTH_UTF16
                                                               : WIDTH_DOUBLE;
    const enum width_rule measures[] = {first, WIDTH_DOUBLE};
    /* ASCII is as wide by either */
    bool alike = first == WIDTH_DOUBLE ||
                 (first == WIDTH_SAME && block64_ops(isa_best())->ascii(text.ptr, text.len));
    for (size_t i = 0; i < (alike ? 1 : 2); i++) {
        out->measure = measures[i];
        out->width = constant_width(out->measure, text, head->whole);
        if (out->width != 0) {
            return find_layout(text, head->whole, out);
        }
    }
    return false;
}
