/* complain.h - how a command ends: the exit status (contract, section 3) and what is said of it on
 * standard error. */
#ifndef YINMA_CLI_COMPLAIN_H
#define YINMA_CLI_COMPLAIN_H

#include "cli/call.h"

enum exit_status {
    EXIT_CLEAN = 0,
    EXIT_VIOLATIONS = 1,
    EXIT_WRONG_CALL = 2,
    EXIT_INCOMPLETE = 3,
    EXIT_FAILED = 4, /* yinma failed */
};

/* Print ERR and return the exit status that belongs to it. */
int complain(const struct call *call, const struct error *err);

/* Nothing more will be printed: EXIT_CLEAN, or EXIT_FAILED when standard output did not take it. */
int close_output(void);

#endif
