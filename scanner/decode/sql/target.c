#include "decode/sql/target.h"

#include <stdio.h>
#include <stdlib.h>

void sql_target_release(struct sql_target *target) {
    free(target->map);
    free(target->numbered);
    *target = (struct sql_target){.table = TABLE_NONE};
}

void sql_target_enter(struct sql_target *target, struct field_set *fields, uint32_t table) {
    target->fields = fields;
    if (target->table != table) {
        target->numbered_count = 0;
    }
    target->table = table;
    target->count = 0;
    target->row = field_set_table_view(fields, table)->rows;
}

void sql_target_leave(struct sql_target *target) {
    if (target->table != TABLE_NONE) {
        field_set_table_at(target->fields, target->table)->rows = target->row;
    }
}

static bool reserve(uint32_t **array, uint32_t *capacity, size_t need) {
    if (need <= *capacity) {
        return true;
    }
    size_t wanted = need < 64 ? 64 : need * 2;
    uint32_t *bigger = realloc(*array, wanted * sizeof **array);
    if (bigger == NULL) {
        return false;
    }
    *array = bigger;
    *capacity = (uint32_t)wanted;
    return true;
}

int sql_target_columns(struct sql_target *target, const struct column_name *columns, size_t count,
                       enum attribution attribution, struct error *err) {
    if (count > SQL_COLUMNS_MAX) {
        count = SQL_COLUMNS_MAX;
    }
    if (!reserve(&target->map, &target->capacity, count)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a table");
    }
    const struct table *table = field_set_table_view(target->fields, target->table);
    bool first_time = table->field_count == 0 && !table->keyed;
    uint32_t first = table->first_field;
    if (first_time && count != 0) {
        first = field_set_columns(target->fields, target->table, columns, count, attribution);
    }
    uint32_t known = field_set_table_view(target->fields, target->table)->field_count;
    for (uint32_t i = 0; i < count && first != UINT32_MAX; i++) {
        bool in_place =
            first_time ||
            (i < known &&
             bytes_equal(field_set_field(target->fields, first + i)->column, columns[i].column));
        target->map[i] =
            in_place ? first + i
                     : field_set_key(target->fields, target->table, columns[i].column, attribution);
        if (target->map[i] == UINT32_MAX) {
            first = UINT32_MAX;
        }
    }
    if (first == UINT32_MAX) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a table");
    }
    target->count = (uint32_t)count;
    return 0;
}

int sql_target_as_before(struct sql_target *target, struct error *err) {
    const struct table *table = field_set_table_view(target->fields, target->table);
    if (!reserve(&target->map, &target->capacity, table->field_count)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a table");
    }
    for (uint32_t i = 0; i < table->field_count; i++) {
        target->map[i] = table->first_field + i;
    }
    target->count = table->field_count;
    return 0;
}

int sql_target_unnamed(struct sql_target *target, size_t count, struct error *err) {
    if (count > SQL_COLUMNS_MAX) {
        count = SQL_COLUMNS_MAX;
    }
    struct column_name *columns = calloc(count + 1, sizeof *columns);
    char(*names)[12] = calloc(count + 1, sizeof *names);
    int status;
    if (columns == NULL || names == NULL) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a table");
        goto cleanup;
    }
    for (size_t i = 0; i < count; i++) {
        int len = snprintf(names[i], sizeof names[i], "#%u", (unsigned)i + 1);
        columns[i].column = bytes_of(names[i], (size_t)len);
        columns[i].label = BYTES_LIT("");
    }
    status = sql_target_columns(target, columns, count, ATTRIBUTION_NONE, err);
cleanup:
    free(columns);
    free(names);
    return status;
}

uint32_t sql_target_numbered(struct sql_target *target, uint32_t column) {
    if (target->table == TABLE_NONE || column >= SQL_COLUMNS_MAX) {
        return FIELD_FREE_TEXT;
    }
    if (!reserve(&target->numbered, &target->numbered_capacity, (size_t)column + 1)) {
        return FIELD_FREE_TEXT;
    }
    while (target->numbered_count <= column) {
        char name[16];
        int len = snprintf(name, sizeof name, "#%u", target->numbered_count + 1);
        uint32_t field = field_set_key(target->fields, target->table, bytes_of(name, (size_t)len),
                                       ATTRIBUTION_NONE);
        if (field == UINT32_MAX) {
            return FIELD_FREE_TEXT;
        }
        target->numbered[target->numbered_count++] = field;
    }
    return target->numbered[column];
}

void sql_target_mismatch(struct sql_target *target, struct sql_batch *batch) {
    if (target->count == 0 || batch->row_at == SIZE_MAX) {
        return; /* numbered already or free text; or the row's first cells have left */
    }
    uint32_t column = 0;
    for (uint32_t i = batch->row_first; i < batch->count; i++) {
        if (batch->cells[i].field != FIELD_FREE_TEXT) {
            batch->cells[i].field = sql_target_numbered(target, column++);
        }
    }
}
