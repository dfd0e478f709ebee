/* scan_parts.h - steps of scan.c that need no engine: the day of judging, accepted gaps. */
#ifndef YINMA_RUN_SCAN_PARTS_H
#define YINMA_RUN_SCAN_PARTS_H

#include "catalog/config.h"
#include "result/facts.h"

#define SCAN_DEFAULT_ZONE "Asia/Taipei"

/* The day on which retention is judged: GIVEN (ISO) or today in ZONE. */
int scan_judging_day(const char *given, const char *zone, char out[11], struct error *err);

/* `expect:` and `waive:` of the configuration (contract, section 3) turn a gap into a wanted or an
 * accepted one; it stays listed. DAY decides whether a waiver has run out. */
void scan_accept_gap(const struct config *config, const char *day, struct unit_facts *unit);

#endif
