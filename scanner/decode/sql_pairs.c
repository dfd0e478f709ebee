#include "decode/sql_pairs.h"

#include "decode/sql_text.h"

void sql_pairs_begin(struct sql_pairs *pairs, const struct sql_view *view, size_t from,
                     const struct sql_dialect *dialect) {
    *pairs = (struct sql_pairs){.lexer = {.view = *view, .at = from, .dialect = dialect},
                                .dialect = dialect};
    pairs->token = sql_lexer_next(&pairs->lexer);
}

static bool is_one_of(const struct sql_token *token, const char *const *words) {
    while (*words != NULL && !sql_token_is(token, *words)) {
        words++;
    }
    return *words != NULL;
}

/* Some scripts have no semicolons: the next statement begins a line. SET goes on with this one. */
static bool is_over(const struct sql_pairs *pairs) {
    const struct sql_view *view = &pairs->lexer.view;
    const struct sql_token *token = &pairs->token;
    if (sql_token_ends(token) || sql_token_is_mark(token, ';')) {
        return true;
    }
    return pairs->depth == 0 && token->begin > 0 && view->bytes[token->begin - 1] == '\n' &&
           !sql_token_is(token, "SET") &&
           sql_text_statement_begins(view, token->begin, pairs->dialect);
}

/* What may stand behind a literal that is a value by itself, no part of an expression. */
static bool ends_pair(const struct sql_token *token) {
    static const char *const words[] = {"AND",   "OR",     "WHERE",     "ON",     "LIMIT", "FROM",
                                        "ORDER", "OUTPUT", "RETURNING", "OPTION", NULL};
    return sql_token_ends(token) || sql_token_is_mark(token, ',') ||
           sql_token_is_mark(token, ';') || sql_token_is_mark(token, ')') ||
           is_one_of(token, words);
}

/* Is it the prefix of the string behind it: N'…', _utf8mb4'…'? */
static bool is_prefix(const struct sql_lexer *lexer, const struct sql_token *token) {
    return token->type == SQL_TOKEN_WORD && token->end < lexer->view.end &&
           lexer->view.bytes[token->end] == '\'';
}

/* E'…' has back-slashes wherever it stands. */
static struct sql_dialect dialect_behind(const struct sql_dialect *dialect, uint8_t prefix) {
    bool escapes = prefix == 'e' && dialect->flavor != SQL_MYSQL;
    return escapes ? (struct sql_dialect){.flavor = SQL_POSTGRES, .backslash = true} : *dialect;
}

static bool is_string(const struct sql_token *token, const struct sql_dialect *dialect) {
    return token->type == SQL_TOKEN_STRING || (token->type == SQL_TOKEN_IDENTIFIER &&
                                               token->quote == '"' && dialect->flavor == SQL_MYSQL);
}

/* The literal at the next token. False: something else. */
static bool read_literal(struct sql_pairs *pairs, struct sql_pair *out) {
    struct sql_lexer *lexer = &pairs->lexer;
    const uint8_t *bytes = lexer->view.bytes;
    struct sql_token token = sql_lexer_next(lexer);
    bool prefixed = is_prefix(lexer, &token);
    uint8_t prefix = prefixed && token.text.len == 1 ? token.text.ptr[0] | 0x20 : 0;
    const struct sql_dialect dialect = dialect_behind(pairs->dialect, prefix);
    out->begin = token.begin;
    if (prefixed) {
        lexer->dialect = &dialect;
        token = sql_lexer_next(lexer);
        lexer->dialect = pairs->dialect;
    }
    pairs->token = token;
    out->end = token.end;
    if (is_string(&token, &dialect)) {
        size_t begin = (size_t)(token.text.ptr - bytes), end = begin + token.text.len;
        enum sql_escapes escapes =
            token.escaped ? sql_dialect_escapes(&dialect, token.quote) : SQL_ESCAPES_NONE;
        out->value = sql_quoted_value(bytes, begin, end, &dialect, escapes);
        out->value.flags = prefix == 'x' ? (unsigned)CELL_HEX : out->value.flags;
        return true;
    }
    out->value = sql_bare_value(bytes, token.begin, token.end);
    return token.type == SQL_TOKEN_WORD && byte_is_digit(token.text.ptr[0]);
}

bool sql_pairs_next(struct sql_pairs *pairs, struct sql_pair *out) {
    struct sql_token column = {0};
    while (!is_over(pairs)) {
        struct sql_token *token = &pairs->token;
        pairs->depth += sql_token_is_mark(token, '(');
        pairs->depth -= pairs->depth > 0 && sql_token_is_mark(token, ')');
        if (sql_token_is_mark(token, '=') && column.text.len != 0 &&
            !byte_is_digit(column.text.ptr[0])) {
            out->column = column;
            bool literal = read_literal(pairs, out);
            column = (struct sql_token){0};
            if (literal) {
                *token = sql_lexer_next(&pairs->lexer);
                if (token->type != SQL_TOKEN_MORE && (ends_pair(token) || is_over(pairs))) {
                    return true;
                }
            }
            continue;
        }
        column = sql_token_names(token) ? *token : (struct sql_token){0};
        *token = sql_lexer_next(&pairs->lexer);
    }
    return false;
}
