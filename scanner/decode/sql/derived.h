/* derived.h - the columns of rows that a statement lists where a table may stand. */
#ifndef YINMA_DECODE_SQL_DERIVED_H
#define YINMA_DECODE_SQL_DERIVED_H

#include "decode/sql/lexer.h"

/* WITH t (a, b) AS (VALUES …: NEXT and BRACKET stand behind the names, then what LEXER reads. */
bool sql_derived_follows(const struct sql_lexer *lexer, const struct sql_token *next,
                         const struct sql_token *bracket);

/* (VALUES ('x', 'y'), …) AS t (a, b), LEXER behind VALUES: the names behind what they name, up to
 * MOST of them, into NAMES. How many; 0: none stand there, or the view ends before them. */
uint32_t sql_derived_names(const struct sql_lexer *lexer, struct sql_token *names, uint32_t most);

#endif
