/* Numbers as people write them: digits with single separators between them, full-width digits,
 * +886 in front or a lost 0. A number ends where its grouping does, so that it is not found inside
 * a longer one. */
#include "judge/seek/view.h"

enum { TOKEN_DIGITS = 96, TOKEN_TAIL = 40, CONTEXT = 48, BETWEEN_MAX = 2 };

struct token {
    unsigned count;
    unsigned starts; /* values that begin before this digit; the others belong to the next token */
    size_t at[TOKEN_DIGITS], end[TOKEN_DIGITS];
    uint8_t digit[TOKEN_DIGITS];
    bool edge[TOKEN_DIGITS + 1]; /* a separator, or nothing of the token, stands before it */
};

/* Length of the digit at P, 0 = it is none. U+FF10 to U+FF19 are EF BC 90 to EF BC 99. */
static inline size_t digit_length(const uint8_t *p, size_t left, uint8_t *digit) {
    if (byte_is_digit(*p)) {
        *digit = *p;
        return 1;
    }
    if (*p == 0xEF && left >= 3 && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99) {
        *digit = (uint8_t)(p[2] - 0x90 + '0');
        return 3;
    }
    return 0;
}

static size_t separator_length(const uint8_t *p, size_t left) {
    static const struct {
        const char *text;
        uint8_t len;
    } separators[] = {{" ", 1}, {"-", 1},  {".", 1},  {"(", 1},  {")", 1},
                      {"/", 1}, {"－", 3}, {"　", 3}, {"（", 3}, {"）", 3}};
    for (unsigned i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (separators[i].len <= left && memcmp(p, separators[i].text, separators[i].len) == 0) {
            return separators[i].len;
        }
    }
    return 0;
}

/* Where the next token begins: at the first edge of the last digits, for a value may begin there.
 */
static size_t cut_token(struct token *token, size_t at) {
    if (token->count < TOKEN_DIGITS) {
        return at;
    }
    for (unsigned i = TOKEN_DIGITS - TOKEN_TAIL; i < TOKEN_DIGITS; i++) {
        if (token->edge[i]) {
            token->starts = i;
            return token->at[i];
        }
    }
    return at;
}

/* The token that begins with the digit at AT, up to STOP; returns where to go on. */
static size_t read_token(struct bytes text, size_t at, size_t stop, struct token *token) {
    unsigned between = 0;
    token->count = 0;
    token->edge[0] = true;
    while (at < stop && token->count < TOKEN_DIGITS) {
        uint8_t digit;
        size_t len = digit_length(text.ptr + at, stop - at, &digit);
        if (len != 0) {
            token->at[token->count] = at;
            token->end[token->count] = at + len;
            token->digit[token->count++] = digit;
            token->edge[token->count] = false;
            between = 0;
        } else if (between++ == BETWEEN_MAX ||
                   (len = separator_length(text.ptr + at, stop - at)) == 0) {
            break;
        } else {
            token->edge[token->count] = true;
        }
        at += len;
    }
    token->edge[token->count] |= at >= stop || token->count < TOKEN_DIGITS;
    token->starts = token->count;
    return cut_token(token, at);
}

static bool word_before(struct bytes text, size_t from, size_t at) {
    bool word = at > from && byte_is_alnum(text.ptr[at - 1]);
    bool escape = at > from + 1 && text.ptr[at - 2] == '\\';
    return word && !escape;
}

static bool word_behind(struct bytes text, size_t stop, size_t at) {
    return at < stop && byte_is_alnum(text.ptr[at]);
}

/* Length of the letter that ends before AT, 0 = none; U+FF21 and on are EF BC A1, small ones EF BD
 * 81. */
static size_t letter_before(struct bytes text, size_t from, size_t at, uint8_t *letter) {
    if (at > from && byte_is_letter(text.ptr[at - 1])) {
        *letter = byte_upper(text.ptr[at - 1]);
        return 1;
    }
    if (at >= from + 3 && text.ptr[at - 3] == 0xEF && (text.ptr[at - 2] | 1) == 0xBD) {
        bool small = text.ptr[at - 2] == 0xBD;
        unsigned number = (unsigned)text.ptr[at - 1] - (small ? 0x81U : 0xA1U);
        if (number < 26) {
            *letter = (uint8_t)('A' + number);
            return 3;
        }
    }
    return 0;
}

/* The letters of VALUE before AT; where they begin, SIZE_MAX when they are not there. */
static size_t letters_begin(struct bytes text, size_t from, size_t at,
                            const struct sought_value *value) {
    if (value->letter_count != 0 && at > from &&
        (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '-')) {
        at--;
    }
    for (unsigned i = value->letter_count; i > 0; i--) {
        uint8_t letter = 0;
        size_t len = letter_before(text, from, at, &letter);
        if (len == 0 || letter != value->letters[i - 1]) {
            return SIZE_MAX;
        }
        at -= len;
    }
    return word_before(text, from, at) ? SIZE_MAX : at;
}

static bool digits_at(const struct token *token, unsigned at, const uint8_t *digits,
                      unsigned count) {
    return at + count <= token->count && token->edge[at + count] &&
           memcmp(token->digit + at, digits, count) == 0;
}

/* The first digit of a telephone number of which the digits behind its 0 stand at AT: what may
 * stand before them. token->count = it is none. */
static unsigned trunk_begin(const struct token *token, unsigned at) {
    static const char *const before[] = {"002886", "00886", "8860", "886", "0", ""};
    for (unsigned i = 0; i < sizeof before / sizeof *before; i++) {
        unsigned len = (unsigned)strlen(before[i]);
        if (len <= at && token->edge[at - len] &&
            memcmp(token->digit + at - len, before[i], len) == 0) {
            return at - len;
        }
    }
    return token->count;
}

/* The digit of TOKEN with which VALUE begins when its digits stand at AT; token->count = no. */
static unsigned number_begin(const struct token *token, unsigned at,
                             const struct sought_value *value) {
    if (value->trunk_zero) {
        return digits_at(token, at, value->digits + 1, value->digit_count - 1U)
                   ? trunk_begin(token, at)
                   : token->count;
    }
    return token->edge[at] && digits_at(token, at, value->digits, value->digit_count)
               ? at
               : token->count;
}

/* Does the number from digit FIRST to LAST go on with what stands before it, as the end of a date
 * does (2026-09-12 345678)? One without separators of its own is taken for itself. */
static bool goes_on(struct bytes text, const struct token *token, unsigned first, unsigned last) {
    static const char joints[] = "-./";
    if (first == 0 || first >= token->count) {
        return false;
    }
    bool joined = token->at[first] == token->end[first - 1] + 1 &&
                  memchr(joints, text.ptr[token->at[first] - 1], sizeof joints - 1) != NULL;
    for (unsigned i = first + 1; joined && i <= last; i++) {
        if (token->edge[i]) {
            return true;
        }
    }
    return false;
}

static void compare(const struct seek_view *view, size_t from, size_t stop,
                    const struct token *token) {
    const struct sought *sought = view->seeking->sought;
    for (unsigned i = 0; i < sought_count(sought); i++) {
        const struct sought_value *value = sought_value_at(sought, i);
        uint8_t first = value->digits[value->trunk_zero];
        for (unsigned at = 0; value->form == SOUGHT_NUMBER && at < token->count; at++) {
            unsigned digit =
                token->digit[at] == first ? number_begin(token, at, value) : token->count;
            if (digit >= token->starts) {
                continue;
            }
            unsigned last = at + value->digit_count - value->trunk_zero - 1U;
            size_t begin = letters_begin(view->text, from, token->at[digit], value);
            if (begin != SIZE_MAX && begin >= view->begin && begin < view->end &&
                !word_behind(view->text, stop, token->end[last]) &&
                !goes_on(view->text, token, digit, last)) {
                seek_tell(view, &(struct seek_place){.at = begin,
                                                     .length = token->end[last] - begin,
                                                     .identifier = i,
                                                     .sort = FOUND_VALUE,
                                                     .state = STATE_CLEAR});
            }
        }
    }
}

void seek_numbers(const struct seek_view *view) {
    const uint8_t *p = view->text.ptr;
    size_t stop = view->text.len, from = view->begin > CONTEXT ? view->begin - CONTEXT : 0;
    struct token token = {0};
    uint8_t digit;
    for (size_t at = from; at < stop && at < view->end + CONTEXT;) {
        bool may_begin = (uint8_t)(p[at] - '0') < 10 || p[at] == 0xEF;
        if (!may_begin || digit_length(p + at, stop - at, &digit) == 0) {
            at++;
        } else {
            at = read_token(view->text, at, stop, &token);
            compare(view, 0, stop, &token);
        }
    }
}
