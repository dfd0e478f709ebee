/* period.h - lengths of time in packs and configurations: never a bare number. Private to the
 * catalog. */
#ifndef YINMA_CATALOG_PERIOD_H
#define YINMA_CATALOG_PERIOD_H

#include "catalog/rule.h"
#include "catalog/yaml_tree.h"

/* "12h", "90d", "6mo", "2y" of a configuration. Complains of a number without a unit. */
int period_read(const struct yaml_place *place, struct rule_period *out);

/* The member of MAP that names a length of time by its unit: `days: 7`, `months: 3`, `years: 5`,
 * `hours: 12`; *found_out tells whether there is one. Complains of two. */
int period_read_member(const struct yaml_place *map, struct rule_period *out, bool *found_out);

/* Is A shorter than B? Months count 30 days and years 365: enough to see a contradiction. */
bool period_shorter(const struct rule_period *a, const struct rule_period *b);

#endif
