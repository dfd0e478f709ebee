/* unit_dates.h - the dates that a unit as a whole tells: when a dump was made, from when to when a
 * log reaches. Fed with the stream as it comes; what it says depends on the stream alone, not on
 * where it was cut. Of logs the lines at the beginning, those at the end and one every 64 KiB are
 * read: their stamps rise, but for the few that are late. One a worker. */
#ifndef YINMA_JUDGE_DATES_UNIT_DATES_H
#define YINMA_JUDGE_DATES_UNIT_DATES_H

#include "core/width_map.h"
#include "result/unit_age.h"

enum { UNIT_EDGE = 4096, UNIT_LINE_MAX = 256 };

struct unit_dates {
    bool log, dump;
    int32_t zone_seconds;
    uint64_t at;        /* bytes fed so far, as wide as they were before they were UTF-8 */
    uint64_t next_line; /* from here on a line is looked for */
    bool in_line;
    bool whole_head, whole_tail; /* what is fed begins and ends with the unit */
    bool tail_cut;               /* more was fed than `tail` holds, or stands before it */
    size_t head_len, tail_len, line_len;
    uint8_t head[UNIT_EDGE], tail[UNIT_EDGE], line[UNIT_LINE_MAX];
    int32_t first, last;                    /* of stamps with a year */
    unsigned yearless_first, yearless_last; /* as in date_text.h; in order of the stream */
};

void unit_dates_start(struct unit_dates *dates, bool log, bool dump, int32_t zone_seconds);
/* What is fed is a piece of the unit that begins at byte FROM, behind a line end that stands as
 * near behind the middle of a stride; LAST: it ends with the unit. */
void unit_dates_piece(struct unit_dates *dates, uint64_t from, bool last);
enum { UNIT_STRIDE = 64 * 1024 }; /* between lines of a log that are read */
/* The next bytes of the unit, as UTF-8; WIDTHS: of a segment that they are part of. */
void unit_dates_feed(struct unit_dates *dates, struct bytes text, struct widths widths);
/* Of a dump that is over: its first and last few KiB. */
struct bytes unit_dates_head(const struct unit_dates *dates);
struct bytes unit_dates_tail(const struct unit_dates *dates);
/* The unit is over. FILE_DAY (or DAY_NONE) tells the year of stamps that have none. */
void unit_dates_finish(struct unit_dates *dates, int32_t file_day, struct unit_age *age);

#endif
