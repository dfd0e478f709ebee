/* control_table.h - the tables that the build makes of rules/controls.tsv and rules/answers.tsv.
 * Private to the catalog. Cells follow each other, each ended by a zero byte. */
#ifndef YINMA_CATALOG_CONTROL_TABLE_H
#define YINMA_CATALOG_CONTROL_TABLE_H

#include "core/bytes.h"

extern const struct bytes embedded_controls, embedded_answers;

#endif
