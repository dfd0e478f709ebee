/* named_facts.h - units as they begin: a name, and nothing read yet. */
#ifndef YINMA_RUN_NAMED_FACTS_H
#define YINMA_RUN_NAMED_FACTS_H

#include "match/match.h"
#include "result/facts.h"

/* The unit NAME, as it stands in a path: it is concealed here. The caller's; NULL when memory is
 * out. */
struct unit_facts *named_facts_new(kind_list kinds, struct bytes name);
/* The same for a unit that was not read: CODE is the reason, DETAIL says it in words without names.
 * TRAITS: what else is known of it. */
struct unit_facts *named_facts_gap(kind_list kinds, struct bytes name, unsigned traits,
                                   enum coverage_status status, int code, const char *detail);

#endif
