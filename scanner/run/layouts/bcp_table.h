/* bcp_table.h - CREATE TABLE in a script of Transact-SQL as the description of native data. */
#ifndef YINMA_RUN_LAYOUTS_BCP_TABLE_H
#define YINMA_RUN_LAYOUTS_BCP_TABLE_H

#include "core/arena.h"
#include "core/bcp_layout.h"

/* The columns of the table called NAME (dbo.orders, orders) in SCRIPT (UTF-8), in MEMORY; of the
 * only table where it is ONE_OF_ONE and nothing has that name. NULL: there is none whose columns
 * are all known. */
const struct bcp_layout *bcp_table_read(struct bytes script, struct bytes name, bool one_of_one,
                                        struct arena *memory);

#endif
