/* text_statuses.h - what became of the rules, in a line or two for people. */
#ifndef YINMA_REPORTS_TEXT_STATUSES_H
#define YINMA_REPORTS_TEXT_STATUSES_H

#include "core/text_buffer.h"
#include "result/results.h"

/* "Rules: 21 hold, 7 broken, 3 undecided, …"; nothing when no run told. */
void text_status_counts(struct text_buffer *out, const struct results *results);

/* Why so many are undecided: "2 undecided: no date tells how old the data is". INDEX from 0; false
 * when there are no more reasons. */
bool text_status_reason(struct text_buffer *out, const struct results *results, unsigned index);

#endif
