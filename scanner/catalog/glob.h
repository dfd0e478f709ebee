/* glob.h - shell patterns over whole paths. */
#ifndef YINMA_CATALOG_GLOB_H
#define YINMA_CATALOG_GLOB_H

#include "core/bytes.h"

enum { GLOB_BYTES_MAX = 256 }; /* of a pattern */

/* GLOB over a whole path: '*' also matches '/', '?' one byte, [a-z] classes, '\\' takes the
 * next byte as it is, {date} any date or time with at least four digits. Matches when the pattern
 * fits the whole NAME or everything after some '/' of it. */
bool glob_matches(const char *glob, struct bytes name);

/* Does GLOB fit the unit NAME, or a container it stands in? What is said of *.zip holds for its
 * members. */
bool glob_matches_unit(const char *glob, struct bytes name);

#endif
