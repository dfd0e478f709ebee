/* file_text.h - a YAML file as a whole, and its digest. Private to the catalog. */
#ifndef YINMA_CATALOG_FILE_TEXT_H
#define YINMA_CATALOG_FILE_TEXT_H

#include "core/bytes.h"
#include "core/error.h"

/* Read FILE (at most 4 MiB) into malloc'ed memory. 0, YINMA_E_MEMORY, or YINMA_E_USAGE: a file that
 * the caller named and that cannot be read is a wrong call. */
int file_text_read(const char *file, struct bytes *out, struct error *err);

/* SHA-256 in hex. */
void file_text_digest(struct bytes text, char out[65]);

#endif
