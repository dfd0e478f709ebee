/* column_groups.h - what the values of a whole column look like together, for kinds whose single
 * values prove nothing (see pattern.h, column_group and column_like). */
#ifndef YINMA_PATTERNS_COLUMN_GROUPS_H
#define YINMA_PATTERNS_COLUMN_GROUPS_H

#include "patterns/pattern.h"

/* Names: does one of the ten commonest surnames stand in front? */
unsigned name_column_group(struct bytes normal);
bool name_column_like(const uint64_t groups[COLUMN_GROUPS], uint64_t total);

/* Dates (yyyymmdd): the decade. */
unsigned birth_column_group(struct bytes normal);
bool birth_column_like(const uint64_t groups[COLUMN_GROUPS], uint64_t total);

#endif
