/* statements.h - what the statements of a script have said so far: how its strings are written,
 * the current database, the tables described, and the head read last. Inside the decoder only. */
#ifndef YINMA_DECODE_SQL_STATEMENTS_H
#define YINMA_DECODE_SQL_STATEMENTS_H

#include "decode/encoding/transcode.h"
#include "decode/sql/copy_form.h"
#include "decode/sql/names.h"
#include "decode/sql/schema.h"

enum { SQL_NAME_MAX_BYTES = 4096 };

enum sql_head {
    SQL_HEAD_TEXT,   /* nothing to cut into values */
    SQL_HEAD_MORE,   /* the view ends inside the head */
    SQL_HEAD_VALUES, /* tuples follow */
    SQL_HEAD_COPY,   /* lines follow */
    SQL_HEAD_ROW,    /* the columns and values of a new row follow (sql/pairs.h) */
    SQL_HEAD_PAIRS,  /* the same of rows that are changed, or looked for */
    SQL_HEAD_LOOSE,  /* the same of a table that stands somewhere in the statement, if any does */
    SQL_HEAD_SELECT, /* SELECT follows: what it lists are rows */
    SQL_HEAD_UNION,  /* more of such rows, for the table of the last statement */
    SQL_HEAD_ON,     /* what becomes of rows of the last statement that were there before */
    SQL_HEAD_PREFIX, /* the next statement begins behind a word */
};

struct sql_statements {
    struct sql_dialect dialect;
    bool backslash_before;        /* what `SET sql_mode = @saved` goes back to */
    struct text_buffer database;  /* USE, and PostgreSQL's first search path */
    struct text_buffer connected; /* the database that psql was told to go to; "" in most dumps */
    struct sql_schema schema;
    /* The encoding that SET NAMES or client_encoding has declared; the transcoder knows the first
     * one only. */
    bool encoding_known, encoding_changes;
    enum encoding encoding;
    /* the head read last */
    struct text_buffer table;
    struct sql_names names;         /* its columns; none when it lists none */
    struct sql_copy_form copy_form; /* of a COPY */
    bool rows_before;               /* the last statement had rows: ON and UNION go on with them */
    bool copy_follows; /* COPY is understood whatever the flavor (a preamble's last statement)
                        */
};

void sql_statements_init(struct sql_statements *s, struct sql_dialect dialect);
void sql_statements_release(struct sql_statements *s);

/* A name of one or more parts at the next token into OUT, qualified when it is not. The token
 * behind it is in *token. TEXT: it is a name; MORE; other values: it is none. With LAST, the last
 * part goes there instead. */
enum sql_name { SQL_NAME_OK, SQL_NAME_MORE, SQL_NAME_NONE };
enum sql_name sql_read_name(struct sql_statements *s, struct sql_lexer *lexer,
                            struct sql_token *token, struct text_buffer *out,
                            struct text_buffer *last);

/* Behind `(`: names up to `)` into s->names, TEXT with *token on `)` when it is such a list. */
enum sql_head sql_read_columns(struct sql_statements *s, struct sql_lexer *lexer,
                               struct sql_token *token);

static inline enum sql_head sql_head_of_end(const struct sql_token *token) {
    return token->type == SQL_TOKEN_MORE ? SQL_HEAD_MORE : SQL_HEAD_TEXT;
}

#endif
