/* layout_file.h - a file layout as partners send it: a table with a row for each field, out of a
 * spreadsheet, in whatever encoding and with whatever words at its head. */
#ifndef YINMA_RUN_LAYOUTS_LAYOUT_FILE_H
#define YINMA_RUN_LAYOUTS_LAYOUT_FILE_H

#include "core/arena.h"
#include "core/error.h"
#include "core/record_layout.h"

/* Read FILE into MEMORY. 0, YINMA_E_MEMORY or YINMA_E_USAGE: the message names line and column of
 * what cannot be understood. */
int layout_file_read(const char *file, struct arena *memory, struct record_layout *out,
                     struct error *err);
/* The same from TEXT in UTF-8; FILE is its name for messages. */
int layout_text_read(struct bytes text, const char *file, struct arena *memory,
                     struct record_layout *out, struct error *err);

#endif
