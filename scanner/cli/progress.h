/* progress.h - one line on standard error that says how far a scan is: on a terminal as it goes on,
 * anywhere once for each SIGUSR1. */
#ifndef YINMA_CLI_PROGRESS_H
#define YINMA_CLI_PROGRESS_H

#include "cli/call.h"
#include "run/workers/pool.h"

struct progress {
    bool wanted;
    bool shown;     /* there is a line to take away */
    double started; /* CLOCK_MONOTONIC seconds */
    double last;    /* it was drawn */
};

/* Is it a terminal, and one that understands more than text? */
bool terminal_obeys(int descriptor);

void progress_start(struct progress *progress, const struct call *call);
/* For pool_options.progress; CONTEXT is a struct progress. */
void progress_tell(void *context, const struct pool_progress *state);
/* Take the line away. */
void progress_end(struct progress *progress);

#endif
