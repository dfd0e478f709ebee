/* schema.h - what CREATE TABLE in a SQLite schema says of the records of a table: which
 * columns they hold in which order. */
#ifndef YINMA_DECODE_SQLITE_SCHEMA_H
#define YINMA_DECODE_SQLITE_SCHEMA_H

#include "core/arena.h"
#include "core/field_set.h"

enum { SQLITE_COLUMNS_MAX = 32767, SQLITE_STORAGES = STORAGE_WAL + 1 };

struct sqlite_table {
    struct bytes name;
    uint32_t root;
    bool is_index;
    bool without_rowid;
    uint32_t column_count;       /* as stored in records; 0: not known */
    struct column_name *columns; /* in the order of records */
    uint32_t rowid_column;       /* stored as NULL, its value is the rowid; UINT32_MAX: none */
    uint8_t *classes;            /* of each column: kinds of values met in live rows; bits */
    uint32_t fewest;             /* columns of a live row */
    uint32_t field_tables[SQLITE_STORAGES]; /* in the field set; UINT32_MAX: not made yet */
    uint32_t first_fields[SQLITE_STORAGES];
};

/* Fill the columns of TABLE from the SQL that made it; memory from ARENA. SQL that makes no sense
 * leaves none. */
void sqlite_read_columns(struct sqlite_table *table, struct bytes sql, struct arena *arena);

#endif
