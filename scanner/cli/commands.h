/* commands.h - what the rows of the table of commands run; each in a file of its own. Every one
 * returns the exit status (contract, section 3). */
#ifndef YINMA_CLI_COMMANDS_H
#define YINMA_CLI_COMMANDS_H

#include "cli/complain.h"

int scan_command(const struct call *call);
int guard_command(const struct call *call);
int init_command(const struct call *call);
int list_command(const struct call *call);
int explain_command(const struct call *call);
int report_command(const struct call *call);
int verify_command(const struct call *call);

#endif
