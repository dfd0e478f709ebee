/* Globs over whole paths, as a small automaton: the pattern becomes a row of tokens, and all places
 * where the name may stand in it are followed at once. So no pattern can make it slow, and a match
 * may begin behind every '/' at no cost. */
#include "catalog/glob.h"

enum { TOKENS_MAX = 512 };

enum token_type { TOKEN_BYTE, TOKEN_ANY, TOKEN_CLASS, TOKEN_DIGIT, TOKEN_DATE_MARK, TOKEN_DATE };

struct token {
    uint8_t type; /* enum token_type */
    bool many;    /* any number of times, none included */
    uint8_t byte;
    struct bytes class; /* between the brackets */
};

struct pattern_text {
    size_t count;
    struct token tokens[TOKENS_MAX];
};

static bool add_token(struct pattern_text *pattern, struct token token) {
    if (pattern->count == TOKENS_MAX) {
        return false;
    }
    pattern->tokens[pattern->count++] = token;
    return true;
}

/* {date}: at least four digits, with what people put between the parts of dates and times. */
static bool add_date(struct pattern_text *pattern) {
    for (int i = 0; i < 4; i++) {
        if (!add_token(pattern, (struct token){.type = TOKEN_DIGIT}) ||
            !add_token(pattern, (struct token){.type = i < 3 ? TOKEN_DATE_MARK : TOKEN_DATE,
                                               .many = true})) {
            return false;
        }
    }
    return true;
}

/* Length of a bracket expression at the start of GLOB, 0 when it is not closed. */
static size_t class_length(struct bytes glob) {
    for (size_t i = 2; i < glob.len; i++) {
        bool first = i == 2 && (glob.ptr[1] == '!' || glob.ptr[1] == '^');
        if (glob.ptr[i] == ']' && !first) {
            return i + 1;
        }
    }
    return 0;
}

/* Bytes of GLOB that one token took; 0 when the pattern is too long. */
static size_t take_token(struct bytes glob, struct pattern_text *pattern) {
    uint8_t c = glob.ptr[0];
    if (bytes_starts_with(glob, BYTES_LIT("{date}"))) {
        return add_date(pattern) ? 6 : 0;
    }
    size_t class_len = c == '[' ? class_length(glob) : 0;
    if (class_len != 0) {
        struct token token = {.type = TOKEN_CLASS, .class = bytes_of(glob.ptr + 1, class_len - 2)};
        return add_token(pattern, token) ? class_len : 0;
    }
    if (c == '*') {
        return add_token(pattern, (struct token){.type = TOKEN_ANY, .many = true}) ? 1 : 0;
    }
    if (c == '?') {
        return add_token(pattern, (struct token){.type = TOKEN_ANY}) ? 1 : 0;
    }
    bool escaped = c == '\\' && glob.len > 1;
    struct token token = {.type = TOKEN_BYTE, .byte = escaped ? glob.ptr[1] : c};
    return add_token(pattern, token) ? 1 + (size_t)escaped : 0;
}

static bool in_class(struct bytes class, uint8_t c) {
    bool negated = class.len > 1 && (class.ptr[0] == '!' || class.ptr[0] == '^');
    struct bytes set = bytes_from(class, negated);
    bool found = false;
    for (size_t i = 0; i < set.len; i++) {
        if (i + 2 < set.len && set.ptr[i + 1] == '-') {
            found |= c >= set.ptr[i] && c <= set.ptr[i + 2];
            i += 2;
        } else {
            found |= c == set.ptr[i];
        }
    }
    return found != negated;
}

static bool is_date_mark(uint8_t c) {
    return c == '-' || c == '_' || c == '.' || c == ':' || c == 'T';
}

static bool token_takes(const struct token *token, uint8_t c) {
    switch ((enum token_type)token->type) {
    case TOKEN_BYTE:
        return c == token->byte;
    case TOKEN_CLASS:
        return in_class(token->class, c);
    case TOKEN_DIGIT:
        return byte_is_digit(c);
    case TOKEN_DATE_MARK:
        return is_date_mark(c);
    case TOKEN_DATE:
        return byte_is_digit(c) || is_date_mark(c);
    case TOKEN_ANY:
    default:
        return true;
    }
}

/* Stand before token AT, and before all that follow tokens which may take nothing. */
static void stand(const struct pattern_text *pattern, bool *places, size_t at) {
    places[at] = true;
    while (at < pattern->count && pattern->tokens[at].many) {
        places[++at] = true;
    }
}

static bool fits(const struct pattern_text *pattern, struct bytes name) {
    bool places[2][TOKENS_MAX + 1] = {{false}};
    size_t row = pattern->count + 1;
    for (size_t i = 0; i < name.len; i++) {
        bool *now = places[i % 2], *then = places[(i + 1) % 2];
        if (i == 0 || name.ptr[i - 1] == '/') {
            stand(pattern, now, 0);
        }
        memset(then, 0, row * sizeof *then);
        for (size_t at = 0; at < pattern->count; at++) {
            const struct token *token = &pattern->tokens[at];
            if (now[at] && token_takes(token, name.ptr[i])) {
                stand(pattern, then, token->many ? at : at + 1);
            }
        }
    }
    if (name.len == 0) {
        stand(pattern, places[0], 0);
    }
    return places[name.len % 2][pattern->count];
}

static bool read_glob(const char *glob, struct pattern_text *pattern) {
    pattern->count = 0;
    for (struct bytes left = bytes_of_string(glob); left.len > 0;) {
        size_t taken = take_token(left, pattern);
        if (taken == 0) {
            return false;
        }
        left = bytes_from(left, taken);
    }
    return true;
}

bool glob_matches(const char *glob, struct bytes name) {
    struct pattern_text pattern;
    return read_glob(glob, &pattern) && fits(&pattern, name);
}

bool glob_matches_unit(const char *glob, struct bytes name) {
    struct pattern_text pattern;
    if (!read_glob(glob, &pattern)) {
        return false;
    }
    bool matches = fits(&pattern, name);
    for (size_t i = 0; !matches && i + 1 < name.len; i++) {
        matches =
            name.ptr[i] == '!' && name.ptr[i + 1] == '/' && fits(&pattern, bytes_first(name, i));
    }
    return matches;
}
