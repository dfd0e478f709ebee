/* interrupts.h - SIGINT and SIGTERM stop a scan, and what was found so far is written. */
#ifndef YINMA_CLI_INTERRUPTS_H
#define YINMA_CLI_INTERRUPTS_H

/* Catch them from now on (and ignore SIGPIPE: a closed pipe is a failed write). Returns the flag
 * that holds the number of the signal, 0 while there was none. */
const volatile int *interrupts_catch(void);

#endif
