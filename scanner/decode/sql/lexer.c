#include "decode/sql/lexer.h"

#include <stdlib.h>

int64_t sql_skip_quoted(const struct sql_view *view, size_t at, uint8_t close, bool backslash,
                        bool *escaped) {
    const uint8_t *p = view->bytes;
    for (size_t i = at + 1; i < view->end;) {
        bool doubled = p[i] == close && i + 1 < view->end && p[i + 1] == close;
        if (doubled || (p[i] == '\\' && backslash)) {
            *escaped = true;
            i += 2;
        } else if (p[i] != close) {
            i++;
        } else if (i + 1 == view->end && !view->final) {
            return SQL_OPEN; /* the next byte may double the quote */
        } else {
            return (int64_t)i + 1;
        }
    }
    return SQL_OPEN;
}

static size_t dollar_tag_end(const struct sql_view *view, size_t at) {
    size_t i = at + 1;
    while (i < view->end && i - at < 64 && view->bytes[i] != '$' && sql_is_word(view->bytes[i]) &&
           !(i == at + 1 && byte_is_digit(view->bytes[i]))) {
        i++;
    }
    return i;
}

int64_t sql_skip_dollar(const struct sql_view *view, size_t at, struct bytes *body) {
    size_t tag_end = dollar_tag_end(view, at);
    if (tag_end == view->end && !view->final) {
        return SQL_OPEN;
    }
    if (tag_end == view->end || view->bytes[tag_end] != '$') {
        return (int64_t)at;
    }
    struct bytes tag = bytes_of(view->bytes + at, tag_end + 1 - at);
    struct bytes rest = bytes_of(view->bytes + tag_end + 1, view->end - tag_end - 1);
    size_t close = bytes_find(rest, tag);
    if (close == SIZE_MAX) {
        return SQL_OPEN;
    }
    *body = bytes_first(rest, close);
    return (int64_t)(tag_end + 1 + close + tag.len);
}

static int64_t skip_line(const struct sql_view *view, size_t at) {
    const uint8_t *newline = memchr(view->bytes + at, '\n', view->end - at);
    if (newline != NULL) {
        return newline - view->bytes + 1;
    }
    return view->final ? (int64_t)view->end : SQL_OPEN;
}

/* At slash and star. */
static int64_t skip_block_comment(const struct sql_view *view, size_t at) {
    const uint8_t *p = view->bytes;
    size_t i = at + 2;
    if (i + 1 >= view->end && !view->final) {
        return SQL_OPEN;
    }
    if (i < view->end && (p[i] == '!' || (p[i] == 'M' && i + 1 < view->end && p[i + 1] == '!'))) {
        i += p[i] == '!' ? 1 : 2;
        size_t digits = i;
        while (digits < view->end && byte_is_digit(p[digits])) {
            digits++;
        }
        /* MariaDB's sandbox line is no code: slash, star, M!999999\- … star, slash */
        if (digits >= view->end) {
            return view->final ? (int64_t)view->end : SQL_OPEN;
        }
        if (p[digits] != '\\') {
            return (int64_t)digits;
        }
    }
    size_t close = bytes_find(bytes_of(p + i, view->end - i), BYTES_LIT("*/"));
    return close == SIZE_MAX ? SQL_OPEN : (int64_t)(i + close + 2);
}

int64_t sql_skip_comment(const struct sql_view *view, size_t at,
                         const struct sql_dialect *dialect) {
    uint8_t c = view->bytes[at];
    if (c == '#' && dialect->flavor == SQL_MYSQL) {
        return skip_line(view, at);
    }
    if (c != '-' && c != '/' && c != '*') {
        return (int64_t)at;
    }
    if (at + 1 >= view->end) {
        return view->final ? (int64_t)at : SQL_OPEN;
    }
    uint8_t next = view->bytes[at + 1];
    if (c == '/' && next == '*') {
        return skip_block_comment(view, at);
    }
    if (c == '*' && next == '/') {
        return (int64_t)at + 2;
    }
    if (c != '-' || next != '-') {
        return (int64_t)at;
    }
    if (dialect->flavor == SQL_MYSQL) { /* 5--5 is arithmetic there */
        if (at + 2 >= view->end) {
            return view->final ? (int64_t)view->end : SQL_OPEN;
        }
        if (view->bytes[at + 2] > ' ') {
            return (int64_t)at;
        }
    }
    return skip_line(view, at);
}

/* Blanks and comments before the next token; false when the view ends inside. */
static bool skip_space(struct sql_lexer *lexer) {
    const struct sql_view *view = &lexer->view;
    while (lexer->at < view->end) {
        if (sql_is_blank(view->bytes[lexer->at])) {
            lexer->at++;
            continue;
        }
        int64_t behind = sql_skip_comment(view, lexer->at, lexer->dialect);
        if (behind == SQL_OPEN) {
            return false;
        }
        if ((size_t)behind == lexer->at) {
            return true;
        }
        lexer->at = (size_t)behind;
    }
    return view->final;
}

static struct sql_token quoted_token(struct sql_lexer *lexer, enum sql_token_type type,
                                     uint8_t close) {
    struct sql_token token = {.type = type, .begin = lexer->at};
    token.quote = lexer->view.bytes[lexer->at];
    bool backslash = close == '\'' && lexer->dialect->backslash;
    int64_t behind = sql_skip_quoted(&lexer->view, lexer->at, close, backslash, &token.escaped);
    if (behind == SQL_OPEN) {
        token.type = SQL_TOKEN_MORE;
        return token;
    }
    lexer->at = token.end = (size_t)behind;
    token.text = bytes_of(lexer->view.bytes + token.begin + 1, token.end - token.begin - 2);
    return token;
}

/* SQL Server's names have at most 128 characters (Transact-SQL Reference, "Database identifiers").
 * A bracket that no other one follows so soon opens no name. */
enum { BRACKETED_MOST = 2 + 4 * 128 };

static bool opens_name(const struct sql_view *view, size_t at) {
    size_t left = view->end - at, most = left < BRACKETED_MOST ? left : BRACKETED_MOST;
    return memchr(view->bytes + at, ']', most) != NULL || (most == left && !view->final);
}

static struct sql_token word_token(struct sql_lexer *lexer) {
    const struct sql_view *view = &lexer->view;
    struct sql_token token = {.type = SQL_TOKEN_WORD, .begin = lexer->at};
    size_t i = lexer->at;
    while (i < view->end && sql_is_word(view->bytes[i])) {
        i++;
    }
    if (i == view->end && !view->final) {
        token.type = SQL_TOKEN_MORE;
        return token;
    }
    lexer->at = token.end = i;
    token.text = bytes_of(view->bytes + token.begin, i - token.begin);
    return token;
}

static struct sql_token dollar_token(struct sql_lexer *lexer) {
    struct sql_token token = {.type = SQL_TOKEN_STRING, .begin = lexer->at, .quote = '$'};
    int64_t behind = sql_skip_dollar(&lexer->view, lexer->at, &token.text);
    if (behind == SQL_OPEN) {
        token.type = SQL_TOKEN_MORE;
    } else if ((size_t)behind == lexer->at) {
        return word_token(lexer);
    } else {
        lexer->at = token.end = (size_t)behind;
    }
    return token;
}

struct sql_token sql_lexer_next(struct sql_lexer *lexer) {
    if (!skip_space(lexer)) {
        return (struct sql_token){.type = SQL_TOKEN_MORE, .begin = lexer->at};
    }
    if (lexer->at >= lexer->view.end) {
        return (struct sql_token){.type = SQL_TOKEN_END, .begin = lexer->at, .end = lexer->at};
    }
    enum sql_flavor flavor = lexer->dialect->flavor;
    uint8_t c = lexer->view.bytes[lexer->at];
    switch (c) {
    case '\'':
        return quoted_token(lexer, SQL_TOKEN_STRING, '\'');
    case '"':
    case '`':
        return quoted_token(lexer, SQL_TOKEN_IDENTIFIER, c);
    case '[':
        if ((flavor == SQL_TRANSACT || flavor == SQL_STANDARD) &&
            opens_name(&lexer->view, lexer->at)) {
            return quoted_token(lexer, SQL_TOKEN_IDENTIFIER, ']');
        }
        break;
    case '$':
        return flavor == SQL_POSTGRES ? dollar_token(lexer) : word_token(lexer);
    default:
        if (sql_is_word(c)) {
            return word_token(lexer);
        }
    }
    struct sql_token token = {.type = SQL_TOKEN_MARK, .begin = lexer->at, .quote = c};
    token.end = ++lexer->at;
    token.text = bytes_of(lexer->view.bytes + token.begin, 1);
    return token;
}

bool sql_token_is(const struct sql_token *token, const char *keyword) {
    return token->type == SQL_TOKEN_WORD && token->text.len > 0 &&
           (token->text.ptr[0] | 0x20) == ((uint8_t)keyword[0] | 0x20) &&
           bytes_equal_ignoring_case(token->text, bytes_of_string(keyword));
}

bool sql_token_is_one_of(const struct sql_token *token, const char *const *keywords) {
    while (*keywords != NULL && !sql_token_is(token, *keywords)) {
        keywords++;
    }
    return *keywords != NULL;
}

void sql_token_append(const struct sql_token *token, const struct sql_dialect *dialect,
                      struct text_buffer *out) {
    if (!token->escaped) {
        text_buffer_put(out, token->text);
        return;
    }
    if (token->type == SQL_TOKEN_STRING) {
        uint8_t *plain = malloc(token->text.len + 1);
        if (plain == NULL) {
            out->failed = true;
            return;
        }
        size_t len = sql_unescape(token->text, plain, sql_dialect_escapes(dialect, '\''));
        text_buffer_put(out, bytes_of(plain, len));
        free(plain);
        return;
    }
    uint8_t close = token->quote == '[' ? ']' : token->quote;
    for (size_t i = 0; i < token->text.len; i++) {
        text_buffer_putc(out, (char)token->text.ptr[i]);
        i += token->text.ptr[i] == close;
    }
}
