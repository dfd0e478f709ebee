/* facts_store.h - memory of facts that stay as they are until the end of a run. A hundred thousand
 * files are a hundred thousand units: what each of them holds lies side by side and
 * goes at once. One owner; not for several threads. */
#ifndef YINMA_RESULT_FACTS_STORE_H
#define YINMA_RESULT_FACTS_STORE_H

#include "core/bytes.h"

struct facts_store;

/* NULL when memory is out. */
struct facts_store *facts_store_new(void);
/* With all that came from it; NULL is fine. */
void facts_store_free(struct facts_store *store);

/* Zeroed memory, aligned to 8 bytes; NULL when memory is out. */
void *facts_store_take(struct facts_store *store, size_t len);

/* What was taken last ends before END, or all that was taken from END on is not needed: the rest is
 * free again. Of things whose last member is a text, most is room that they do not need. Such a
 * thing can be copied whole all the same: FACTS_STORE_TAIL bytes behind it are readable. */
enum { FACTS_STORE_TAIL = 256 };
void facts_store_end(struct facts_store *store, const void *end);

/* A copy of TEXT for the same time: of names that come again and again mostly one that is there.
 * {NULL, 0} for an empty text, and when memory is out. */
struct bytes facts_store_text(struct facts_store *store, struct bytes text);

/* What came from FROM stays as long as INTO; either may be NULL. The one that is left. */
struct facts_store *facts_store_join(struct facts_store *into, struct facts_store *from);

#endif
