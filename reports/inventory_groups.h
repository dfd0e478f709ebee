/* inventory_groups.h - the 個人資料檔案 of the results: what holds personal data, put together by
 * source and table, so that the generations of one thing are one line. */
#ifndef YINMA_REPORTS_INVENTORY_GROUPS_H
#define YINMA_REPORTS_INVENTORY_GROUPS_H

#include "result/people.h"

/* A stretch of fields, sorted by source, table, column, kind, unit. */
struct inventory {
    const struct results *results;
    const struct field_result **fields;
    size_t count;
    uint32_t *seen; /* by unit: the line that counted it last */
    uint32_t line;
};

/* False when memory is out. */
bool inventory_init(struct inventory *inventory, const struct results *results);
void inventory_release(struct inventory *inventory);

/* What a line says of its fields. */
struct inventory_line {
    const struct field_result *const *fields;
    size_t count;
    struct bytes source, table;
    uint64_t by_state[STATE_COUNT], past_limit;
    bool limited;
    int32_t oldest, newest; /* DAY_NONE: not known */
    zone_set zones;
    uint64_t rows; /* at most, in one unit */
    size_t units;
    bool one_file; /* all units have the same owner and mode */
    struct people people;
};

/* The files, then the columns of a file: take the next line from FIELDS[*AT …END). Release each
 * line. False: no more. */
bool inventory_file(struct inventory *inventory, size_t *at, struct inventory_line *out);
bool inventory_column(struct inventory *inventory, size_t *at, size_t end,
                      struct inventory_line *out);
void inventory_line_release(struct inventory_line *line);

/* The source of a field's unit; the unit's name where it has none. */
struct bytes inventory_source(const struct results *results, const struct field_result *field);

#endif
