/* bcp_values.h - values of native data as text. */
#ifndef YINMA_DECODE_SQLSERVER_BCP_VALUES_H
#define YINMA_DECODE_SQLSERVER_BCP_VALUES_H

#include "core/bcp_layout.h"
#include "decode/encoding/narrow_text.h"
#include "decode/record_text.h"

/* RAW, a whole value of COLUMN or (FLAGS: CELL_PARTIAL) a piece of a long one, as a cell of FIELD.
 * NARROW: for texts of a code page. */
void bcp_value_put(struct record_text *text, struct narrow_text *narrow,
                   const struct bcp_column *column, struct bytes raw, uint32_t field,
                   unsigned flags);

#endif
