/* districts.h - counties and districts, as addresses begin with them. */
#ifndef YINMA_PATTERNS_DISTRICTS_H
#define YINMA_PATTERNS_DISTRICTS_H

#include "core/bytes.h"

enum district_use { DISTRICT_NOW, DISTRICT_OLD };

struct district {
    const char *name, *county; /* 台 for 臺 */
    enum district_use use;
};

/* district_table.c: sorted by name, then county. */
extern const struct district districts[];
extern const size_t district_count;

/* Counties and first-level cities, today's and those of before 2010 and 2014, with 臺 and with 台.
 * NULL-terminated. */
extern const char *const county_names[];

/* Length in bytes of the county or district name with which TEXT begins, 0 = none. A district's
 * name is the longest that fits. */
size_t county_at_start(struct bytes text);
size_t district_at_start(struct bytes text);

#endif
