/* unread_items.h - what an interrupted run did not come to: each file of the list is in the
 * coverage, also when nothing of it was read. */
#ifndef YINMA_RUN_WORKERS_UNREAD_ITEMS_H
#define YINMA_RUN_WORKERS_UNREAD_ITEMS_H

#include "run/workers/pool.h"

/* Add to RESULT, whose items are those of LIST, a unit for each item that is not finished and
 * whose units do not say so themselves. 0 or YINMA_E_MEMORY. */
int unread_items_tell(kind_list kinds, const struct work_list *list, struct pool_result *result,
                      struct error *err);

#endif
