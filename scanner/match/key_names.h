/* key_names.h - columns whose values tell the rows of a table apart, and by which rows of two
 * tables are put together: id, order_no, memberId, 訂單編號. */
#ifndef YINMA_MATCH_KEY_NAMES_H
#define YINMA_MATCH_KEY_NAMES_H

#include <stdbool.h>

#include "core/bytes.h"

bool is_key_name(struct bytes column);

#endif
