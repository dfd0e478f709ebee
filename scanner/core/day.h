/* day.h - calendar days as numbers: days since 1970-01-01, Gregorian throughout. */
#ifndef YINMA_CORE_DAY_H
#define YINMA_CORE_DAY_H

#include "core/bytes.h"

enum {
    DAY_NONE = INT32_MIN, /* no day, or one that is not known */
    DAY_TEXT = 11,        /* "2026-01-31" and its NUL */
};

/* Days of a month of that year; 0 when there is no such month. */
unsigned day_month_length(unsigned year, unsigned month);

/* The day of a date that exists; years from 1 to 9999. */
int32_t day_of(unsigned year, unsigned month, unsigned day);
/* The same, DAY_NONE for a date that does not exist. */
int32_t day_of_checked(unsigned year, unsigned month, unsigned day);

/* Of a day between the years 1 and 9999. */
void day_split(int32_t day, unsigned *year, unsigned *month, unsigned *of_month);
unsigned day_year(int32_t day);

/* The same day so many months later (earlier when negative), or the last one of a month that is too
 * short for it. */
int32_t day_add_months(int32_t day, int months);

/* The day of SECONDS since 1970 UTC where clocks are ZONE_SECONDS ahead of UTC; DAY_NONE outside
 * the years 1 to 9999. */
int32_t day_of_seconds(int64_t seconds, int32_t zone_seconds);

/* "2026-01-31"; "" for DAY_NONE. */
void day_text(int32_t day, char out[DAY_TEXT]);
/* Exactly that form of an existing date, else DAY_NONE. */
int32_t day_read(struct bytes text);

#endif
