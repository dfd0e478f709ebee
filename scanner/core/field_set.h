/* field_set.h - the tables and columns of one unit, as a decoder meets them. Fields have small
 * consecutive numbers, so that cells and facts can name them in a few bytes. Field 0 always exists:
 * free text (table "", column ""). Names are UTF-8 and still in clear: they pass conceal before
 * they leave the worker. One owner (the pipeline), lives as long as the unit. */
#ifndef YINMA_CORE_FIELD_SET_H
#define YINMA_CORE_FIELD_SET_H

#include "core/bytes.h"

enum { FIELD_FREE_TEXT = 0, TABLE_NONE = 0 };

enum attribution {
    ATTRIBUTION_NONE,     /* column unknown or free text */
    ATTRIBUTION_INFERRED, /* names from the DDL, a sniffed header, a schema file */
    ATTRIBUTION_EXACT,    /* the record itself, or its own header, names the column */
};

/* Where in a database file a row was found: one that was deleted is not gone. */
enum storage {
    STORAGE_NONE,     /* the format keeps nothing but what it shows */
    STORAGE_LIVE,     /* a row that a query would return */
    STORAGE_FREELIST, /* on a page that is free */
    STORAGE_SLACK,    /* in the free space of a page in use; a record marked as deleted */
    STORAGE_WAL,      /* in a journal or write-ahead log beside the database */
};
/* As printed in records; "" for STORAGE_NONE. */
const char *storage_name(enum storage storage);
enum storage storage_from_name(struct bytes name);

struct table {
    struct bytes name;    /* with schema or database when the data has one; "" for a plain file */
    enum storage storage; /* of all its rows */
    uint64_t rows;        /* rows read so far: the number of the last row */
    uint32_t first_field; /* its columns stand one after the other from here on … */
    uint32_t field_count; /* … unless the table had to be described anew (see redefine) */
    bool keyed;           /* it has fields that were met one by one (field_set_key) */
};

struct field {
    uint32_t table;   /* index of its table */
    uint32_t ordinal; /* 1-based place among the columns, 0 where that means nothing */
    struct bytes column;
    struct bytes label; /* a second name: the DDL comment, a caption; "" when none */
    enum attribution attribution;
};

struct field_set;

/* NULL when memory is out. */
struct field_set *field_set_new(void);
void field_set_free(struct field_set *set);

/* The table of that name, made on first use (without columns). UINT32_MAX when memory is out. */
uint32_t field_set_table(struct field_set *set, struct bytes name);
/* The same where rows are told apart by where they were found. TABLE_NONE is that of no name and
 * STORAGE_NONE. */
uint32_t field_set_stored_table(struct field_set *set, struct bytes name, enum storage storage);

struct column_name {
    struct bytes column;
    struct bytes label;
};

/* Give TABLE these columns, in order. Calling it again with the same columns changes nothing; with
 * others it adds new fields and the table points to those from now on (the old fields stay valid).
 * A column that the table already had under the same name keeps its number when the whole list is
 * equal only. Returns the number of the first field, UINT32_MAX when memory is out. */
uint32_t field_set_columns(struct field_set *set, uint32_t table, const struct column_name *columns,
                           size_t count, enum attribution attribution);

/* The field of TABLE with that column name, made on first use at the end of the set: for formats
 * that meet their columns one by one (keys in logs). UINT32_MAX when memory is out. */
uint32_t field_set_key(struct field_set *set, uint32_t table, struct bytes column,
                       enum attribution attribution);

/* The same with a second name, which an earlier call may have given. */
uint32_t field_set_labelled_key(struct field_set *set, uint32_t table, struct bytes column,
                                struct bytes label, enum attribution attribution);

/* Valid until the next call that adds to the set. */
const struct field *field_set_field(const struct field_set *set, uint32_t field);
struct table *field_set_table_at(struct field_set *set, uint32_t table);
const struct table *field_set_table_view(const struct field_set *set, uint32_t table);
uint32_t field_set_field_count(const struct field_set *set);
uint32_t field_set_table_count(const struct field_set *set);

#endif
