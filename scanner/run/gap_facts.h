/* gap_facts.h - a unit of which nothing is known but that it was not read. */
#ifndef YINMA_RUN_GAP_FACTS_H
#define YINMA_RUN_GAP_FACTS_H

#include "match/match.h"
#include "result/facts.h"

/* For the unit NAME, as it stands in a path; CODE is the reason, DETAIL says it in words without
 * names. TRAITS: what else is known of it. The caller's; NULL when memory is out. */
struct unit_facts *gap_facts_new(kind_list kinds, struct bytes name, unsigned traits,
                                 enum coverage_status status, int code, const char *detail);

#endif
