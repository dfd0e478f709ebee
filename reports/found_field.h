/* found_field.h - in which field a place of a person lies. */
#ifndef YINMA_REPORTS_FOUND_FIELD_H
#define YINMA_REPORTS_FOUND_FIELD_H

#include "result/facts.h"

/* Field NUMBER of UNIT, or NULL. */
const struct field_facts *found_field(const struct unit_facts *unit, uint32_t number);

#endif
