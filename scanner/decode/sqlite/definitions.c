/* definitions.c - the table of tables: what each is called, where it stands, its columns. */
#include <stdlib.h>

#include "core/utf8.h"
#include "decode/sqlite/state.h"

enum { SCHEMA_COLUMNS = 5, TABLES_MAX = 100000 };

static struct bytes value_of(struct bytes payload, const struct sqlite_record *record,
                             uint32_t column, uint64_t *type) {
    uint64_t at = record->header;
    uint32_t c = 0;
    for (const uint8_t *p = record->types; p < record->types_end; c++) {
        p += sqlite_varint(p, record->types_end, type);
        const uint64_t len = sqlite_type_bytes(*type);
        if (c == column) {
            return bytes_first(bytes_from(payload, (size_t)at), (size_t)len);
        }
        at += len;
    }
    *type = 0;
    return bytes_of("", 0);
}

/* TEXT of the database's encoding as UTF-8 in the arena. */
static struct bytes text_of(struct sqlite_decoder *d, struct bytes text) {
    if (d->file.encoding == 1 || text.len == 0) {
        return arena_copy(&d->arena, text);
    }
    uint8_t *out = arena_alloc(&d->arena, text.len * 2 + 4);
    size_t len = 0;
    for (size_t i = 0; out != NULL && i + 2 <= text.len; i += 2) {
        const uint8_t *p = text.ptr + i;
        len += utf8_encode(d->file.encoding == 3 ? (uint32_t)p[0] << 8 | p[1]
                                                 : (uint32_t)p[1] << 8 | p[0],
                           out + len);
    }
    return bytes_of(out, out == NULL ? 0 : len);
}

static struct sqlite_table *new_table(struct sqlite_decoder *d) {
    if (d->table_count == d->table_capacity) {
        const uint32_t capacity = d->table_capacity == 0 ? 32 : d->table_capacity * 2;
        struct sqlite_table *tables = reallocarray(d->tables, capacity, sizeof *tables);
        if (tables == NULL) {
            d->failed = true;
            error_set(&d->error, YINMA_E_MEMORY, "out of memory for the tables of a database");
            return NULL;
        }
        d->tables = tables;
        d->table_capacity = capacity;
    }
    struct sqlite_table *table = &d->tables[d->table_count];
    *table = (struct sqlite_table){.rowid_column = UINT32_MAX, .fewest = UINT32_MAX};
    memset(table->field_tables, 0xFF, sizeof table->field_tables);
    return table;
}

/* A row of the schema: type, name, name of the table, root page, SQL. */
static void take_definition(struct sqlite_decoder *d, const struct sqlite_cell *cell,
                            uint32_t schema) {
    struct sqlite_record record;
    uint64_t type;
    (void)schema;
    sqlite_take_live(d, cell, 0);
    struct bytes payload = bytes_of(d->page + cell->payload, cell->local);
    if (cell->overflow != 0) { /* sqlite_take_live has put it together */
        payload =
            bytes_of(d->row, cell->total < d->row_capacity ? (size_t)cell->total : d->row_capacity);
    }
    if (d->failed || d->table_count == TABLES_MAX || !sqlite_record_read(payload, &record) ||
        record.columns < SCHEMA_COLUMNS) {
        return;
    }
    struct bytes what = text_of(d, value_of(payload, &record, 0, &type));
    const bool is_index = bytes_equal(what, BYTES_LIT("index"));
    struct bytes root = value_of(payload, &record, 3, &type);
    if ((!is_index && !bytes_equal(what, BYTES_LIT("table"))) || root.len == 0 || type > 6) {
        return; /* views, triggers, virtual tables */
    }
    struct sqlite_table *table = new_table(d);
    if (table == NULL) {
        return;
    }
    table->root = (uint32_t)sqlite_integer(root.ptr, root.len);
    table->is_index = is_index;
    table->name = text_of(d, value_of(payload, &record, 2, &type));
    if (!is_index) {
        sqlite_read_columns(table, text_of(d, value_of(payload, &record, 4, &type)), &d->arena);
    }
    d->table_count++;
}

void sqlite_read_definitions(struct sqlite_decoder *d) {
    static const struct column_name columns[SCHEMA_COLUMNS] = {
        {BYTES_LIT("type"), BYTES_LIT("")},
        {BYTES_LIT("name"), BYTES_LIT("")},
        {BYTES_LIT("tbl_name"), BYTES_LIT("")},
        {BYTES_LIT("rootpage"), BYTES_LIT("")},
        {BYTES_LIT("sql"), BYTES_LIT("")}};
    struct sqlite_table *schema = new_table(d);
    struct column_name *own = arena_alloc(&d->arena, sizeof columns);
    if (schema == NULL || own == NULL) {
        d->failed = true;
        return;
    }
    memcpy(own, columns, sizeof columns);
    schema->name = BYTES_LIT("sqlite_schema");
    schema->columns = own;
    schema->column_count = SCHEMA_COLUMNS;
    schema->root = 1;
    d->table_count = 1;
    if (d->file.pages > 0) {
        sqlite_tree_push(d, 1, 0);
    }
    for (uint32_t page = sqlite_tree_next(d, 0); page != 0 && !d->failed;
         page = sqlite_tree_next(d, 0)) {
        sqlite_each_cell(d, page, 0, take_definition);
    }
}

void sqlite_register_tables(struct sqlite_decoder *d) {
    for (uint32_t i = 0; i < d->table_count && !d->failed; i++) {
        struct sqlite_table *t = &d->tables[i];
        if (t->is_index || t->column_count == 0 || t->field_tables[STORAGE_LIVE] != UINT32_MAX) {
            continue;
        }
        const uint32_t number = field_set_stored_table(d->fields, t->name, STORAGE_LIVE);
        const uint32_t first = number == UINT32_MAX
                                   ? UINT32_MAX
                                   : field_set_columns(d->fields, number, t->columns,
                                                       t->column_count, ATTRIBUTION_EXACT);
        d->failed = first == UINT32_MAX;
        t->field_tables[STORAGE_LIVE] = number;
        t->first_fields[STORAGE_LIVE] = first;
    }
}
