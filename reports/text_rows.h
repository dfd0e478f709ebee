/* text_rows.h - what the text report shows: one row a field (and one a role that breaks something),
 * worst first, the rows of a unit together. Holds numbers and views of the results only. */
#ifndef YINMA_REPORTS_TEXT_ROWS_H
#define YINMA_REPORTS_TEXT_ROWS_H

#include "result/results.h"

struct text_row {
    uint32_t unit;
    uint32_t violation_count;
    const struct violation *const *violations; /* worst first */
    const struct field_facts *place;           /* NULL where the rule speaks of the unit */
    const struct field_result *field;          /* NULL for a role */
    const char *role;                          /* NULL for a kind */
    enum severity severity : 8;                /* worst of its violations, SEVERITY_NONE without */
    bool known : 1;                            /* the baseline holds all of them */
    bool shown : 1;                            /* see text_rows_choose */
};

struct text_rows {
    struct text_row *rows;
    size_t count;
    const struct violation **violations; /* what the rows point into */
};

/* False when memory is out. */
bool text_rows_make(const struct results *results, struct text_rows *out);
/* Mark the worst rows that fit into so many LINES together with a heading for each of their units;
 * SIZE_MAX: all. Returns how many. False in *OK when memory is out. */
size_t text_rows_choose(struct text_rows *rows, size_t lines, bool *ok);
void text_rows_release(struct text_rows *rows);

#endif
