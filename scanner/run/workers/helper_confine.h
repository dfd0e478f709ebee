/* helper_confine.h - what a helper program may do: read the files of the system, and its pipes. */
#ifndef YINMA_RUN_WORKERS_HELPER_CONFINE_H
#define YINMA_RUN_WORKERS_HELPER_CONFINE_H

#include <stdbool.h>

/* From here on this process may open nothing for writing, make, change and remove no file, reach
 * no network, start no other process but become one, take no more than a fixed amount of memory,
 * and run no longer than SECONDS. False: that cannot be had here, and nothing must be started. */
bool helper_confine(unsigned seconds);

#endif
