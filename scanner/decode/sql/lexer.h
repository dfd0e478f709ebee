/* lexer.h - tokens of SQL, one at a time, over a view of the stream: for the heads of
 * statements and for DDL. Data goes through sql_values and sql_copy. Nothing here allocates. */
#ifndef YINMA_DECODE_SQL_LEXER_H
#define YINMA_DECODE_SQL_LEXER_H

#include "core/text_buffer.h"
#include "decode/sql/dialect.h"

struct sql_view {
    const uint8_t *bytes;
    size_t end;
    bool final; /* the data ends at `end`; otherwise more may follow */
};

enum sql_token_type {
    SQL_TOKEN_END,        /* the data is at its end */
    SQL_TOKEN_MORE,       /* the view ends inside the token, or just before it */
    SQL_TOKEN_WORD,       /* keyword, bare identifier, number; dots are marks */
    SQL_TOKEN_IDENTIFIER, /* `…` […] and "…" (where it is no string, the caller knows) */
    SQL_TOKEN_STRING,     /* '…' or $tag$…$tag$ */
    SQL_TOKEN_MARK,       /* any other single byte */
};

struct sql_token {
    size_t begin, end; /* with quotes */
    struct bytes text; /* without them, escapes in place */
    enum sql_token_type type;
    uint8_t quote; /* opening quote of identifiers and strings, the byte of a mark */
    bool escaped;  /* holds doubled quotes or back-slashes that escape */
};

struct sql_lexer {
    struct sql_view view;
    size_t at;
    const struct sql_dialect *dialect;
};

struct sql_token sql_lexer_next(struct sql_lexer *lexer);

/* The keyword, in any case? */
bool sql_token_is(const struct sql_token *token, const char *keyword);
/* KEYWORDS: NULL-terminated. */
bool sql_token_is_one_of(const struct sql_token *token, const char *const *keywords);
static inline bool sql_token_is_mark(const struct sql_token *token, uint8_t mark) {
    return token->type == SQL_TOKEN_MARK && token->quote == mark;
}
/* May it be a name; is it the end of the data or of the view? */
static inline bool sql_token_names(const struct sql_token *token) {
    return token->type == SQL_TOKEN_WORD || token->type == SQL_TOKEN_IDENTIFIER;
}
static inline bool sql_token_ends(const struct sql_token *token) {
    return token->type == SQL_TOKEN_MORE || token->type == SQL_TOKEN_END;
}
/* Append what the token names or says, without escapes. */
void sql_token_append(const struct sql_token *token, const struct sql_dialect *dialect,
                      struct text_buffer *out);

enum { SQL_OPEN = -1 }; /* as a position: the view ends before the end was seen */

/* Behind the closing quote of the string that opens at AT, or SQL_OPEN. *escaped is set (never
 * cleared) when there is something to undo. */
int64_t sql_skip_quoted(const struct sql_view *view, size_t at, uint8_t close, bool backslash,
                        bool *escaped);
/* Behind $tag$…$tag$ opening at AT (*body is what stands between), SQL_OPEN, or AT when none opens
 * here. */
int64_t sql_skip_dollar(const struct sql_view *view, size_t at, struct bytes *body);

/* Does a comment open at AT? Its end (behind a line's newline, behind the star and slash),
 * SQL_OPEN, or AT when none does. Openers and closers of executable comments are passed like
 * comments: what stands between them is code. */
int64_t sql_skip_comment(const struct sql_view *view, size_t at, const struct sql_dialect *dialect);

static inline bool sql_is_blank(uint8_t c) {
    return c == ' ' || (uint8_t)(c - '\t') < 5;
}
static inline bool sql_is_word(uint8_t c) {
    return byte_is_alnum(c) || c == '_' || c == '$' || c == '@' || c >= 0x80;
}

#endif
