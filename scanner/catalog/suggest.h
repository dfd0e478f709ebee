/* suggest.h - messages about names that do not exist: the nearest one that does, and all of them.
 */
#ifndef YINMA_CATALOG_SUGGEST_H
#define YINMA_CATALOG_SUGGEST_H

#include "core/bytes.h"

enum { QUOTED_MAX = 72 };

/* The name of NAMES (NULL-terminated) that a slip of the hand turns into GIVEN; NULL when none is
 * near enough. ASCII case does not count. */
const char *nearest_name(struct bytes given, const char *const *names);

/* GIVEN as a message may quote it: cut to 40 bytes, control characters and long digits replaced.
 * A configuration can be the wrong file, and then its words are somebody's data. */
void quote_given(struct bytes given, char out[QUOTED_MAX]);

/* `unknown WHAT "dbx" (did you mean "db"?); allowed: db, backup, …`, cut to fit. */
void name_complaint(const char *what, struct bytes given, const char *const *names, char *out,
                    size_t size);

#endif
