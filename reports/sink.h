/* sink.h - the inside of struct report_sink, for the file that makes it and for reports that can
 * fail on their own (a spool that cannot be read). */
#ifndef YINMA_REPORTS_SINK_H
#define YINMA_REPORTS_SINK_H

#include "core/text_buffer.h"

#include "reports/report.h"

enum { REPORT_BUFFER = 32 * 1024 };

/* What is put is kept here until it is worth a write: records are made of many small pieces. */
struct report_sink {
    FILE *file;
    struct text_buffer *text; /* not NULL: everything goes there instead */
    struct error error;       /* the first one; nothing is written after it */
    size_t held, flushes;
    char buffer[REPORT_BUFFER];
};

void report_sink_init(struct report_sink *sink, FILE *file);
/* For a part of a report that is put into another sink later. */
void report_sink_init_text(struct report_sink *sink, struct text_buffer *text);
/* Place for LEN bytes (at most REPORT_BUFFER) that the caller writes at once. */
char *report_room(struct report_sink *sink, size_t len);
/* Hand everything to the file or the text. */
void report_flush(struct report_sink *sink);

void report_putc(struct report_sink *sink, char c);
void report_puts(struct report_sink *sink, const char *text);
/* Keep ERROR if it is the first. */
void report_fail(struct report_sink *sink, const struct error *error);
/* The same for memory that ran out. */
void report_fail_memory(struct report_sink *sink);

#endif
