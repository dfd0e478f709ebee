/* columns.h - names of the columns of delimited text. */
#ifndef YINMA_DECODE_DELIMITED_COLUMNS_H
#define YINMA_DECODE_DELIMITED_COLUMNS_H

#include "core/error.h"
#include "core/field_set.h"
#include "core/record_layout.h"
#include "decode/delimited/sniff.h"

/* Names by the header record of SAMPLE, "#3" where it has none: the numbers of their fields go to
 * COLUMNS (room for DELIMITED_MAX_COLUMNS). 0 or YINMA_E_MEMORY, without a message. */
int delimited_name_columns(struct field_set *fields, struct bytes sample,
                           const struct delimited_dialect *dialect, uint32_t *columns,
                           size_t *count_out);
/* The names that LAYOUT gives, in a table of the name it gives: *table. The same results. */
int delimited_given_columns(struct field_set *fields, const struct record_layout *layout,
                            uint32_t *columns, size_t *count_out, uint32_t *table);
/* The dialect that LAYOUT describes; SAMPLE is the start of the data. */
void delimited_given_dialect(const struct record_layout *layout, struct bytes sample,
                             struct delimited_dialect *out);
/* The field of column number COLUMN (from 0) that the first records did not have; UINT32_MAX when
 * memory is out. */
uint32_t delimited_extra_column(struct field_set *fields, size_t column);

#endif
