/* values_head.h - the heads of statements that give values to columns. Inside the decoder only.
 */
#ifndef YINMA_DECODE_SQL_VALUES_HEAD_H
#define YINMA_DECODE_SQL_VALUES_HEAD_H

#include "decode/sql/statements.h"

/* WORD, the first one, was read. TEXT: another statement. ROWS_BEFORE: of the statement before. */
enum sql_head sql_values_head(struct sql_statements *s, struct sql_lexer *lexer,
                              const struct sql_token *word, bool rows_before, size_t *behind);

/* TOKEN stands behind the columns of an INSERT: the word that tells where its values come from,
 * behind OVERRIDING SYSTEM VALUE or OUTPUT inserted.id INTO @ids. */
struct sql_token sql_skip_clauses(struct sql_lexer *lexer, struct sql_token token);

#endif
