/* schema.h - the tables a dump describes (CREATE TABLE, comments on columns), kept until data
 * for them comes by: rows without a column list take their names from here, rows with one take
 * their labels. Tables that never get rows enter the field set at the end. */
#ifndef YINMA_DECODE_SQL_SCHEMA_H
#define YINMA_DECODE_SQL_SCHEMA_H

#include "core/arena.h"
#include "core/error.h"
#include "core/field_set.h"

struct sql_definition {
    struct bytes name; /* as the dump writes it, with schema or database */
    struct column_name *columns;
    size_t count;
    bool partial; /* not all columns are known, or not their order: rows do not go by them */
};

struct sql_schema {
    struct arena arena;
    struct sql_definition *tables;
    uint32_t count, capacity;
    uint32_t given;  /* the first so many were described elsewhere: no tables of this data */
    uint32_t *slots; /* hash of the name in lower case -> index + 1; twice the capacity */
};

enum {
    SQL_SCHEMA_BYTES = 64 * 1024 * 1024, /* descriptions beyond that are not kept */
    SQL_SCHEMA_STEPS = 2048,             /* columns looked at for one name */
};

void sql_schema_init(struct sql_schema *schema);
void sql_schema_release(struct sql_schema *schema);

/* Remember a table; a later description of the same name replaces it. Whatever memory does not
 * allow is not remembered: its rows will have numbered columns. */
void sql_schema_define(struct sql_schema *schema, struct bytes name,
                       const struct column_name *columns, size_t count);
/* Columns that the table gets later. */
enum sql_order { SQL_ORDER_AT_END, SQL_ORDER_UNKNOWN };
void sql_schema_extend(struct sql_schema *schema, struct bytes name,
                       const struct column_name *columns, size_t count, enum sql_order order);
/* NULL when unknown. Names are compared without regard to ASCII case. */
struct sql_definition *sql_schema_find(const struct sql_schema *schema, struct bytes name);
void sql_schema_label(struct sql_schema *schema, struct bytes name, struct bytes column,
                      struct bytes label);
/* The label of the column, or "". *HINT: where to look first, 0 at the start of a list. */
struct bytes sql_definition_label(const struct sql_definition *table, struct bytes column,
                                  size_t *hint);

/* Tables without rows enter FIELDS. 0 or YINMA_E_MEMORY. */
int sql_schema_register(const struct sql_schema *schema, struct field_set *fields,
                        struct error *err);

#endif
