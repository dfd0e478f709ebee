/* rejoined.h - bytes that were read already, and then the rest of where they came from. */
#ifndef YINMA_RUN_REJOINED_H
#define YINMA_RUN_REJOINED_H

#include "core/byte_source.h"

/* Copies READ; owns REST, which may be NULL: nothing follows. NULL when memory is out (REST stays).
 */
struct byte_source *rejoined_open(struct bytes read, struct byte_source *rest);
/* The same of READ alone, which is not copied and must outlive the result. */
struct byte_source *rejoined_view(struct bytes read);

#endif
