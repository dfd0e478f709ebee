/* output_file.h - can a report be written there? Asked before hours of scanning, without leaving
 * anything behind. */
#ifndef YINMA_CLI_OUTPUT_FILE_H
#define YINMA_CLI_OUTPUT_FILE_H

#include "core/error.h"

struct call;

/* OPTION: the one that names it, without hyphens. 0 or YINMA_E_USAGE. */
int output_file_check(const char *option, const char *path, struct error *err);

/* The same, of a file that takes the place of an older one: nothing else may stand there. */
int output_file_check_regular(const char *option, const char *path, struct error *err);

/* Is none of the files that CALL writes one of those it reads? PATHS: NULL-terminated. 0 or
 * YINMA_E_USAGE. */
int output_files_spare(const struct call *call, const char *const *paths, struct error *err);

#endif
