/* printed_lines.h - lines that programs print about the rows of a result, and which are none. */
#ifndef YINMA_DECODE_PRINTED_LINES_H
#define YINMA_DECODE_PRINTED_LINES_H

#include "core/bytes.h"

/* Nothing but dashes and corners: "+----+----+", "----+----". */
bool is_frame_line(struct bytes line);

/* How many rows there are: "12 rows selected.", "(12 rows affected)", "12 rows in set",
 * 已選取 12 個資料列. */
bool is_row_count(struct bytes line, uint64_t *out);

#endif
