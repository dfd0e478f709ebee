/* target.h - the table that rows go into: which field each place of a row belongs to, and the
 * number of the row. */
#ifndef YINMA_DECODE_SQL_TARGET_H
#define YINMA_DECODE_SQL_TARGET_H

#include "core/error.h"
#include "core/field_set.h"
#include "decode/sql/batch.h"

struct sql_target {
    struct field_set *fields;
    uint32_t table; /* TABLE_NONE: rows of nothing that is known, every cell is free text */
    uint32_t *map;  /* fields of the columns as the statement lists them */
    uint32_t count; /* 0: unknown until the first row has been seen */
    uint32_t capacity;
    uint32_t *numbered; /* fields of "#1", "#2" …, made when a row does not fit the columns */
    uint32_t numbered_count;
    uint32_t numbered_capacity;
    uint64_t row; /* the last row begun */
};

enum { SQL_COLUMNS_MAX = 16384 }; /* cells behind that are free text */

void sql_target_release(struct sql_target *target);

/* Point at TABLE, columns still unknown; takes over its row count (sql_target_leave gives it
 * back). */
void sql_target_enter(struct sql_target *target, struct field_set *fields, uint32_t table);
void sql_target_leave(struct sql_target *target);

/* Its columns, by name. A column the table has already keeps its field, so that statements with
 * differing lists do not multiply fields. YINMA_E_MEMORY or 0. */
int sql_target_columns(struct sql_target *target, const struct column_name *columns, size_t count,
                       enum attribution attribution, struct error *err);
/* The columns that earlier rows of the table had, if there were any. */
int sql_target_as_before(struct sql_target *target, struct error *err);
/* COUNT columns that nothing names: "#1", "#2" … */
int sql_target_unnamed(struct sql_target *target, size_t count, struct error *err);

/* The field of place COLUMN (from 0) in a row that has more cells than there are columns, or whose
 * table has none. FIELD_FREE_TEXT when there is no telling (or no memory). */
uint32_t sql_target_numbered(struct sql_target *target, uint32_t column);

/* The row that ends here has not as many cells as there are columns: give them the numbered fields.
 * Not for a row whose first cells stand in an earlier segment. */
void sql_target_mismatch(struct sql_target *target, struct sql_batch *batch);

static inline uint32_t sql_target_field(struct sql_target *target, uint32_t column) {
    return __builtin_expect(column < target->count, 1) ? target->map[column]
                                                       : sql_target_numbered(target, column);
}

#endif
