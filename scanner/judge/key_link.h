/* key_link.h - do the key columns of two tables mean the same things by their names? */
#ifndef YINMA_JUDGE_KEY_LINK_H
#define YINMA_JUDGE_KEY_LINK_H

#include <stdbool.h>

#include "core/bytes.h"

/* order_no and orderNo; id of orders and order_id elsewhere; id of one table in two places. Not
 * `id` of two tables: both count from 1. */
bool key_names_link(struct bytes table, struct bytes key, struct bytes other_table,
                    struct bytes other_key);

#endif
