/* print.h - values of Parquet as text (LogicalTypes.md): dates as 2026-01-31, times as 13:14:15, an
 * instant of UTC with a Z behind it, decimals with their point. */
#ifndef YINMA_DECODE_PARQUET_PRINT_H
#define YINMA_DECODE_PARQUET_PRINT_H

#include "core/text_buffer.h"
#include "decode/parquet/schema.h"

/* Are values of TYPE text as they stand? */
static inline bool parquet_is_text(const struct parquet_type *type) {
    return type->meaning == PARQUET_TEXT ||
           (type->meaning == PARQUET_PLAIN &&
            (type->physical == PARQUET_BYTES || type->physical == PARQUET_FIXED_BYTES));
}

/* Cell flags of all values of TYPE. */
unsigned parquet_cell_flags(const struct parquet_type *type);

/* VALUE, of TYPE's length where it has one, to OUT; what has no text leaves nothing. */
void parquet_print(const struct parquet_type *type, struct bytes value, struct text_buffer *out);

#endif
