/* shown_names.h - names of fields in the form in which they may be shown, for a worker that meets
 * the same ones in file after file: a name_cache of its own (core/name_cache.h). */
#ifndef YINMA_JUDGE_SHOWN_NAMES_H
#define YINMA_JUDGE_SHOWN_NAMES_H

#include "core/name_cache.h"

struct name_cache *shown_names_new(void); /* for name_cache_free(); NULL when memory is out */

/* What NAME is shown as, a view until the next one is kept; false when that is not known. */
bool shown_names_find(const struct name_cache *names, struct bytes name, struct bytes *shown);
/* NAME is not known yet. */
void shown_names_keep(struct name_cache *names, struct bytes name, struct bytes shown);

#endif
