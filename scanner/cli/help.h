/* help.h - --help and --version, made from the tables of commands and options. */
#ifndef YINMA_CLI_HELP_H
#define YINMA_CLI_HELP_H

#include "cli/call.h"

/* To standard output. COMMAND NULL: of the program. */
void help_print(const struct command *command);
void version_print(void);

/* TEXT broken to lines of WIDTH columns; lines after the first begin at column INDENT, where the
 * first one stands already. Ends with a line end. */
void print_wrapped(const char *text, unsigned indent, unsigned width);

#endif
