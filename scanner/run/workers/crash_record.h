/* crash_record.h - coverage records of what killed a worker, in the ledger of its item. */
#ifndef YINMA_RUN_WORKERS_CRASH_RECORD_H
#define YINMA_RUN_WORKERS_CRASH_RECORD_H

#include "input/walk/walk.h"
#include "match/match.h"
#include "run/ledger.h"

/* Record the unit that was being read, if there is one; *whole_out tells whether that is the item
 * itself. DETAIL holds no names. 0 or YINMA_E_MEMORY. */
int crash_record_open(kind_list kinds, struct ledger *ledger, const struct work_item *item,
                      int code, const char *detail, bool *whole_out, struct error *err);
/* Record the item as far as it is not committed. */
int crash_record_rest(kind_list kinds, struct ledger *ledger, const struct work_item *item,
                      int code, const char *detail, struct error *err);

#endif
