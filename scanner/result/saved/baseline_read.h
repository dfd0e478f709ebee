/* baseline_read.h - a baseline out of a file: one that was written, one JSON record an entry, or
 * saved results, which hold all that was found then. */
#ifndef YINMA_RESULT_SAVED_BASELINE_READ_H
#define YINMA_RESULT_SAVED_BASELINE_READ_H

#include "result/saved/baseline.h"

/* YINMA_E_USAGE and "PATH:LINE: what is wrong" when it cannot be read; YINMA_E_MEMORY. */
int baseline_read(const char *path, struct baseline **out, struct error *err);

#endif
