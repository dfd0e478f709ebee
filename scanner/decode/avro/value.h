/* value.h - values of Avro as they are encoded ("Binary Encoding" of the specification). */
#ifndef YINMA_DECODE_AVRO_VALUE_H
#define YINMA_DECODE_AVRO_VALUE_H

#include "decode/avro/schema.h"
#include "decode/encoding/narrow_text.h"
#include "decode/record_text.h"

/* What is left of a block. SEGMENT_PADDING bytes behind the end are readable. */
struct avro_reader {
    const uint8_t *at, *end;
};

/* All of these are false when the data ends before (the reader stays where it is), or makes no
 * sense. */
bool avro_take_long(struct avro_reader *reader, int64_t *out);
/* Bytes behind their number. */
bool avro_take_bytes(struct avro_reader *reader, struct bytes *out);

struct avro_cells {
    struct record_text *text;
    struct narrow_text *narrow; /* for texts that are no UTF-8 */
};

/* A value of TYPE (no record, array, map or union) as a cell of FIELD. */
bool avro_take_value(struct avro_reader *reader, const struct avro_type *type, uint32_t field,
                     struct avro_cells cells);

/* A text that stands where text is expected, as a cell. */
void avro_put_text(struct avro_cells cells, struct bytes value, uint32_t field, unsigned flags);

#endif
