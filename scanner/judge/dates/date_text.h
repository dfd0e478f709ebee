/* date_text.h - the day that a cell of a date column, the line of a log or the header of a dump
 * speaks of. Unlike calendar.h it knows that a date stands there: numbers of seconds count, and
 * what stands behind the date is not asked for. */
#ifndef YINMA_JUDGE_DATES_DATE_TEXT_H
#define YINMA_JUDGE_DATES_DATE_TEXT_H

#include "core/day.h"

enum {
    DATE_YEAR_FIRST = 1950, /* records before it are dates that stand for "none" */
    DATE_YEAR_LAST = 2100,  /* so are those behind it (9999-12-31) */
    DATE_TEXT_MAX = 64,     /* longer cells hold no date */
};

/* The day of a cell of a date column, clocks being ZONE_SECONDS ahead of UTC where it tells a
 * moment (seconds since 1970, Z, +08:00); DAY_NONE when there is none, or one that means none:
 * 0000-00-00, 1970-01-01, 9999-12-31.
 * 2024-01-05 2024/1/5 2024.01.05 20240105 20240105103000 2024-01-05T10:30:00Z
 * 01/05/2024 (month first, unless that cannot be) 5-Jan-2024 05-JAN-24 "Jan  5 2024 10:30AM"
 * 民國113年1月5日 113年1月5日 113/01/05 113.1.5 1130105 2024年1月5日 2024/1/5 上午 10:30:00
 * 1704393000 1704393000123 1704393000.123 */
int32_t date_text_read(struct bytes text, int32_t zone_seconds);

/* How many bytes in front say what date_text_read() says of all of TEXT: ten of
 * 2024-01-05T10:30:00 and of 2024-01-05T10:30:00+08:00 where the clock's own zone is that; else
 * all. */
size_t date_text_telling(struct bytes text, int32_t zone_seconds);

/* The forms of logs, where a date begins at the start of TEXT. *LEN_OUT: how much of TEXT it is.
 * 2024-01-05T10:30:00+08:00 05/Jan/2024:10:30:00 +0800 2024/01/05 10:30:00 "Fri Jan  5 10:30:00
 * 2024", seconds since 1970; "Jan  5 10:30:00" has no year: *yearless is its place in a leap year
 * then (1 to 366), and the result DAY_NONE. */
int32_t date_text_log(struct bytes text, int32_t zone_seconds, unsigned *yearless);

#endif
