/* commands.h - what the rows of the table of commands run; each in a file of its own. Every one
 * returns the exit status (contract, section 3). */
#ifndef YINMA_CLI_COMMANDS_H
#define YINMA_CLI_COMMANDS_H

#include "cli/call.h"

enum exit_status {
    EXIT_CLEAN = 0,
    EXIT_VIOLATIONS = 1,
    EXIT_WRONG_CALL = 2,
    EXIT_INCOMPLETE = 3,
    EXIT_FAILED = 4, /* yinma failed */
};

int scan_command(const struct call *call);
int guard_command(const struct call *call);
int init_command(const struct call *call);
int list_command(const struct call *call);
int explain_command(const struct call *call);
int report_command(const struct call *call);
int verify_command(const struct call *call);

/* ---- what they share ---- */

/* Print ERR and return the exit status that belongs to it. */
int complain(const struct call *call, const struct error *err);

/* Nothing more will be printed: EXIT_CLEAN, or EXIT_FAILED when standard output did not take it. */
int close_output(void);

#endif
