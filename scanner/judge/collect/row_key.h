/* row_key.h - the value of a key column as samples of rows know it. */
#ifndef YINMA_JUDGE_COLLECT_ROW_KEY_H
#define YINMA_JUDGE_COLLECT_ROW_KEY_H

#include "result/row_sample.h"

enum { ROW_KEY_TEXT_MAX = 64 }; /* bytes; longer values are no keys */

/* Set OUT's `key` and `telling`. False for what is no key: nothing, or masked itself. */
bool row_key_hash(struct bytes text, uint64_t seed, struct sampled_row *out);

#endif
