/* names.h - a list of columns as it is being read: names and labels without quotes and escapes,
 * in one growing buffer that serves every statement. */
#ifndef YINMA_DECODE_SQL_NAMES_H
#define YINMA_DECODE_SQL_NAMES_H

#include "core/field_set.h"
#include "core/text_buffer.h"
#include "decode/sql/lexer.h"

struct sql_names {
    struct text_buffer text;
    size_t (*ends)[2]; /* of each name and its label in `text` */
    struct column_name *columns;
    size_t count, capacity;
    bool failed; /* memory is out; count is what fitted */
};

void sql_names_init(struct sql_names *names);
void sql_names_release(struct sql_names *names);
void sql_names_clear(struct sql_names *names);
void sql_names_add(struct sql_names *names, const struct sql_token *name,
                   const struct sql_dialect *dialect);
/* The label of the last name added. */
void sql_names_label(struct sql_names *names, const struct sql_token *label,
                     const struct sql_dialect *dialect);
/* names->count columns, valid until the next change. */
struct column_name *sql_names_columns(struct sql_names *names);

#endif
