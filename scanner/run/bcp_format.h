/* bcp_format.h - format files of SQL Server's bcp for data in characters: what the columns of a
 * file are called and what parts them. */
#ifndef YINMA_RUN_BCP_FORMAT_H
#define YINMA_RUN_BCP_FORMAT_H

#include "core/arena.h"
#include "core/record_layout.h"

/* Read TEXT (the lines of a .fmt, or XML) into MEMORY. False: it is no format file, or one of data
 * that are not all characters. */
bool bcp_format_read(struct bytes text, struct arena *memory, struct record_layout *out);

#endif
