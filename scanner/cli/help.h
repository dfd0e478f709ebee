/* help.h - --help and --version, made from the tables of commands and options. */
#ifndef YINMA_CLI_HELP_H
#define YINMA_CLI_HELP_H

#include "cli/call.h"

/* To standard output. COMMAND NULL: of the program. */
void help_print(const struct command *command);
void version_print(void);

#endif
