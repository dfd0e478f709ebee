/* copy_form.h - how the rows behind a COPY are written, when it says so: the text format with a
 * delimiter or NULL of its own, or CSV (PostgreSQL's manual, COPY, File Formats). */
#ifndef YINMA_DECODE_SQL_COPY_FORM_H
#define YINMA_DECODE_SQL_COPY_FORM_H

#include "decode/sql/cell.h"
#include "decode/sql/lexer.h"

enum { SQL_COPY_NULL_MAX = 31 };

struct sql_copy_form {
    enum { SQL_COPY_TEXT, SQL_COPY_CSV, SQL_COPY_UNKNOWN } format;
    bool usual;  /* text, tabs, \N: nothing was said */
    bool header; /* the first line names the columns */
    uint8_t delimiter, quote, escape;
    uint8_t null_len;
    uint8_t null[SQL_COPY_NULL_MAX]; /* what stands for NULL, without quotes */
};

/* The options behind FROM STDIN, up to the semicolon, from *TOKEN on, which becomes the token that
 * ends them. */
struct sql_copy_form sql_copy_form_read(struct sql_lexer *lexer, struct sql_token *token);

/* The delimiter or newline that ends the value at AT, END when there is none before it. */
size_t sql_copy_form_mark(const struct sql_copy_form *form, const uint8_t *bytes, size_t at,
                          size_t end);

/* The value between delimiters, without its quotes. */
struct sql_value sql_copy_form_value(const struct sql_copy_form *form, const uint8_t *bytes,
                                     size_t begin, size_t end);

/* Does the line `\.` that ends the rows begin at AT? */
bool sql_copy_form_ends(const uint8_t *bytes, size_t at, size_t end);

#endif
