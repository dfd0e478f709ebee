/* text.h - passing over what is not cut into values: statements of any kind, routine bodies,
 * comments of any length. Can stop at any byte and go on with the next view. */
#ifndef YINMA_DECODE_SQL_TEXT_H
#define YINMA_DECODE_SQL_TEXT_H

#include "decode/sql/lexer.h"

enum { SQL_TAG_MAX = 64, SQL_DELIMITER_MAX = 16 };

struct sql_text {
    /* What the position stands in: 0 code, a closing quote, '-' a line comment, '*' a block
     * comment, '$' a dollar-quoted body. */
    uint8_t inside;
    bool backslash;           /* in the string */
    uint8_t tag[SQL_TAG_MAX]; /* of the dollar quotes */
    size_t tag_len;
    bool comment_only;                    /* no statement has begun: stop behind the comment */
    uint8_t delimiter[SQL_DELIMITER_MAX]; /* ends statements: `;` unless DELIMITER says else */
    size_t delimiter_len;
};

void sql_text_init(struct sql_text *text);
/* Start at code (or at a comment that the view does not hold whole). */
void sql_text_begin(struct sql_text *text, bool comment_only);
/* Move *at on. True: the statement is over, *at stands behind it. False: the view ends. */
bool sql_text_skip(struct sql_text *text, const struct sql_view *view,
                   const struct sql_dialect *dialect, size_t *at);

/* Does a line begin at AT with the next statement, where statements need no terminator? */
bool sql_text_statement_begins(const struct sql_view *view, size_t at,
                               const struct sql_dialect *dialect);

/* A good place to cut running text that must be cut, in (from, at]: behind a byte that is no part
 * of a word or number, else between characters. */
size_t sql_text_cut(const uint8_t *bytes, size_t from, size_t at);

#endif
