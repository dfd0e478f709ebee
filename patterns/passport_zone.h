/* passport_zone.h - the machine-readable zone of passports of the Republic of China: two lines of
 * 44 characters (ICAO Doc 9303, part 4): P<TWN and the name; number, nationality, date of birth,
 * sex, date of expiry, each with a check digit. */
#ifndef YINMA_PATTERNS_PASSPORT_ZONE_H
#define YINMA_PATTERNS_PASSPORT_ZONE_H

#include "core/bytes.h"

enum { PASSPORT_LINE = 44, PASSPORT_NUMBER = 9 };

/* The second line around TWN at ANCHOR of TEXT, with the first one where that stands before it. */
bool passport_zone_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

enum passport_zone {
    PASSPORT_ZONE_NONE,
    PASSPORT_ZONE_NAME,
    PASSPORT_ZONE_BROKEN,
    PASSPORT_ZONE_WHOLE
};

/* What TEXT is: the first line alone, a second line whose check digits fail or fit. *number: the
 * number of the passport, empty where it is not there. */
enum passport_zone passport_zone_read(struct bytes text, struct bytes *number);

#endif
