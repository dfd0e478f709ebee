/* record_cut.h - where the record that a value stands in begins: a stream that is stopped there
 * ends with a whole record. Places are those of the data, before any change of encoding. */
#ifndef YINMA_RUN_RECORD_CUT_H
#define YINMA_RUN_RECORD_CUT_H

#include "core/segment.h"

/* Place in the data of the byte at INDEX of the segment. */
uint64_t segment_place(const struct segment *segment, size_t index);

/* The first byte of [begin, end) of the segment that stands at or behind PLACE of the data; its
 * end: none does. Of a character of several bytes any but the first may be told. */
size_t segment_index(const struct segment *segment, uint64_t place);

/* Where the record begins that row mark ROW belongs to, which is not one that goes on from an
 * earlier segment. JSON: its records are objects in brackets, which line ends do not part. */
uint64_t record_begins(const struct segment *segment, size_t row, bool json);

/* The last row mark of SEGMENT whose row begins at or before PLACE; SIZE_MAX: none does. */
size_t record_at(const struct segment *segment, uint64_t place);

/* Running text: the start of the line that holds PLACE (its end too counts as held); false when it
 * began before the segment. */
bool line_begins(const struct segment *segment, uint64_t place, uint64_t *out);

#endif
