/* write_reports.h - the reports that a call asks for, written from results. */
#ifndef YINMA_CLI_WRITE_REPORTS_H
#define YINMA_CLI_WRITE_REPORTS_H

#include "cli/settings.h"

struct comparison;

/* COMPARISON: of --diff, or NULL. Every report is tried, whatever becomes of the others; what fails
 * is told. The status of the results, or EXIT_FAILED when a report could not be written. */
int write_reports(const struct call *call, const struct settings *settings,
                  const struct results *results, const struct comparison *comparison);

#endif
