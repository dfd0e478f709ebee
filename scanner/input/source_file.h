/* source_file.h - what the source of a file saw when it was opened. Inside the room. */
#ifndef YINMA_INPUT_SOURCE_FILE_H
#define YINMA_INPUT_SOURCE_FILE_H

#include <sys/stat.h>

#include "core/byte_source.h"

/* Valid as long as SOURCE is; NULL when it is none of input_open_file. */
const struct stat *source_file_stat(const struct byte_source *source);

#endif
