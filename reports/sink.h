/* sink.h - the inside of struct report_sink, for the file that makes it and for reports that can
 * fail on their own (a spool that cannot be read). */
#ifndef YINMA_REPORTS_SINK_H
#define YINMA_REPORTS_SINK_H

#include "reports/report.h"

struct report_sink {
    FILE *file;
    struct error error; /* the first one; nothing is written after it */
};

void report_putc(struct report_sink *sink, char c);
void report_puts(struct report_sink *sink, const char *text);
/* Keep ERROR if it is the first. */
void report_fail(struct report_sink *sink, const struct error *error);
/* The same for memory that ran out. */
void report_fail_memory(struct report_sink *sink);

#endif
