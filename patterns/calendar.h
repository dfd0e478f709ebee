/* calendar.h - dates as people in Taiwan write them: Gregorian years and years of the Republic
 * (ROC year + 1911). */
#ifndef YINMA_PATTERNS_CALENDAR_H
#define YINMA_PATTERNS_CALENDAR_H

#include "core/bytes.h"

enum { ROC_EPOCH = 1911 };

struct calendar_date {
    unsigned year, month, day; /* Gregorian */
};

/* Days of a month of that year; 0 when there is no such month. */
unsigned calendar_days(unsigned year, unsigned month);

/* A whole, existing date, with or without a time of day behind it:
 * 1996-03-07 1996/3/7 1996.03.07 19960307 1996年3月7日 03/07/1996 7-Mar-1996 1996-03-07T00:00:00Z
 * 民國85年3月7日 85年3月7日 085/03/07 85.3.7 0850307 850307 1140307 */
bool calendar_read(struct bytes text, struct calendar_date *out);

#endif
