/* previous_book.h - the earlier sheet of --merge, as people save it: CSV or a workbook. */
#ifndef YINMA_CLI_PREVIOUS_BOOK_H
#define YINMA_CLI_PREVIOUS_BOOK_H

#include "reports/sheet_table.h"

/* Read FILE; of a workbook the first page. 0, YINMA_E_USAGE or YINMA_E_MEMORY. */
int previous_sheet_read(const char *file, struct sheet_table **out, struct error *err);

#endif
