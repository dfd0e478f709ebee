/* clause_reader.h - one way to break a rule, from YAML. Private to the catalog. */
#ifndef YINMA_CATALOG_CLAUSE_READER_H
#define YINMA_CATALOG_CLAUSE_READER_H

#include "catalog/pack_values.h"

/* The list "breaks" of RULE, whose scope is known. */
int read_clauses(const struct pack_work *work, const struct yaml_place *place, struct rule *rule);

/* Members of a length of time that may stand in `at-least`, in `keep` too. */
extern const char *const span_keys[];

#endif
