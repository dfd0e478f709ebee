/* find_input.h - the values of the person that `scan --find` looks for. They never stand on the
 * command line, where every user of the machine could read them, and are never printed. */
#ifndef YINMA_CLI_FIND_INPUT_H
#define YINMA_CLI_FIND_INPUT_H

#include "cli/settings.h"
#include "result/results.h"

/* Can this call look for a person? Nothing is read yet. 0 or YINMA_E_USAGE. */
int find_check(const struct call *call, struct error *err);

/* Can every report of CALL tell what RESULTS hold? YINMA_E_USAGE for a format that has no places.
 */
int find_check_formats(const struct call *call, struct error *err);

/* Read the values and hand them to the engine: a value a line; at a terminal after a prompt and
 * without echo, to an empty line. */
int find_read(const struct call *call, struct settings *settings, struct error *err);

#endif
