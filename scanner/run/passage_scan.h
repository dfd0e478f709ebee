/* passage_scan.h - what becomes of a stream that is a unit. What was found beside it is told
 * before. Inside the room only. */
#ifndef YINMA_RUN_PASSAGE_SCAN_H
#define YINMA_RUN_PASSAGE_SCAN_H

#include "run/passage.h"

/* A unit of which there is nothing but its coverage record. */
int passage_gap(struct passage *p, struct bytes name, enum coverage_status status, int code,
                const char *text, unsigned traits, struct error *err);
/* True when the sink wants the unit; else its coverage has been told where that was asked. */
bool passage_begin(struct passage *p, struct bytes name, int *status, struct error *err);

/* SOURCE, owned, beginning with HEAD (all of it when WHOLE). */
int passage_scan_unit(struct passage *p, const struct stream *stream, struct byte_source *source,
                      struct bytes head, bool whole, struct error *err);
/* A container that turned out not to be one (nothing could be taken out of it, see CODE and TEXT):
 * its bytes are scanned as they are, so that a wrong guess loses nothing. SOURCE is not owned. */
int passage_scan_raw(struct passage *p, const struct stream *stream, struct byte_source *source,
                     int code, const char *text, struct error *err);
/* The document that PACKAGE is, as one unit. */
int passage_scan_document(struct passage *p, const struct stream *stream,
                          struct input_package *package, struct error *err);

#endif
