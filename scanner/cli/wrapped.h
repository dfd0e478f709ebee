/* wrapped.h - running text for a terminal, which breaks where Chinese and English may. */
#ifndef YINMA_CLI_WRAPPED_H
#define YINMA_CLI_WRAPPED_H

/* TEXT broken to lines of WIDTH columns; lines after the first begin at column INDENT, where the
 * first one stands already. Ends with a line end. */
void print_wrapped(const char *text, unsigned indent, unsigned width);

#endif
