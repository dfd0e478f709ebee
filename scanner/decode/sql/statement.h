/* statement.h - what the head of a statement says: rows for which table and columns, a
 * description of a table, a setting that changes how the rest is read. */
#ifndef YINMA_DECODE_SQL_STATEMENT_H
#define YINMA_DECODE_SQL_STATEMENT_H

#include "decode/sql/statements.h"
#include "decode/sql/target.h"

/* The statement that begins with a word at AT. *behind: where rows or pairs begin. */
enum sql_head sql_statement_head(struct sql_statements *s, const struct sql_view *view, size_t at,
                                 size_t *behind);
/* A line comment of the dump: mysqldump names the current database in one. */
void sql_statement_comment(struct sql_statements *s, struct bytes comment);
/* psql's \connect, as pg_dumpall writes it: tables are named with the database from then on. */
void sql_statement_connect(struct sql_statements *s, struct bytes arguments);
/* psql's \copy, which ends with its LINE. COPY: rows follow. */
enum sql_head sql_statement_psql_copy(struct sql_statements *s, struct bytes line);
/* The table of the head read last, without schema and database. */
struct bytes sql_statement_last_part(const struct sql_statements *s);
/* Point TARGET at the table of the head read last. 0 or YINMA_E_MEMORY. */
int sql_statement_bind(struct sql_statements *s, struct field_set *fields,
                       struct sql_target *target, struct error *err);

#endif
