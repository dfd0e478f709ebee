/* html_changes.h - the section of the html page that a comparison adds. */
#ifndef YINMA_REPORTS_HTML_CHANGES_H
#define YINMA_REPORTS_HTML_CHANGES_H

#include "reports/json_writer.h"

/* "comparison":{…}, or null without one. */
void html_changes(struct json_writer *json, const struct report_options *options);

#endif
