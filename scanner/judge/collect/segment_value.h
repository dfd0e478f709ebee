/* segment_value.h - what stands at a place of a segment, as a pattern reads it: without the escapes
 * of its format, in half width, without blanks around it. */
#ifndef YINMA_JUDGE_COLLECT_SEGMENT_VALUE_H
#define YINMA_JUDGE_COLLECT_SEGMENT_VALUE_H

#include "core/hit.h"
#include "core/segment.h"
#include "patterns/pattern.h"

enum { VALUE_SCRATCH_BYTES = 4096 };

/* Values with escapes, hexadecimal digits or full-width characters are rewritten here; longer ones
 * are taken as they stand. A value is good until the next one is made. */
struct value_scratch {
    uint8_t unescaped[VALUE_SCRATCH_BYTES];
    uint8_t folded[VALUE_SCRATCH_BYTES];
};

void value_of_hit(struct value_scratch *scratch, const struct segment *segment,
                  const struct hit *hit, struct value *value);
void value_of_cell(struct value_scratch *scratch, const struct segment *segment,
                   const struct match_result *match, const struct cell *cell, struct value *value);

#endif
