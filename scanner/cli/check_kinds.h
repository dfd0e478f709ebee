/* check_kinds.h - `yinma list kinds --check`: do users' own kinds do what their examples say? */
#ifndef YINMA_CLI_CHECK_KINDS_H
#define YINMA_CLI_CHECK_KINDS_H

#include "cli/settings.h"

/* Why the expression of the own kind ROW is slow, in the language spoken; NULL when it is not. */
const char *slow_kind_reason(const struct pattern *row);

/* Print a line for every own kind and for every example that is judged otherwise; an example is
 * named by its place, never quoted. Returns the exit status: 1 when one fails. */
int check_kinds(const struct settings *settings, struct error *err);

#endif
