/* address_marks.h - what hides characters of addresses: the usual marks, O and X before units. */
#ifndef YINMA_PATTERNS_ADDRESS_MARKS_H
#define YINMA_PATTERNS_ADDRESS_MARKS_H

#include "core/bytes.h"

/* Length of the mark at AT of TEXT; 0: none stands there. */
size_t address_mark_at(struct bytes text, size_t at);

/* Does a unit of addresses (路, 段, 號 …) stand at AT? */
bool address_unit_at(struct bytes text, size_t at);

#endif
