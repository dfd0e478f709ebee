/* by_column.h - how sure we are of a kind in a column without a telling name when its single values
 * prove nothing: by all of them together. docs/confidence.md says the same in words. */
#ifndef YINMA_JUDGE_COLLECT_BY_COLUMN_H
#define YINMA_JUDGE_COLLECT_BY_COLUMN_H

#include "judge/confidence.h"

/* CONFIDENCE_NONE where the column as a whole says nothing. */
enum confidence confidence_by_column(const struct confidence_question *question);

#endif
