#include "decode/sql/cell.h"

bool sql_is_hex(const uint8_t *p, const uint8_t *end) {
    for (; p < end; p++) {
        if (!byte_is_hex(*p)) {
            return false;
        }
    }
    return true;
}

struct sql_value sql_bare_value(const uint8_t *bytes, size_t begin, size_t end) {
    struct sql_value value = {.begin = begin, .end = end};
    struct bytes text = bytes_of(bytes + begin, end - begin);
    if (text.len == 0 || bytes_equal_ignoring_case(text, BYTES_LIT("NULL")) ||
        bytes_equal_ignoring_case(text, BYTES_LIT("DEFAULT"))) {
        value.end = begin;
        value.flags = CELL_NULL;
    } else if (sql_is_number(text.ptr, text.ptr + text.len)) {
        value.flags = CELL_NUMBER | sql_length_flags(text.len);
    } else if (text.len > 2 && text.ptr[0] == '0' && (text.ptr[1] | 0x20) == 'x' &&
               sql_is_hex(text.ptr + 2, text.ptr + text.len)) {
        value.begin += 2;
        value.flags = CELL_HEX;
    } else {
        value.flags = sql_length_flags(text.len);
    }
    return value;
}

struct sql_value sql_quoted_value(const uint8_t *bytes, size_t begin, size_t end,
                                  const struct sql_dialect *dialect, enum sql_escapes escapes) {
    struct sql_value value = {.begin = begin, .end = end, .flags = sql_length_flags(end - begin)};
    /* PostgreSQL writes bytea as '\x4142' (E'\\x4142' where back-slashes escape) */
    size_t slashes = escapes == SQL_ESCAPES_POSTGRES ? 2 : 1;
    if (dialect->flavor == SQL_POSTGRES && end - begin > slashes && bytes[begin] == '\\' &&
        bytes[begin + slashes - 1] == '\\' && bytes[begin + slashes] == 'x' &&
        sql_is_hex(bytes + begin + slashes + 1, bytes + end)) {
        value.begin += slashes + 1;
        value.flags = value.begin == end ? CELL_NULL : CELL_HEX;
    } else if (escapes != SQL_ESCAPES_NONE) {
        value.flags |= CELL_ESCAPED;
        value.escapes = escapes;
    }
    return value;
}

/* The state of one expression while it is read. */
struct scan {
    const struct sql_view *view;
    const struct sql_dialect *dialect;
    struct sql_cell *out;
    size_t at;
    size_t word;             /* start of the run of letters that ends at `at`, or `at` */
    size_t depth;            /* open parentheses */
    size_t literals;         /* seen so far */
    size_t brackets;         /* open ones of ARRAY[…], among the parentheses */
    size_t array, array_end; /* … and where the outermost begins and ends; equal: there is none */
    bool first_only;         /* inside a conversion: further literals are formats, not values */
};

/* Calls whose first argument is the value and whose others only say how to read it. */
static bool is_conversion(struct bytes name) {
    static const char *const names[] = {"to_date",   "to_timestamp", "to_char", "str_to_date",
                                        "to_number", "convert",      "cast",    "timestamp",
                                        "date",      "datetime"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (bytes_equal_ignoring_case(name, bytes_of_string(names[i]))) {
            return true;
        }
    }
    return false;
}

static void keep_literal(struct scan *s, size_t begin, size_t end, struct sql_value value) {
    s->literals++;
    if (s->literals == 1) {
        s->out->first = begin;
        s->out->last = end;
        s->out->value = value;
    }
}

/* Oracle Database PL/SQL Language Reference, "Literals": a string has at most 32,767 bytes in the
 * database's own encoding; in UTF-8 they may be four times as many. */
enum { Q_QUOTED_MOST = 4 * 32767 };

int64_t sql_skip_q_quoted(const struct sql_view *view, size_t at) {
    if (at + 1 >= view->end) {
        return SQL_OPEN;
    }
    const uint8_t open = view->bytes[at + 1];
    const uint8_t close[2] = {open == '[' || open == '{' || open == '<' ? (uint8_t)(open + 2)
                              : open == '('                             ? (uint8_t)')'
                                                                        : open,
                              '\''};
    const struct bytes rest = bytes_of(view->bytes + at + 2, view->end - at - 2);
    const size_t found = bytes_find(bytes_first(rest, Q_QUOTED_MOST), bytes_of(close, 2));
    return found == SIZE_MAX ? SQL_OPEN : (int64_t)(at + 2 + found + 2);
}

static bool scan_q_string(struct scan *s) {
    int64_t behind = sql_skip_q_quoted(s->view, s->at);
    if (behind == SQL_OPEN) {
        return false;
    }
    const size_t begin = s->at + 2, end = (size_t)behind - 2;
    keep_literal(
        s, s->word, (size_t)behind,
        (struct sql_value){.begin = begin, .end = end, .flags = sql_length_flags(end - begin)});
    s->at = s->word = (size_t)behind;
    return true;
}

/* A string opens at s->at, perhaps behind a prefix: N'…', E'…', X'…', _utf8mb4'…'. */
static bool scan_string(struct scan *s, uint8_t quote) {
    uint8_t prefix = s->at - s->word == 1 ? (uint8_t)(s->view->bytes[s->word] | 0x20) : 0;
    struct sql_dialect dialect = *s->dialect;
    if (dialect.q_quotes && s->at > s->word && s->at - s->word <= 2 &&
        (s->view->bytes[s->at - 1] | 0x20) == 'q') {
        return scan_q_string(s);
    }
    if (prefix == 'e' && dialect.flavor != SQL_MYSQL) {
        dialect = (struct sql_dialect){.flavor = SQL_POSTGRES, .backslash = true};
    }
    bool escaped = false;
    int64_t behind = sql_skip_quoted(s->view, s->at, quote, dialect.backslash, &escaped);
    if (behind == SQL_OPEN) {
        return false;
    }
    size_t begin = s->at + 1, end = (size_t)behind - 1;
    enum sql_escapes escapes = escaped ? sql_dialect_escapes(&dialect, quote) : SQL_ESCAPES_NONE;
    struct sql_value value = sql_quoted_value(s->view->bytes, begin, end, &dialect, escapes);
    if (prefix == 'x' && end > begin && sql_is_hex(s->view->bytes + begin, s->view->bytes + end)) {
        value.flags = CELL_HEX;
    }
    if (s->literals == 0 && s->word == s->out->begin) {
        s->out->quote = quote;
    }
    keep_literal(s, s->word, (size_t)behind, value);
    s->at = s->word = (size_t)behind;
    return true;
}

/* Names in quotes, and $tag$…$tag$. False: the view ends inside. *taken: something was passed. */
static bool scan_other_quotes(struct scan *s, uint8_t c, bool *taken) {
    int64_t behind = (int64_t)s->at;
    bool escaped = false;
    enum sql_flavor flavor = s->dialect->flavor;
    if (c == '"' || c == '`') {
        behind = sql_skip_quoted(s->view, s->at, c, false, &escaped);
    } else if (c == '[' && flavor == SQL_TRANSACT) {
        behind = sql_skip_quoted(s->view, s->at, ']', false, &escaped);
    } else if (c == '$' && flavor == SQL_POSTGRES && s->word == s->at) {
        struct bytes body = {NULL, 0};
        behind = sql_skip_dollar(s->view, s->at, &body);
        if (behind > (int64_t)s->at) {
            size_t begin = (size_t)(body.ptr - s->view->bytes);
            struct sql_value value = {
                .begin = begin, .end = begin + body.len, .flags = sql_length_flags(body.len)};
            keep_literal(s, s->at, (size_t)behind, value);
        }
    }
    *taken = behind != (int64_t)s->at;
    if (behind != SQL_OPEN) {
        s->at = (size_t)behind;
    }
    return behind != SQL_OPEN;
}

/* False: the view ends inside. *taken: a comment was passed. */
static bool scan_comment(struct scan *s, bool *taken) {
    int64_t behind = sql_skip_comment(s->view, s->at, s->dialect);
    *taken = behind != (int64_t)s->at;
    if (behind == SQL_OPEN) {
        return false;
    }
    if (*taken) {
        s->out->comment_before |= s->literals == 0;
        s->out->comment_after |= s->literals != 0;
        s->at = (size_t)behind;
    }
    return true;
}

/* ARRAY['…', '…'] of PostgreSQL, and what is nested in it: commas there part no values of the row.
 */
static void scan_bracket(struct scan *s, uint8_t c) {
    const struct bytes before =
        bytes_trim(bytes_of(s->view->bytes + s->out->begin, s->at - s->out->begin));
    const struct bytes word = bytes_from(before, before.len < 5 ? 0 : before.len - 5);
    if (c == '[' && (s->brackets > 0 || bytes_equal_ignoring_case(word, BYTES_LIT("ARRAY")))) {
        s->array = s->brackets == 0 && s->literals == 0 ? s->at : s->array;
        s->brackets++;
        s->depth++;
    } else if (c == ']' && s->brackets > 0) {
        s->brackets--;
        s->depth -= s->depth > 0;
        s->array_end = s->brackets == 0 ? s->at + 1 : s->array_end;
    }
}

/* One byte that belongs to no string, name or comment. True at the delimiter. */
static bool scan_plain(struct scan *s, uint8_t c) {
    if (c == ';' || (s->depth == 0 && (c == ',' || c == ')'))) {
        return true;
    }
    if (c == '(') {
        struct bytes name = bytes_of(s->view->bytes + s->word, s->at - s->word);
        s->first_only |= s->depth == 0 && s->literals == 0 && is_conversion(name);
        s->depth++;
    } else if (c == ')') {
        s->depth--;
    } else if (c == '[' || c == ']') {
        scan_bracket(s, c);
    }
    return false;
}

static void finish_value(const struct scan *s) {
    struct sql_cell *cell = s->out;
    const uint8_t *bytes = s->view->bytes;
    bool plain = s->literals == 1 && cell->first == cell->begin && cell->last == cell->end;
    cell->quote = plain ? cell->quote : 0;
    if (s->literals == 1 || (s->literals > 1 && s->first_only)) {
        return;
    }
    cell->first = cell->begin;
    cell->last = cell->end;
    cell->comment_before = cell->comment_after = false;
    if (s->literals == 0) {
        cell->value = sql_bare_value(bytes, cell->begin, cell->end);
    } else if (s->array_end > s->array) {
        cell->value = (struct sql_value){.begin = s->array,
                                         .end = s->array_end,
                                         .flags = sql_length_flags(s->array_end - s->array)};
    } else {
        cell->value =
            (struct sql_value){.begin = cell->begin, .end = cell->end, .flags = CELL_TEXT};
    }
}

/* Pass the token at s->at. 1: passed, 0: it is the delimiter, -1: the view ends inside. */
static int scan_token(struct scan *s, uint8_t c) {
    bool taken;
    if (c == '\'' || (c == '"' && sql_dialect_double_quotes(s->dialect))) {
        return scan_string(s, c) ? 1 : -1;
    }
    if (!scan_comment(s, &taken)) {
        return -1;
    }
    if (!taken && !scan_other_quotes(s, c, &taken)) {
        return -1;
    }
    if (!taken) {
        if (scan_plain(s, c)) {
            return 0;
        }
        s->at++;
        if (sql_is_word(c)) {
            return 1; /* s->word stays: the run goes on */
        }
    }
    s->word = s->at;
    return 1;
}

bool sql_cell_scan(const struct sql_view *view, size_t at, const struct sql_dialect *dialect,
                   struct sql_cell *out) {
    const uint8_t *bytes = view->bytes;
    while (at < view->end && sql_is_blank(bytes[at])) {
        at++;
    }
    *out = (struct sql_cell){.begin = at, .end = at};
    struct scan s = {.view = view, .dialect = dialect, .out = out, .at = at, .word = at};
    while (s.at < view->end) {
        uint8_t c = bytes[s.at];
        if (sql_is_blank(c)) {
            s.word = ++s.at;
            continue;
        }
        int passed = scan_token(&s, c);
        if (passed < 0) {
            return false;
        }
        if (passed == 0) {
            out->delimiter = s.at;
            finish_value(&s);
            return true;
        }
        out->end = s.at;
    }
    return false;
}
