/* recursion.h - a stream is a container or a unit; members of containers are streams again. One
 * budget, that of the outermost input, goes along. Inside the room only. */
#ifndef YINMA_RUN_RECURSION_H
#define YINMA_RUN_RECURSION_H

#include "run/passage_scan.h"

/* SOURCE is owned; NULL: memory was out when it was to be made. */
int passage_scan_stream(struct passage *p, const struct stream *stream, struct byte_source *source,
                        struct error *err);
/* A file, in a folder or packed with it: others may stand beside it that say what it holds. HEAD:
 * how it begins, empty when that is not known. */
int passage_scan_file(struct passage *p, const struct stream *stream, struct byte_source *source,
                      struct bytes head, struct error *err);

#endif
