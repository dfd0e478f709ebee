/* unlinked_file.h - an unlinked temporary file: it holds masked values only, and is gone with the
 * process whatever happens. */
#ifndef YINMA_RUN_WORKERS_UNLINKED_FILE_H
#define YINMA_RUN_WORKERS_UNLINKED_FILE_H

#include <stdio.h>

#include "core/error.h"

/* Where nameless_file_open() puts it. 0 or the code of an errno. */
int unlinked_file_open(FILE **out, struct error *err);

#endif
