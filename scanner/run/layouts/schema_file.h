/* schema_file.h - the file of --schema: what tables and columns are called that a dump only counts.
 */
#ifndef YINMA_RUN_LAYOUTS_SCHEMA_FILE_H
#define YINMA_RUN_LAYOUTS_SCHEMA_FILE_H

#include "core/bytes.h"
#include "core/error.h"

/* FILE as SQL in UTF-8 into malloc'ed memory: CREATE TABLE statements as they are, else lines of
 * table,column (or table,column,label) made into such. At most 4 MiB. 0, YINMA_E_MEMORY or
 * YINMA_E_USAGE: a file that cannot be read, or says nothing. */
int schema_file_read(const char *file, struct bytes *out, struct error *err);

#endif
