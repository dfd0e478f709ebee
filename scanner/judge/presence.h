/* presence.h - what stands in which table of a unit, at `likely` or better. */
#ifndef YINMA_JUDGE_PRESENCE_H
#define YINMA_JUDGE_PRESENCE_H

#include "patterns/pattern.h"
#include "result/results.h"

/* Hashes of table and kind, sorted: ten thousand tables make a search through all results too slow.
 * A zeroed one is empty. */
struct presence {
    uint64_t *keys; /* malloc'ed, the caller's */
    size_t count;
};

/* What COUNT results of the unit say. False when memory is out. */
bool presence_fill(struct presence *presence, const struct field_result *results, size_t count);
/* Does the table of FIELD hold the kind that PATTERN needs beside it? */
bool presence_has_company(const struct presence *presence, const struct field_facts *field,
                          const struct pattern *pattern);

#endif
