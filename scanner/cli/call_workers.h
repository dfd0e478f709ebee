/* call_workers.h - how many work at a time. */
#ifndef YINMA_CLI_CALL_WORKERS_H
#define YINMA_CLI_CALL_WORKERS_H

#include "cli/call.h"

/* -j, else the processors available. */
unsigned call_workers(const struct call *call);

#endif
