/* verify_data.h - is the data still what saved results speak of? */
#ifndef YINMA_CLI_VERIFY_DATA_H
#define YINMA_CLI_VERIFY_DATA_H

#include "cli/call.h"

struct verdict {
    bool broken; /* something is not what it was */
    bool open;   /* something could not be checked */
};

/* Digest every file that the results in PATH name, and say on standard output which are not as they
 * were. Files that are no saved results have no data: that is told. 0 or YINMA_E_MEMORY. */
int verify_data(const struct call *call, const char *path, struct verdict *verdict,
                struct error *err);

/* Digest of the first line of PATH when it is the record of a run; else "". */
void verify_run_digest(const char *path, char out[65]);

#endif
