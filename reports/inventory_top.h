/* inventory_top.h - the head of the inventory: the firm, the time, how many people in all, and on
 * which side of 5,000 that is. */
#ifndef YINMA_REPORTS_INVENTORY_TOP_H
#define YINMA_REPORTS_INVENTORY_TOP_H

#include "reports/inventory_groups.h"
#include "reports/sheet.h"

void inventory_top(struct sheet *sheet, struct inventory *inventory,
                   const struct report_options *options);

#endif
