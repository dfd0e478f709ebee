#include "decode/sql/schema.h"

#include <stdlib.h>

#include "core/hash64.h"

void sql_schema_init(struct sql_schema *schema) {
    *schema = (struct sql_schema){0};
    arena_init(&schema->arena, SQL_SCHEMA_BYTES);
}

void sql_schema_release(struct sql_schema *schema) {
    arena_release(&schema->arena);
    free(schema->tables);
    free(schema->slots);
}

/* FNV-1a over lower case; names are short and statements are few. */
static uint64_t name_hash(struct bytes name) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < name.len; i++) {
        hash = (hash ^ byte_lower(name.ptr[i])) * UINT64_C(0x100000001B3);
    }
    return hash ^ hash >> 32;
}

/* The slot that holds NAME, or the free one where it belongs. */
static uint32_t *find_slot(const struct sql_schema *schema, struct bytes name) {
    size_t mask = (size_t)schema->capacity * 2 - 1;
    size_t at = (size_t)name_hash(name) & mask;
    while (schema->slots[at] != 0 &&
           !bytes_equal_ignoring_case(schema->tables[schema->slots[at] - 1].name, name)) {
        at = (at + 1) & mask;
    }
    return &schema->slots[at];
}

static bool grow(struct sql_schema *schema) {
    uint32_t capacity = schema->capacity == 0 ? 64 : schema->capacity * 2;
    struct sql_definition *tables =
        realloc(schema->tables, (size_t)capacity * sizeof *schema->tables);
    if (tables == NULL) {
        return false;
    }
    schema->tables = tables;
    uint32_t *slots = calloc((size_t)capacity * 2, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(schema->slots);
    schema->slots = slots;
    schema->capacity = capacity;
    for (uint32_t i = 0; i < schema->count; i++) {
        *find_slot(schema, schema->tables[i].name) = i + 1;
    }
    return true;
}

struct sql_definition *sql_schema_find(const struct sql_schema *schema, struct bytes name) {
    if (schema->count == 0) {
        return NULL;
    }
    uint32_t number = *find_slot(schema, name);
    return number == 0 ? NULL : &schema->tables[number - 1];
}

static struct column_name *copy_columns(struct sql_schema *schema,
                                        const struct column_name *columns, size_t count) {
    struct column_name *copy = arena_alloc(&schema->arena, (count + 1) * sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i].column = arena_copy(&schema->arena, columns[i].column);
        copy[i].label = arena_copy(&schema->arena, columns[i].label);
        if (copy[i].column.ptr == NULL || copy[i].label.ptr == NULL) {
            return NULL;
        }
    }
    return copy;
}

void sql_schema_define(struct sql_schema *schema, struct bytes name,
                       const struct column_name *columns, size_t count) {
    struct column_name *copy = copy_columns(schema, columns, count);
    if (copy == NULL) {
        return;
    }
    struct sql_definition *table = sql_schema_find(schema, name);
    if (table == NULL) {
        struct bytes kept = arena_copy(&schema->arena, name);
        if (kept.ptr == NULL || (schema->count == schema->capacity && !grow(schema))) {
            return;
        }
        *find_slot(schema, name) = schema->count + 1;
        table = &schema->tables[schema->count++];
        *table = (struct sql_definition){.name = kept};
    }
    table->columns = copy;
    table->count = count;
    table->partial = false;
}

void sql_schema_extend(struct sql_schema *schema, struct bytes name,
                       const struct column_name *columns, size_t count, enum sql_order order) {
    struct sql_definition *table = sql_schema_find(schema, name);
    size_t before = table == NULL ? 0 : table->count;
    bool partial = table == NULL || table->partial || order == SQL_ORDER_UNKNOWN;
    if (table == NULL) {
        sql_schema_define(schema, name, columns, count);
    } else {
        struct column_name *all = arena_alloc(&schema->arena, (before + count + 1) * sizeof *all);
        struct column_name *added = copy_columns(schema, columns, count);
        if (all == NULL || added == NULL) {
            return;
        }
        memcpy(all, table->columns, before * sizeof *all);
        memcpy(all + before, added, count * sizeof *all);
        table->columns = all;
        table->count = before + count;
    }
    table = sql_schema_find(schema, name);
    if (table != NULL) {
        table->partial = partial;
    }
}

/* Looks from *hint on and leaves it behind what was found: lists name columns in order mostly. The
 * number of steps is bounded, so that hostile lists cost no square of their length. */
static struct column_name *find_column(const struct sql_definition *table, struct bytes column,
                                       size_t *hint) {
    for (size_t i = 0; i < table->count && i < SQL_SCHEMA_STEPS; i++) {
        size_t at = (*hint + i) % table->count;
        if (bytes_equal_ignoring_case(table->columns[at].column, column)) {
            *hint = at + 1;
            return &table->columns[at];
        }
    }
    return NULL;
}

void sql_schema_label(struct sql_schema *schema, struct bytes name, struct bytes column,
                      struct bytes label) {
    struct sql_definition *table = sql_schema_find(schema, name);
    size_t hint = 0;
    struct column_name *found = table == NULL ? NULL : find_column(table, column, &hint);
    if (found != NULL) {
        struct bytes kept = arena_copy(&schema->arena, label);
        if (kept.ptr != NULL) {
            found->label = kept;
        }
    }
}

struct bytes sql_definition_label(const struct sql_definition *table, struct bytes column,
                                  size_t *hint) {
    const struct column_name *found = table == NULL ? NULL : find_column(table, column, hint);
    return found == NULL ? BYTES_LIT("") : found->label;
}

int sql_schema_register(const struct sql_schema *schema, struct field_set *fields,
                        struct error *err) {
    for (uint32_t i = schema->given; i < schema->count; i++) {
        const struct sql_definition *table = &schema->tables[i];
        uint32_t number = field_set_table(fields, table->name);
        if (number == UINT32_MAX || (field_set_table_view(fields, number)->field_count == 0 &&
                                     field_set_columns(fields, number, table->columns, table->count,
                                                       ATTRIBUTION_INFERRED) == UINT32_MAX)) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for the tables of a dump");
        }
    }
    return 0;
}
