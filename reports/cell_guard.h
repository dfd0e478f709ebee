/* cell_guard.h - cells that a spreadsheet would take for a formula (OWASP, "CSV Injection"). */
#ifndef YINMA_REPORTS_CELL_GUARD_H
#define YINMA_REPORTS_CELL_GUARD_H

#include "core/bytes.h"

/* = + - @ in half and in full width behind any blanks, tab, carriage return: what says so gets an
 * apostrophe in front wherever it is written into a table. */
bool looks_like_formula(struct bytes text);

#endif
