/* shown_names.h - names of fields in the form in which they may be shown, for a worker that meets
 * the same ones in file after file. Belongs to one thread. */
#ifndef YINMA_JUDGE_SHOWN_NAMES_H
#define YINMA_JUDGE_SHOWN_NAMES_H

#include "core/bytes.h"

struct shown_names;

struct shown_names *shown_names_new(void); /* NULL when memory is out */
void shown_names_free(struct shown_names *names);

/* What NAME is shown as, a view until the next one is kept; false when that is not known. */
bool shown_names_find(const struct shown_names *names, struct bytes name, struct bytes *shown);
/* NAME is not known yet. */
void shown_names_keep(struct shown_names *names, struct bytes name, struct bytes shown);

#endif
