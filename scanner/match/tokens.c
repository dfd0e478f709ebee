/* Tokens to candidates: a run of digits, marks and single separators is cut into groups; every run
 * of groups that has the digits of some kind becomes a hit, longest first, so that the first one
 * that is confirmed wins and the rest are skipped by position. */
#include "match/matcher.h"
#include "patterns/emphasis.h"

enum { GROUPS_JOINED = 8 };
enum { WIDE_OPENING = 0x88 }; /* last byte of （ */

struct group {
    size_t begin, end; /* segment coordinates */
};

/* Where a token ends, how its groups are told apart. */
struct token {
    size_t end;        /* segment coordinates */
    bool marks_belong; /* enough mask marks for a masked value: they are part of groups */
};

/* **0912345678**, ***A123456789***: the token's end without the marks that emphasise it, and its
 * *start behind those; marks would be hidden digits. */
static size_t shed_emphasis(const struct segment *segment, size_t *start, size_t end) {
    const uint8_t *bytes = segment->bytes;
    size_t open = *start, close;
    while (open > 0 && *start - open < LETTERS_MAX && byte_is_letter(bytes[open - 1])) {
        open--;
    }
    while (open > 0 && bytes[open - 1] == '*') {
        open--;
    }
    size_t marks = emphasis_length(bytes_of(bytes + open, end - open), &close);
    if (marks == 0 || open + close + marks != end) {
        return end;
    }
    *start = *start < open + marks ? open + marks : *start;
    return open + close;
}

/* "**電話：** 0912***678", "* 0912***678": where the token begins behind marks that belong to the
 * text before it. */
static size_t shed_opening(const struct segment *segment, size_t start) {
    const uint8_t *bytes = segment->bytes;
    size_t end = start, line = start;
    while (end < segment->len && bytes[end] == '*') {
        end++;
    }
    while (line > 0 && bytes[line - 1] == ' ') {
        line--;
    }
    bool item = end == start + 1 && (line == 0 || bytes[line - 1] == '\n');
    uint8_t before = start > 0 ? bytes[start - 1] : ' ';
    bool closes = end == start + 2 && (before == ':' || before >= 0x80 || byte_is_letter(before));
    bool blank = end + 1 < segment->len && bytes[end] == ' ' && bytes[end + 1] != ' ';
    return blank && (item || closes) ? end + 1 : start;
}

static struct token token_at(const struct passage *p, size_t *start) {
    const struct lattice_sets *sets = &p->state->sets;
    size_t limit = p->limit - p->base;
    *start = p->segment->bytes[*start] == '*' ? shed_opening(p->segment, *start) : *start;
    size_t from = *start - p->base;
    size_t end = bits_next_clear(sets->token, from, limit);
    if (end > from && p->segment->bytes[p->base + end - 1] == '*') {
        end = shed_emphasis(p->segment, start, p->base + end) - p->base;
        from = *start - p->base;
    }
    return (struct token){.end = p->base + end,
                          .marks_belong = bits_at_least_three(sets->mark, from, end - from)};
}

/* Both sets a word at a time: one of them may be empty to the end of a long token. */
static size_t first_in_either(const uint64_t *a, const uint64_t *b, size_t from, size_t limit) {
    for (; from < limit; from = (from | 63) + 1) {
        uint64_t word = (a[from >> 6] | b[from >> 6]) >> (from & 63);
        if (word != 0) {
            size_t at = from + (size_t)__builtin_ctzll(word);
            return at < limit ? at : limit;
        }
    }
    return limit;
}

static size_t first_in_neither(const uint64_t *a, const uint64_t *b, size_t from, size_t limit) {
    while (from < limit && ((bits_at(a, from) | bits_at(b, from)) & 1) != 0) {
        from++;
    }
    return from;
}

static bool next_group(const struct passage *p, const struct token *token, size_t from,
                       struct group *out) {
    const uint8_t *bytes = p->segment->bytes;
    const struct lattice_sets *sets = &p->state->sets;
    size_t limit = token->end - p->base, begin = from - p->base, end;
    if (token->marks_belong) {
        begin = first_in_either(sets->digit, sets->mark, begin, limit);
        end = first_in_neither(sets->digit, sets->mark, begin, limit);
    } else {
        begin = bits_next(sets->digit, begin, limit);
        end = bits_next_clear(sets->digit, begin, limit);
    }
    if (begin >= limit) {
        return false;
    }
    *out = (struct group){p->base + begin, p->base + end};
    /* X is a county's letter as well as a mask mark: X123456789, X12****789, X******789. */
    size_t county = out->begin;
    while (county < out->end && bytes[county] == '*') { /* **身分證字號：**X123456789 */
        county++;
    }
    bool shown = county == out->begin || bits_next(sets->mark, county + 1 - p->base,
                                                   out->end - p->base) == out->end - p->base;
    if (token->marks_belong && county + 1 < out->end && (bytes[county] | 0x20) == 'x' &&
        (bytes[county + 1] | 0x20) != 'x' && shown) {
        out->begin = county + 1;
    }
    return true;
}

static bool alnum_at(const struct segment *segment, size_t at) {
    return at < segment->len && byte_is_alnum(segment->bytes[at]);
}

/* The letter of \n, \t or \r, as logs write line ends inside of strings? */
static bool is_escape(const struct segment *segment, size_t at) {
    uint8_t c = segment->bytes[at];
    return at > 0 && segment->bytes[at - 1] == '\\' && (c == 'n' || c == 't' || c == 'r');
}

/* ASCII letters directly before AT: 0 … LETTERS_MAX when a boundary stands before them, else -1. */
static int letters_before(const struct segment *segment, size_t at) {
    int letters = 0;
    while (at > 0 && byte_is_letter(segment->bytes[at - 1]) && !is_escape(segment, at - 1)) {
        if (++letters > LETTERS_MAX) {
            return -1;
        }
        at--;
    }
    return at > 0 && byte_is_digit(segment->bytes[at - 1]) ? -1 : letters;
}

/* A 234567893, A-1234-56789: the letter stands apart from the digits at AT. Where it stands; AT:
 * there is none. */
static size_t letter_apart(const struct segment *segment, size_t at) {
    const uint8_t *bytes = segment->bytes;
    bool apart = match_letter_apart(bytes_of(bytes, segment->len), at);
    return apart && !(at > 2 &&
                      (byte_is_alnum(bytes[at - 3]) || strchr("-_./", bytes[at - 3]) != NULL))
               ? at - 2
               : at;
}

/* 4111111111111111.0: a number that went through a column of floating point, as tables with gaps
 * do. The same digits with two places are an amount. */
static bool is_float_of_zero(const struct segment *segment, size_t end) {
    const uint8_t *bytes = segment->bytes;
    return end + 1 < segment->len && bytes[end] == '.' && bytes[end + 1] == '0' &&
           (end + 2 >= segment->len || (!byte_is_alnum(bytes[end + 2]) && bytes[end + 2] != '.'));
}

/* 121.5654321234: digits of a fraction; 12345678.90: an amount. */
static bool in_fraction(const struct segment *segment, size_t begin, size_t end) {
    enum { LEAST_OF_FLOAT = 12 };
    const uint8_t *bytes = segment->bytes;
    bool before = begin >= 2 && bytes[begin - 1] == '.' && byte_is_digit(bytes[begin - 2]);
    bool after = end + 1 < segment->len && bytes[end] == '.' && byte_is_digit(bytes[end + 1]);
    return before || (after && (end - begin < LEAST_OF_FLOAT || !is_float_of_zero(segment, end)));
}

static kind_set kinds_for(const struct passage *p, size_t begin, size_t end, size_t digits,
                          unsigned letters) {
    const struct matcher *matcher = p->state->matcher;
    kind_set kinds = matcher->by_digits[letters][digits];
    uint8_t first = p->segment->bytes[begin];
    if (kinds != 0 && byte_is_digit(first)) {
        kinds &= matcher->by_lead[first - '0'];
    }
    if (kinds != 0 &&
        (alnum_at(p->segment, end) || (letters == 0 && in_fraction(p->segment, begin, end)))) {
        kinds = 0;
    }
    return kinds;
}

/* Such a value begins before its token, so it is no token itself. */
static void add_with_letter_apart(struct passage *p, size_t begin, size_t end, size_t digits) {
    size_t apart = letter_apart(p->segment, begin);
    if (apart != begin && p->out == &p->state->tokens) {
        kind_set kinds = kinds_for(p, begin, end, digits, 1) & p->state->matcher->separable;
        if (kinds != 0) {
            match_add_place(p, apart, end, kinds, HIT_TOKEN, &p->state->extras);
        }
    }
}

static void add_candidate(struct passage *p, size_t begin, size_t end, size_t digits, bool joined,
                          uint32_t field, uint32_t cell) {
    if (digits > DIGITS_MAX) {
        return;
    }
    const struct matcher *matcher = p->state->matcher;
    if (((matcher->by_digits[0][digits] | matcher->by_digits[1][digits] |
          matcher->by_digits[2][digits])) == 0) {
        return;
    }
    int letters = letters_before(p->segment, begin);
    if (letters < 0) {
        return;
    }
    kind_set kinds = kinds_for(p, begin, end, digits, (unsigned)letters);
    kinds &= joined ? ~(kind_set)0 : matcher->separable;
    if (letters == 0) {
        add_with_letter_apart(p, begin, end, digits);
    }
    if (kinds == 0) {
        return;
    }
    struct hit hit = {.offset = (uint32_t)(begin - (size_t)letters),
                      .length = (uint32_t)(end - begin + (size_t)letters),
                      .field = field,
                      .cell = cell,
                      .kinds = kinds,
                      .origin = HIT_TOKEN,
                      .ascii = true};
    match_add_told(p, &hit, p->out);
}

/* Does one end before AT? Its length: ")" or the full-width U+FF09, of which LAST is the last byte.
 */
static size_t bracket_before(struct bytes text, size_t at, uint8_t ascii, uint8_t last) {
    if (at >= 1 && text.ptr[at - 1] == ascii) {
        return 1;
    }
    bool wide =
        at >= 3 && text.ptr[at - 1] == last && text.ptr[at - 2] == 0xBC && text.ptr[at - 3] == 0xEF;
    return wide ? 3 : 0;
}

/* (02)2345-6789, （02）2345-6789: the area code stands in brackets before the token. */
static size_t bracketed_area_code(const struct segment *segment, size_t begin) {
    struct bytes text = bytes_of(segment->bytes, segment->len);
    size_t at = begin;
    if (at > 0 && text.ptr[at - 1] == ' ') {
        at--;
    }
    size_t closing = bracket_before(text, at, ')', WIDE_CLOSING);
    if (closing == 0) {
        return begin;
    }
    size_t code = at - closing, digits = 0;
    while (code > 0 && digits < 4 && byte_is_digit(text.ptr[code - 1])) {
        code--;
        digits++;
    }
    size_t opening = bracket_before(text, code, '(', WIDE_OPENING);
    return opening != 0 && digits >= 2 && text.ptr[code] == '0' ? code - opening : begin;
}

static size_t count_solid(struct bytes text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += byte_is_digit(text.ptr[i]) || text.ptr[i] == '*' || (text.ptr[i] | 0x20) == 'x' ||
                 text.ptr[i] == '#';
    }
    return count;
}

/* (02)2345-6789#123: an extension is no part of the number, and its sign hides no digit. Where the
 * number ends; END when there is none. */
static size_t before_extension(const struct segment *segment, size_t begin, size_t end) {
    enum { MOST_DIGITS = 6 };
    size_t at = end;
    while (at > begin && end - at < MOST_DIGITS && byte_is_digit(segment->bytes[at - 1])) {
        at--;
    }
    if (at == end || at == begin || segment->bytes[at - 1] != '#') {
        return end;
    }
    at--;
    at -= at > begin && segment->bytes[at - 1] == ' ';
    return at > begin && byte_is_digit(segment->bytes[at - 1]) ? at : end;
}

static void add_bracketed(struct passage *p, size_t begin, size_t end, uint32_t field,
                          uint32_t cell) {
    size_t open = bracketed_area_code(p->segment, begin);
    end = before_extension(p->segment, begin, end);
    bool here = open >= p->segment->begin && open < p->segment->end;
    if (open == begin || !here || alnum_at(p->segment, end)) {
        return;
    }
    struct bytes text = bytes_of(p->segment->bytes + open, end - open);
    size_t digits = count_solid(text);
    kind_set kinds = digits > DIGITS_MAX
                         ? 0
                         : p->state->matcher->by_digits[0][digits] & p->state->matcher->by_lead[0] &
                               p->state->matcher->separable;
    if (kinds != 0) {
        struct hit hit = {.offset = (uint32_t)open,
                          .length = (uint32_t)text.len,
                          .field = field,
                          .cell = cell,
                          .kinds = kinds,
                          .origin = HIT_TOKEN,
                          .ascii = text.ptr[0] == '(',
                          .wide = text.ptr[0] != '('};
        match_add_told(p, &hit, p->out);
    }
}

static bool is_group_of(const struct segment *segment, size_t begin, size_t length) {
    for (size_t i = begin; i < begin + length; i++) {
        if (i >= segment->len || !byte_is_digit(segment->bytes[i])) {
            return false;
        }
    }
    return !(begin + length < segment->len && byte_is_digit(segment->bytes[begin + length]));
}

/* 0123 4567 8901 2345 6789 …: groups out of a table of numbers. Groups of one length on both sides
 * of the same separator go on beyond the run. */
static bool in_table(const struct passage *p, const struct group *groups, size_t count) {
    const struct segment *segment = p->segment;
    size_t length = groups[0].end - groups[0].begin, end = groups[count - 1].end;
    for (size_t i = 1; i < count; i++) {
        if (groups[i].end - groups[i].begin != length) {
            return false;
        }
    }
    uint8_t separator = segment->bytes[groups[0].end];
    bool after = end < segment->len && segment->bytes[end] == separator &&
                 is_group_of(segment, end + 1, length);
    size_t begin = groups[0].begin;
    bool before = begin > length + 1 && segment->bytes[begin - 1] == separator &&
                  is_group_of(segment, begin - 1 - length, length) &&
                  !byte_is_digit(segment->bytes[begin - 2 - length]);
    return count > 2 && (before || after);
}

/* All runs of up to GROUPS_JOINED groups that begin with FIRST, longest first. */
static void add_runs(struct passage *p, const struct token *token, struct group first,
                     uint32_t field, uint32_t cell) {
    struct group groups[GROUPS_JOINED] = {first};
    size_t digits[GROUPS_JOINED] = {first.end - first.begin}, count = 1;
    while (count < GROUPS_JOINED && digits[count - 1] <= DIGITS_MAX &&
           groups[count - 1].end + 1 < token->end &&
           next_group(p, token, groups[count - 1].end, &groups[count]) &&
           groups[count].begin == groups[count - 1].end + 1) {
        digits[count] = digits[count - 1] + (groups[count].end - groups[count].begin);
        count++;
    }
    for (size_t last = count; last-- > 0;) {
        if (last > 0 && in_table(p, groups, last + 1)) {
            continue;
        }
        add_candidate(p, first.begin, groups[last].end, digits[last], last == 0, field, cell);
    }
}

/* Digits only, as most tokens are? */
static bool is_plain_number(const struct passage *p, size_t start, size_t end) {
    size_t length = end - start;
    if (length > 64) {
        return false;
    }
    uint64_t all = bits_low_mask(length);
    return (bits_at(p->state->sets.digit, start - p->base) & all) == all;
}

/* Dates are the most frequent tokens of all: too few digits for any kind that takes no letters. */
static bool has_too_few_digits(const struct passage *p, size_t start, size_t end) {
    size_t length = end - start, bit = start - p->base;
    if (length > 64 || (bits_at(p->state->sets.mark, bit) & bits_low_mask(length)) != 0) {
        return false;
    }
    return bits_in_word(bits_at(p->state->sets.digit, bit) & bits_low_mask(length)) <
               p->state->matcher->least_digits &&
           !(start > 0 && byte_is_letter(p->segment->bytes[start - 1]));
}

/* 4999…=2812…: what stands behind the digits from BEGIN to END makes them a part of a longer value.
 */
static void add_followed(struct passage *p, size_t begin, size_t end) {
    const struct matcher *matcher = p->state->matcher;
    if (end >= p->limit || !matcher->follows[p->segment->bytes[end]]) {
        return;
    }
    for (kind_set kinds = matcher->followed; kinds != 0; kinds &= kinds - 1) {
        const struct number_shape *shape = &matcher->kinds[__builtin_ctzll(kinds)]->shape;
        if (end - begin >= shape->digits_min && end - begin <= shape->digits_max &&
            strchr(shape->followed_by, p->segment->bytes[end]) != NULL) {
            match_extents(p, begin, kinds & -kinds, p->out);
        }
    }
}

static bool may_follow_bracket(uint8_t before) {
    return before == ')' || before == WIDE_CLOSING || before == ' ';
}

void match_bracketed_token(struct passage *p, size_t start) {
    size_t end = token_at(p, &start).end;
    add_bracketed(p, start, end, p->segment->gap_field, HIT_NO_CELL);
}

void match_token(struct passage *p, size_t start, uint32_t field, uint32_t cell) {
    struct token token = token_at(p, &start);
    if (start > 0 && may_follow_bracket(p->segment->bytes[start - 1])) {
        add_bracketed(p, start, token.end, field, cell);
    }
    if (has_too_few_digits(p, start, token.end)) {
        return;
    }
    if (is_plain_number(p, start, token.end)) {
        add_followed(p, start, token.end);
        add_candidate(p, start, token.end, token.end - start, true, field, cell);
        return;
    }
    struct group group;
    size_t from = start;
    while (from < p->segment->end && next_group(p, &token, from, &group) &&
           group.begin < p->segment->end) {
        if (group.end == token.end) {
            add_followed(p, group.begin, group.end);
            add_candidate(p, group.begin, group.end, group.end - group.begin, true, field, cell);
        } else {
            add_runs(p, &token, group, field, cell);
        }
        from = group.end;
    }
}
