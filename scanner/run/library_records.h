/* library_records.h - results in the words of yinma.h. */
#ifndef YINMA_RUN_LIBRARY_RECORDS_H
#define YINMA_RUN_LIBRARY_RECORDS_H

#include "core/error.h"
#include "result/results.h"
#include "yinma.h"

/* 0 or YINMA_E_MEMORY. */
int library_tell(const struct results *results, const struct yinma_handlers *handlers,
                 struct error *err);
void library_summarise(const struct results *results, struct yinma_summary *out);

#endif
