/* Telephone and card numbers in running text that the lattice does not see, because other signs
 * than '-' and ' ' part their groups: 0912.345.678, 0912/345/678, 02.2345.6789, (0912)345-678,
 * (037)234567, +886(0)912345678, 4111.1111.1111.1111. Versions, dates and addresses of hosts look
 * much the same, so nothing but these groups is taken, and only where nothing is tied to them. */
#include "match/matcher.h"

enum {
    CODE_MOST = 4,      /* digits in brackets: 0836, 0912 */
    SIGN_LENGTH = 3,    /* of （ and ） */
    COUNTRY_LENGTH = 3, /* 886 */
    DIGITS_LEAST = 9,
    DIGITS_LONGEST = 13 /* +886(0)912345678 */
};

/* Bytes that tie what stands beside them to the number: it is a part of something else. */
static bool ties(uint8_t c) {
    return byte_is_alnum(c) || (c != 0 && strchr("./-_\\$@%", c) != NULL);
}

/* 1.0.0, a.txt, and 12-3, but not the end of a sentence. */
static bool tied_behind(struct bytes text, size_t end) {
    if (end >= text.len || !ties(text.ptr[end])) {
        return false;
    }
    uint8_t c = text.ptr[end];
    bool may_end = c == '.' || c == '-';
    return !may_end || (end + 1 < text.len && byte_is_alnum(text.ptr[end + 1]));
}

static bool is_digit_at(struct bytes text, size_t at) {
    return at < text.len && byte_is_digit(text.ptr[at]);
}

/* Behind groups of so many digits from AT on, with one and the same sign between them; AT: they are
 * grouped in another way. */
static size_t behind_groups(struct bytes text, size_t at, const uint8_t *groups) {
    size_t end = at;
    uint8_t sign = 0;
    for (size_t group = 0; groups[group] != 0; group++) {
        if (group != 0) {
            bool fits = end < text.len && (text.ptr[end] == '.' || text.ptr[end] == '/') &&
                        (sign == 0 || sign == text.ptr[end]);
            if (!fits) {
                return at;
            }
            sign = text.ptr[end++];
        }
        for (size_t i = 0; i < groups[group]; i++) {
            if (!is_digit_at(text, end++)) {
                return at;
            }
        }
    }
    return end;
}

/* What such groups of digits begin with: 09, an area code, the digits of issuers of cards; +886
 * before a mobile number. */
static bool leads(struct bytes text, size_t at, const uint8_t *groups) {
    const uint8_t *digits = text.ptr + at;
    if (groups[0] == COUNTRY_LENGTH) {
        return at > 0 && digits[-1] == '+' && memcmp(digits, "886", COUNTRY_LENGTH) == 0 &&
               digits[COUNTRY_LENGTH + 1] == '9';
    }
    if (groups[0] == 2) {
        return digits[0] == '0' && byte_is_within(digits[1], '2', '8');
    }
    return groups[1] == 4 ? byte_is_within(digits[0], '2', '6')
                          : digits[0] == '0' && digits[1] == '9' && digits[2] != '9';
}

size_t match_parted_end(struct bytes text, size_t at) {
    static const uint8_t forms[][5] = {{4, 3, 3}, {2, 4, 4}, {2, 3, 4}, {4, 4, 4, 4}, {3, 3, 3, 3}};
    if (at > 0 && ties(text.ptr[at - 1])) {
        return at;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t end = behind_groups(text, at, forms[i]);
        if (end > at && leads(text, at, forms[i]) && !tied_behind(text, end)) {
            return end;
        }
    }
    return at;
}

/* Behind the digits that begin at AT. */
static size_t behind_digits(struct bytes text, size_t at) {
    while (is_digit_at(text, at)) {
        at++;
    }
    return at;
}

bool match_may_be_parted(struct bytes line) {
    for (size_t at = 0, end; at < line.len; at = end) {
        end = at + 1;
        if (!byte_is_digit(line.ptr[at]) || (at > 0 && ties(line.ptr[at - 1]))) {
            continue;
        }
        size_t first = behind_digits(line, at), second = behind_digits(line, first + 1);
        size_t third = second > first + 1 ? behind_digits(line, second + 1) : second;
        if (third > second + 1 && line.ptr[first] == line.ptr[second] &&
            (line.ptr[first] == '.' || line.ptr[first] == '/') && !tied_behind(line, third)) {
            return true;
        }
        end = first;
    }
    return false;
}

/* Where the area code in brackets begins whose closing one ends at AT: its opening bracket, or the
 * country code before (0). AT: there is none. */
static size_t code_begin(struct bytes text, size_t from, size_t at) {
    bool wide = text.ptr[at - 1] != ')';
    size_t close = at - (wide ? SIGN_LENGTH : 1), digits = 0, code = close;
    while (code > from && digits <= CODE_MOST && byte_is_digit(text.ptr[code - 1])) {
        code--;
        digits++;
    }
    size_t sign = wide ? SIGN_LENGTH : 1;
    bool open = code >= from + sign && (wide ? memcmp(text.ptr + code - sign, "（", sign) == 0
                                             : text.ptr[code - 1] == '(');
    if (!open || digits == 0 || digits > CODE_MOST) {
        return at;
    }
    size_t begin = code - sign;
    if (digits > 1 && text.ptr[code] == '0') {
        return begin;
    }
    bool apart = begin > from && (text.ptr[begin - 1] == ' ' || text.ptr[begin - 1] == '-');
    size_t country = apart ? begin - 1 : begin;
    bool abroad = country >= from + COUNTRY_LENGTH &&
                  memcmp(text.ptr + country - COUNTRY_LENGTH, "886", COUNTRY_LENGTH) == 0;
    size_t number = country - COUNTRY_LENGTH;
    return abroad && !(number > from && byte_is_alnum(text.ptr[number - 1])) ? number : at;
}

/* Where the next group of digits ends behind AT, which one blank or sign may part from it; AT:
 * there is none. */
static size_t next_group_end(struct bytes text, size_t at, size_t *digits) {
    const uint8_t c = at < text.len ? text.ptr[at] : 0;
    size_t begin = at + (c == ' ' || (c >= '-' && c <= '/'));
    size_t end = behind_digits(text, begin);
    *digits += end - begin;
    return end == begin ? at : end;
}

void match_bracketed_number(struct passage *p, size_t at) {
    size_t from, limit, digits = 0;
    struct bytes all = bytes_of(p->segment->bytes, p->limit);
    if ((!is_digit_at(all, at) && !is_digit_at(all, at + 1)) ||
        !match_text_bounds(p, at - 1, &from, &limit)) {
        return;
    }
    struct bytes text = bytes_of(p->segment->bytes, limit);
    size_t number = at < limit && text.ptr[at] == ' ' ? at + 1 : at;
    size_t begin = is_digit_at(text, number) ? code_begin(text, from, at) : at;
    if (begin == at) {
        return;
    }
    for (size_t i = begin; i < at; i++) {
        digits += byte_is_digit(text.ptr[i]);
    }
    /* a number may follow it: whatever groups make a telephone number */
    for (size_t end = at, next; digits < DIGITS_LONGEST; end = next) {
        next = next_group_end(text, end, &digits);
        if (next == end) {
            break;
        }
        if (digits >= DIGITS_LEAST && digits <= DIGITS_LONGEST && !tied_behind(text, next)) {
            match_add_number(p, begin, next);
        }
    }
}

void match_parted_numbers(struct passage *p) {
    const struct lattice_sets *sets = &p->state->sets;
    size_t count = p->limit - p->base, words = (count + 63) / 64, from, limit;
    if (p->depth == DEPTH_WHOLE_CELLS) {
        return; /* there are no other cells, and no sets of digits */
    }
    p->state->matcher->lattice->parted(sets->digit, words, sets->parted);
    for (size_t word = 0; word < words; word++) {
        for (uint64_t left = sets->parted[word]; left != 0; left &= left - 1) {
            size_t at = p->base + 64 * word + (size_t)__builtin_ctzll(left);
            if (match_text_bounds(p, at, &from, &limit)) {
                size_t end = match_parted_end(bytes_of(p->segment->bytes, limit), at);
                if (end > at) {
                    match_add_number(p, at, end);
                }
            }
        }
        uint64_t before = word == 0 ? 0 : sets->digit[word - 1] >> 63;
        uint64_t close = sets->close[word] & (sets->digit[word] << 1 | before);
        for (; close != 0; close &= close - 1) {
            match_bracketed_number(p, p->base + 64 * word + (size_t)__builtin_ctzll(close) + 1);
        }
    }
}
