/* scan_parts.h - steps of scan.c that need no engine: the day of judging, accepted gaps. */
#ifndef YINMA_RUN_SCAN_PARTS_H
#define YINMA_RUN_SCAN_PARTS_H

#include "catalog/config.h"
#include "match/match.h"
#include "result/results.h"

#define SCAN_DEFAULT_ZONE "Asia/Taipei"

/* The day on which retention is judged: GIVEN (ISO) or today in ZONE. */
int scan_judging_day(const char *given, const char *zone, char out[11], struct error *err);

/* `expect:` and `waive:` of the configuration (contract, section 3) turn a gap into a wanted or an
 * accepted one; it stays listed. The day of judging decides whether a waiver has run out. */
void scan_accept_gap(const struct config *config, struct results *results, struct unit_facts *unit);

/* Fill results->declarations from CONFIG (or NULL), names concealed with KINDS. */
int scan_declare(const struct config *config, kind_list kinds, struct results *results,
                 struct error *err);
/* Is the unit declared to be made up (`synthetic:`)? */
bool scan_is_synthetic(const struct config *config, struct results *results,
                       const struct unit_facts *unit);

#endif
