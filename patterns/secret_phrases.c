#include "patterns/secret_phrases.h"

#include "patterns/chosen_word.h"

enum {
    SENTENCE_DIGITS_LEAST = 6, /* "the password is 12 characters long" */
    STATEMENT_WORD_LEAST = 8,
    NETRC_LEAST = 6,
    STATEMENT_REACH = 160, /* bytes of a statement before its PASSWORD that are looked at */
    QUOTED_MOST = 128
};

/* What stands between the word and the value. */
enum link {
    LINK_NONE,  /* blanks alone */
    LINK_IS,    /* is, was */
    LINK_SIGN,  /* = => := : */
    LINK_COMMA, /* define('DB_PASSWORD', '…') */
    LINK_BRACKET
};

/* The word, what links it to the value, and where the value stands, without its quotes. */
struct phrase {
    struct bytes text;
    size_t word, word_end;
    bool quoted_key;
    enum link link;
    bool blanks; /* before or behind a sign */
    bool quoted;
    size_t begin, end;
};

static size_t behind_blanks(struct bytes text, size_t at) {
    while (at < text.len && text.ptr[at] == ' ') {
        at++;
    }
    return at;
}

static bool is_quote(uint8_t c) {
    return c == '\'' || c == '"' || c == '`';
}

/* Behind the sign or word at AT that links; AT: there is none. */
static size_t behind_link(struct bytes text, size_t at, enum link *link) {
    static const struct {
        const char *text;
        enum link link;
    } links[] = {{"=>", LINK_SIGN},   {"==", LINK_NONE}, {"=", LINK_SIGN},
                 {":=", LINK_SIGN},   {":", LINK_SIGN},  {",", LINK_COMMA},
                 {"(", LINK_BRACKET}, {"is ", LINK_IS},  {"was ", LINK_IS}};
    *link = LINK_NONE;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct bytes sign = bytes_of_string(links[i].text);
        if (bytes_starts_with(bytes_from(text, at), sign)) {
            *link = links[i].link;
            return at + sign.len;
        }
    }
    return at;
}

/* The value at AT: between quotes, or a word. */
static bool read_value(struct phrase *p, size_t at) {
    p->quoted = at < p->text.len && is_quote(p->text.ptr[at]);
    p->begin = at + p->quoted;
    p->end = p->begin;
    if (!p->quoted) {
        p->end = chosen_word_end(p->text, at);
        return p->end > p->begin;
    }
    while (p->end < p->text.len && p->text.ptr[p->end] != p->text.ptr[at] &&
           p->text.ptr[p->end] >= 0x20 && p->end - p->begin <= QUOTED_MOST) {
        p->end++;
    }
    return p->end > p->begin && p->end < p->text.len && p->text.ptr[p->end] == p->text.ptr[at];
}

static bool read_phrase(struct bytes text, size_t word, size_t word_end, struct phrase *p) {
    *p = (struct phrase){.text = text, .word = word, .word_end = word_end};
    size_t at = word_end;
    while (at < text.len && at < word_end + 3 && (is_quote(text.ptr[at]) || text.ptr[at] == ']')) {
        at++;
    }
    p->quoted_key = at > word_end;
    size_t sign = behind_blanks(text, at), behind = behind_link(text, sign, &p->link);
    size_t value = behind_blanks(text, behind);
    p->blanks = sign > at || value > behind;
    return value > word_end && read_value(p, value);
}

static struct bytes value_of(const struct phrase *p) {
    return bytes_of(p->text.ptr + p->begin, p->end - p->begin);
}

static bool holds_word(struct bytes text, struct bytes word) {
    for (size_t at = 0; at + word.len <= text.len; at++) {
        bool begins = at == 0 || !byte_is_alnum(text.ptr[at - 1]);
        if (begins && bytes_equal_ignoring_case(bytes_of(text.ptr + at, word.len), word)) {
            return true;
        }
    }
    return false;
}

/* What stands before the word in its statement, which a semicolon or an empty line ends. */
static struct bytes before_in_statement(const struct phrase *p) {
    size_t from = p->word;
    while (from > 0 && p->word - from < STATEMENT_REACH && p->text.ptr[from - 1] != ';' &&
           !(p->text.ptr[from - 1] == '\n' && p->text.ptr[from] == '\n')) {
        from--;
    }
    return bytes_of(p->text.ptr + from, p->word - from);
}

/* CREATE USER a PASSWORD '…', SET PASSWORD FOR a = '…', ALTER LOGIN a WITH PASSWORD = '…'. */
static bool in_statement(const struct phrase *p) {
    static const char *const verbs[] = {"create ", "alter ", "set ", "grant ", NULL};
    static const char *const objects[] = {"user ", "role ", "login ", "group ", "password", NULL};
    struct bytes before = before_in_statement(p);
    bool verb = false, object = false;
    for (size_t i = 0; verbs[i] != NULL; i++) {
        verb |= holds_word(before, bytes_of_string(verbs[i]));
    }
    for (size_t i = 0; objects[i] != NULL; i++) {
        object |= holds_word(before, bytes_of_string(objects[i]));
    }
    return verb && object;
}

/* spring.datasource.password=…: a line of settings. */
static bool stands_alone(const struct phrase *p) {
    size_t from = p->word;
    while (from > 0 && p->text.ptr[from - 1] > 0x20) {
        from--;
    }
    bool begins = from == 0 || p->text.ptr[from - 1] == '\n';
    return begins && (p->end == p->text.len || p->text.ptr[p->end] < 0x20);
}

/* PGPASSWORD=…, --password=…, …;Password=…; as commands and connection strings have it. */
static bool in_settings(const struct phrase *p) {
    const uint8_t *bytes = p->text.ptr;
    size_t from = p->word;
    bool capitals = bytes[p->word] < 'a';
    while (from > 0 && (byte_is_alnum(bytes[from - 1]) || bytes[from - 1] == '_')) {
        from--;
        capitals = capitals && bytes[from] < 'a';
    }
    for (size_t i = p->word; i < p->word_end; i++) {
        capitals = capitals && bytes[i] < 'a';
    }
    bool option = p->word >= 2 && (bytes[p->word - 1] == '-' || bytes[p->word - 1] == '_');
    while (option && from > 0 && (byte_is_alnum(bytes[from - 1]) || bytes[from - 1] == '-')) {
        from--;
    }
    option = option && bytes[from] == '-' && bytes[from + 1] == '-';
    bool string = (from > 0 && strchr(";?&", bytes[from - 1]) != NULL) ||
                  (p->end < p->text.len && bytes[p->end] == ';' && p->word > 0);
    return capitals || option || string || stands_alone(p);
}

/* machine HOST login NAME password … of .netrc */
static bool in_netrc(const struct phrase *p) {
    struct bytes before = before_in_statement(p);
    return holds_word(before, BYTES_LIT("machine ")) && holds_word(before, BYTES_LIT("login "));
}

/* Between quotes in a statement words may be passwords too, but for the short ones of manuals
 * ('secret', 'public'). */
static bool is_for_statement(struct bytes value) {
    return chosen_word_looks(value) ||
           (value.len >= STATEMENT_WORD_LEAST && !chosen_word_is_variable(value) &&
            !chosen_word_is_placeholder(value));
}

static bool tells(const struct phrase *p) {
    struct bytes value = value_of(p);
    bool chosen = chosen_word_looks(value);
    bool said = p->quoted && is_for_statement(value) && in_statement(p);
    bool literal = p->quoted && chosen && memchr(value.ptr, ' ', value.len) == NULL;
    switch (p->link) {
    case LINK_IS:
        return chosen &&
               (p->quoted || !chosen_word_is_number(value) || value.len >= SENTENCE_DIGITS_LEAST);
    case LINK_SIGN:
        return p->quoted ? literal || said : chosen && !p->blanks && in_settings(p);
    case LINK_COMMA:
        return literal && p->quoted_key && p->word > 0 && p->text.ptr[p->word - 1] != '$';
    case LINK_BRACKET:
        return said;
    default:
        return p->quoted ? said : chosen && value.len >= NETRC_LEAST && in_netrc(p);
    }
}

/* IDENTIFIED BY '…' of MySQL, IDENTIFIED BY … of Oracle. */
static bool is_identification(const struct phrase *p) {
    struct bytes value = value_of(p);
    return in_statement(p) && (p->quoted ? is_for_statement(value) : chosen_word_looks(value));
}

static bool is_password_word(struct bytes word) {
    static const char *const words[] = {"password", "passwd", "pgpassword", "pwd", NULL};
    size_t i = 0;
    while (words[i] != NULL && !bytes_equal_ignoring_case(word, bytes_of_string(words[i]))) {
        i++;
    }
    return words[i] != NULL;
}

bool secret_phrase_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    size_t word_end = anchor;
    struct phrase p = {.text = text, .word = anchor};
    while (word_end < text.len && byte_is_letter(text.ptr[word_end])) {
        word_end++;
    }
    struct bytes word = bytes_of(text.ptr + anchor, word_end - anchor);
    bool told;
    if (bytes_equal_ignoring_case(word, BYTES_LIT("identified"))) {
        told =
            read_value(&p, behind_blanks(text, word_end + strlen(" by "))) && is_identification(&p);
    } else if (word_end < text.len && text.ptr[word_end] == ' ' &&
               bytes_starts_with(bytes_from(text, word_end + 1), BYTES_LIT("pass:"))) {
        told = read_value(&p, word_end + strlen(" pass:")) && chosen_word_looks(value_of(&p));
    } else {
        told = is_password_word(word) && read_phrase(text, anchor, word_end, &p) && tells(&p);
    }
    *begin = p.begin;
    *end = p.end;
    return told;
}
