/* describe.h - statements that describe tables: the names of columns go to s->names, that of
 * the table to s->table. */
#ifndef YINMA_DECODE_SQL_DESCRIBE_H
#define YINMA_DECODE_SQL_DESCRIBE_H

#include "decode/sql/statements.h"

/* The columns of CREATE TABLE; CREATE was read. */
enum sql_head sql_create_table(struct sql_statements *s, struct sql_lexer *lexer);
/* Columns that ALTER TABLE adds; ALTER was read. */
enum sql_head sql_alter_table(struct sql_statements *s, struct sql_lexer *lexer);

#endif
