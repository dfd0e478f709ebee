/* text_controls.h - the broken rules of a row, in one cell of the text report. */
#ifndef YINMA_REPORTS_TEXT_CONTROLS_H
#define YINMA_REPORTS_TEXT_CONTROLS_H

#include "core/text_buffer.h"
#include "reports/text_rows.h"

/* "platform/5.3.6 (5.3.6.1), 5.3.5; yinma/clear-identity" into OUT, which is empty, in at most
 * WIDTH columns. A number is never cut: those for which there is no room are counted ("+2"). The
 * first one always stands. */
void text_controls(struct text_buffer *out, const struct text_row *row, size_t width);

#endif
