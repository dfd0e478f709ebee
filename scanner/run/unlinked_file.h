/* unlinked_file.h - an unlinked temporary file: it holds masked values only, and is gone with the
 * process whatever happens. */
#ifndef YINMA_RUN_UNLINKED_FILE_H
#define YINMA_RUN_UNLINKED_FILE_H

#include <stdio.h>

#include "core/error.h"

/* In $TMPDIR or /tmp, mode 0600. 0 or YINMA_E_IO … */
int unlinked_file_open(FILE **out, struct error *err);

#endif
