/* cell_gaps.h - for decoders whose cells stand in the window itself, with marks between them that
 * would join two numbers or hide where one begins. */
#ifndef YINMA_DECODE_CELL_GAPS_H
#define YINMA_DECODE_CELL_GAPS_H

#include "core/segment.h"

/* Make what stands between the cells of TEXT tabs; line ends and what is no ASCII stay. */
void blank_cell_gaps(uint8_t *text, size_t len, const struct cell *cells, size_t count);

#endif
