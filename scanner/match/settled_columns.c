/* Columns of a table in which nothing can be found, whatever stands beside them: numbers that no
 * kind takes, times, words. Most tables have some; where they are the only ones that their names do
 * not explain, no sets of positions are made of all the bytes. */
#include "match/matcher.h"
#include "patterns/digits.h"

enum {
    DATE_BYTES = 10,
    MINUTE_BYTES = 16, /* 2025-01-31 10:30 */
    SECOND_BYTES = 19,
    FRACTION_MOST = TOKEN_MIN - 1, /* digits of a second's fraction */
    NUMBER_MOST = 16,
    WORDED_LEAST = 7, /* bytes of a text that has a word, something behind it, and a number */
};

/* Are bytes FIRST and SECOND of the eight in WORD those marks, and all the others digits? */
static inline bool is_marked(uint64_t word, unsigned first, uint8_t first_mark, unsigned second,
                             uint8_t second_mark) {
    uint64_t marks = (uint64_t)first_mark << 8 * first | (uint64_t)second_mark << 8 * second;
    uint64_t zeros = (uint64_t)'0' << 8 * first | (uint64_t)'0' << 8 * second;
    uint64_t places = (uint64_t)0xFF << 8 * first | (uint64_t)0xFF << 8 * second;
    return (word & places) == marks && digits_are8(word ^ marks ^ zeros);
}

static inline bool are_digits2(const uint8_t *p) {
    return byte_is_digit(p[0]) && byte_is_digit(p[1]);
}

/* 2025-01-31 */
static inline bool is_date(const uint8_t *p) {
    return is_marked(digits_load8(p), 4, '-', 7, '-') && are_digits2(p + 8);
}

/* What stands behind the seconds: nothing, .123456, Z, +08:00 */
static bool is_rest_of_time(const uint8_t *p, const uint8_t *end) {
    if (p < end && *p == '.') {
        const uint8_t *from = ++p;
        while (p < end && byte_is_digit(*p)) {
            p++;
        }
        if (p == from || p - from > FRACTION_MOST) {
            return false;
        }
    }
    return p == end || (*p == 'Z' && p + 1 == end) ||
           (*p == '+' && end - p == 6 && are_digits2(p + 1) && p[3] == ':' && are_digits2(p + 4));
}

/* 2025-01-31T10:30, 2025-01-31 10:30:00.123456+08:00. Behind a blank the hour goes on with the
 * digits of the day. */
static inline bool is_time(const struct matcher *matcher, const uint8_t *p, size_t length) {
    uint8_t between = p[DATE_BYTES];
    if ((between != 'T' && between != ' ') || !is_marked(digits_load8(p), 4, '-', 7, '-') ||
        !is_marked(digits_load8(p + 8), 2, between, 5, ':') ||
        (between == ' ' && matcher->taken_bare[p[0] - '0'][DATE_BYTES])) {
        return false;
    }
    return length == MINUTE_BYTES ||
           (length >= SECOND_BYTES && p[MINUTE_BYTES] == ':' && are_digits2(p + MINUTE_BYTES + 1) &&
            is_rest_of_time(p + SECOND_BYTES, p + length));
}

/* Eight digits and more in one piece that are of no kind. */
static inline bool is_nobodys(const struct matcher *matcher, const uint8_t *p, size_t length) {
    return length <= NUMBER_MOST && digits_are8(digits_load8(p)) &&
           digits_are8(digits_load8(p + length - 8)) && !matcher->taken_bare[p[0] - '0'][length];
}

/* Too short for a number of any kind, and for a word with something behind it. */
static inline bool is_short_text(const uint8_t *p, size_t length) {
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t word = digits_load8(p) & bits_low_mask(8 * length);
    return (word & high) == 0 && (length < WORDED_LEAST || (memchr(p, ' ', length) == NULL &&
                                                            memchr(p, ':', length) == NULL &&
                                                            memchr(p, '=', length) == NULL));
}

/* What most cells of a column are; the others are asked one by one. */
enum cell_form {
    FORM_OTHER,
    FORM_SHORT_NUMBER,
    FORM_NUMBER,
    FORM_SHORT_TEXT,
    FORM_DATE,
    FORM_TIME
};

/* Nothing beside the cell belongs to what stands in it. */
static inline bool is_apart(const struct passage *p, const struct cell *cell) {
    const bool *joins = p->state->matcher->joins;
    const uint8_t *text = p->segment->bytes + cell->offset;
    return (cell->offset == 0 || !joins[text[-1]]) && !joins[text[cell->length]];
}

static inline bool has_form(const struct passage *p, const struct cell *cell, enum cell_form form) {
    const struct matcher *matcher = p->state->matcher;
    const uint8_t *text = p->segment->bytes + cell->offset;
    const size_t length = cell->length;
    switch (form) {
    case FORM_SHORT_NUMBER:
        return cell->flags == CELL_NUMBER && length < TOKEN_MIN;
    case FORM_NUMBER:
        return cell->flags == CELL_NUMBER && length >= TOKEN_MIN &&
               is_nobodys(matcher, text, length) && is_apart(p, cell);
    case FORM_SHORT_TEXT:
        return cell->flags == 0 && length < TOKEN_MIN && is_short_text(text, length);
    case FORM_DATE:
        return cell->flags == 0 && length == DATE_BYTES && is_date(text) && is_apart(p, cell);
    case FORM_TIME:
        return cell->flags == 0 && length >= MINUTE_BYTES && is_time(matcher, text, length) &&
               is_apart(p, cell);
    case FORM_OTHER:
        break;
    }
    return cell->flags == CELL_NULL;
}

static enum cell_form form_of(const struct passage *p, const struct cell *cell) {
    bool days = p->state->matcher->dates == LATTICE_DATES_CLEARED;
    enum cell_form form = days ? FORM_TIME : FORM_SHORT_TEXT;
    while (form != FORM_OTHER && !has_form(p, cell, form)) {
        form--;
    }
    return form;
}

/* The first cell from I on, down the column, that is not of FORM, which is known where this is
 * called. */
static inline __attribute__((always_inline)) size_t form_ends(const struct passage *p, size_t i,
                                                              enum cell_form form) {
    const struct segment *segment = p->segment;
    const size_t count = segment->cell_count, stride = segment->columns;
    while (i < count && has_form(p, &segment->cells[i], form)) {
        i += stride;
    }
    return i;
}

static size_t behind_form(const struct passage *p, size_t i, enum cell_form form) {
    switch (form) {
    case FORM_SHORT_NUMBER:
        return form_ends(p, i, FORM_SHORT_NUMBER);
    case FORM_NUMBER:
        return form_ends(p, i, FORM_NUMBER);
    case FORM_SHORT_TEXT:
        return form_ends(p, i, FORM_SHORT_TEXT);
    case FORM_DATE:
        return form_ends(p, i, FORM_DATE);
    case FORM_TIME:
        return form_ends(p, i, FORM_TIME);
    case FORM_OTHER:
        break;
    }
    return form_ends(p, i, FORM_OTHER);
}

bool match_column_is_settled(const struct passage *p, size_t column) {
    const struct segment *segment = p->segment;
    size_t i = column;
    while (i < segment->cell_count) {
        size_t behind = behind_form(p, i, form_of(p, &segment->cells[i]));
        if (behind == i) {
            return false;
        }
        i = behind;
    }
    return true;
}

bool match_column_is_wordless(const struct passage *p, size_t column) {
    const struct segment *segment = p->segment;
    for (size_t i = column; i < segment->cell_count; i += segment->columns) {
        const struct cell *cell = &segment->cells[i];
        if (cell->flags != CELL_NULL &&
            (cell->flags != 0 ||
             match_any_in(p, p->state->sets.telling, cell->offset, cell->length))) {
            return false;
        }
    }
    return true;
}

static inline bool tells(const struct passage *p, size_t from, size_t to) {
    return to > from + TOKEN_MIN - 1 && match_any_in(p, p->state->sets.telling, from, to - from);
}

bool match_gaps_are_wordless(const struct passage *p) {
    const struct segment *segment = p->segment;
    size_t behind = segment->begin;
    for (size_t i = 0; i < segment->cell_count; i++) {
        const struct cell *cell = &segment->cells[i];
        if (tells(p, behind, cell->offset)) {
            return false;
        }
        behind = (size_t)cell->offset + cell->length;
    }
    return !tells(p, behind, segment->end);
}
