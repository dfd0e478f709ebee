/* bcp_format.h - format files of SQL Server's bcp: what the columns of a file are called, how they
 * are stored and what parts them. */
#ifndef YINMA_RUN_LAYOUTS_BCP_FORMAT_H
#define YINMA_RUN_LAYOUTS_BCP_FORMAT_H

#include "core/arena.h"
#include "core/record_layout.h"

/* Read TEXT (the lines of a .fmt, or XML) into MEMORY. Of data that are not all characters it is
 * out->native that is set. False: it is no format file. */
bool bcp_format_read(struct bytes text, struct arena *memory, struct record_layout *out);

#endif
