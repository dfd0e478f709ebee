/* found_rows.h - places of a person by the rows that they stand in: several values that fit in one
 * row are hardly somebody else's. */
#ifndef YINMA_RESULT_FOUND_ROWS_H
#define YINMA_RESULT_FOUND_ROWS_H

#include "result/facts.h"

/* Field NUMBER of UNIT, or NULL. */
const struct field_facts *found_field(const struct unit_facts *unit, uint32_t number);

/* The row of a place: the same table, the same storage, the same number. */
struct found_row {
    const struct field_facts *field; /* of one of its places; NULL: not known */
    uint64_t row;
    uint32_t identifiers; /* bit i = identifier i fits in it */
};

/* The rows of UNIT with a number in which at least two identifiers fit, those of most identifiers
 * first; malloc'ed. False when memory is out. */
bool found_rows_of(const struct unit_facts *unit, struct found_row **rows_out, size_t *count_out);

/* Set `together` of every place of UNIT. False when memory is out. */
bool found_rows_count(struct unit_facts *unit);

#endif
