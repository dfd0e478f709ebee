#include "judge/dates/unit_dates.h"

#include "judge/dates/date_text.h"

enum {
    STRIDE = UNIT_STRIDE,
    STAMP_REACH = 160, /* a line's stamp begins before that byte */
    DUMP_LINE_MAX = 64,
};

void unit_dates_start(struct unit_dates *dates, bool log, bool dump, int32_t zone_seconds) {
    dates->log = log;
    dates->dump = dump;
    dates->zone_seconds = zone_seconds;
    dates->at = 0;
    dates->next_line = STRIDE;
    dates->in_line = dates->tail_cut = false;
    dates->whole_head = dates->whole_tail = true;
    dates->head_len = dates->tail_len = dates->line_len = 0;
    dates->first = dates->last = DAY_NONE;
    dates->yearless_first = dates->yearless_last = 0;
}

void unit_dates_piece(struct unit_dates *dates, uint64_t from, bool last) {
    dates->at = from;
    dates->next_line = (from / STRIDE + 1) * STRIDE;
    dates->whole_head = from == 0;
    dates->tail_cut = from != 0;
    dates->whole_tail = last;
}

/* ---- one line of a log ---- */

static void take_stamp(struct unit_dates *dates, int32_t day, unsigned yearless) {
    if (day != DAY_NONE) {
        dates->first = dates->first == DAY_NONE || day < dates->first ? day : dates->first;
        dates->last = day > dates->last ? day : dates->last;
    } else if (yearless != 0) {
        dates->yearless_first = dates->yearless_first == 0 ? yearless : dates->yearless_first;
        dates->yearless_last = yearless;
    }
}

/* May a stamp begin at AT of a line? Numbers of seconds stand at its beginning only: others are
 * anybody's. */
static bool may_begin(struct bytes line, size_t at) {
    if (at == 0) {
        return true;
    }
    static const char before[] = " [\"'=\t<>|(,;:";
    uint8_t c = line.ptr[at], previous = line.ptr[at - 1];
    if (previous == 0 || strchr(before, previous) == NULL || at + 10 >= line.len) {
        return false;
    }
    bool dated = byte_is_digit(c) &&
                 (line.ptr[at + 4] == '-' || line.ptr[at + 4] == '/' || line.ptr[at + 2] == '/');
    return dated || (byte_is_letter(c) && line.ptr[at + 3] == ' ');
}

static void read_line(struct unit_dates *dates, struct bytes line) {
    if (line.len > 0 && line.ptr[0] == '#') {
        return; /* directives of W3C logs */
    }
    for (size_t at = 0; at < line.len && at < STAMP_REACH; at++) {
        unsigned yearless = 0;
        if (!may_begin(line, at)) {
            continue;
        }
        int32_t day = date_text_log(bytes_from(line, at), dates->zone_seconds, &yearless);
        if (day != DAY_NONE || yearless != 0) {
            take_stamp(dates, day, yearless);
            return;
        }
    }
}

static void read_lines(struct unit_dates *dates, struct bytes text) {
    while (text.len > 0) {
        const uint8_t *end = memchr(text.ptr, '\n', text.len);
        size_t len = end == NULL ? text.len : (size_t)(end - text.ptr);
        read_line(dates, bytes_first(text, len));
        text = bytes_from(text, len + 1);
    }
}

/* ---- the stream ---- */

static void keep_tail(struct unit_dates *dates, struct bytes text) {
    dates->tail_cut |= dates->tail_len + text.len > UNIT_EDGE;
    if (text.len >= UNIT_EDGE) {
        memcpy(dates->tail, text.ptr + text.len - UNIT_EDGE, UNIT_EDGE);
        dates->tail_len = UNIT_EDGE;
        return;
    }
    size_t kept = dates->tail_len + text.len > UNIT_EDGE ? UNIT_EDGE - text.len : dates->tail_len;
    memmove(dates->tail, dates->tail + dates->tail_len - kept, kept);
    memcpy(dates->tail + kept, text.ptr, text.len);
    dates->tail_len = kept + text.len;
}

/* Bytes of the line that is collected; returns how many were used. */
static size_t collect_line(struct unit_dates *dates, struct bytes text) {
    const uint8_t *end = memchr(text.ptr, '\n', text.len);
    size_t len = end == NULL ? text.len : (size_t)(end - text.ptr);
    size_t room = UNIT_LINE_MAX - dates->line_len, taken = len < room ? len : room;
    memcpy(dates->line + dates->line_len, text.ptr, taken);
    dates->line_len += taken;
    if (end != NULL || dates->line_len == UNIT_LINE_MAX) {
        read_line(dates, bytes_of(dates->line, dates->line_len));
        dates->in_line = false;
        dates->line_len = 0;
    }
    return taken;
}

/* Of TEXT, which took more than LEFT bytes before it was UTF-8: the first part that took as many.
 */
static size_t length_of_width(struct bytes text, uint64_t left, struct widths widths) {
    size_t low = 0, high = text.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        uint64_t width = width_before(widths, bytes_of(text.ptr + low, middle - low));
        bool enough = width >= left;
        left -= enough ? 0 : width;
        *(enough ? &high : &low) = middle;
    }
    return high;
}

static void walk_lines(struct unit_dates *dates, struct bytes text, struct widths widths) {
    uint64_t at = dates->at, end_at = at + width_before(widths, text);
    dates->at = end_at;
    while (text.len > 0) {
        size_t used;
        if (dates->in_line) {
            used = collect_line(dates, text);
        } else if (at < dates->next_line) {
            uint64_t left = dates->next_line - at;
            used = left < end_at - at ? length_of_width(text, left, widths) : text.len;
        } else {
            const uint8_t *end = memchr(text.ptr, '\n', text.len);
            used = end == NULL ? text.len : (size_t)(end - text.ptr) + 1;
            dates->in_line = end != NULL;
            dates->next_line = end != NULL ? (at / STRIDE + 1) * STRIDE : dates->next_line;
        }
        at = used == text.len ? end_at : at + width_before(widths, bytes_first(text, used));
        text = bytes_from(text, used); /* an empty line uses nothing, and is over */
    }
}

void unit_dates_feed(struct unit_dates *dates, struct bytes text, struct widths widths) {
    if ((!dates->log && !dates->dump) || text.len == 0) {
        return;
    }
    size_t room = UNIT_EDGE - dates->head_len, taken = text.len < room ? text.len : room;
    memcpy(dates->head + dates->head_len, text.ptr, taken);
    dates->head_len += taken;
    if (dates->log) {
        walk_lines(dates, text, widths);
    }
    keep_tail(dates, text);
}

/* ---- dumps ---- */

/* What stands before the time at which a dump was made. */
static const struct dump_mark {
    const char *text;
    bool at_end;    /* it stands at the end of the dump */
    bool day_first; /* 30/01/2026 */
} dump_marks[] = {
    {"\n-- Dump completed on ", true, false}, /* mysqldump, mariadb-dump */
    {"\n-- Completed on ", true, false},      /* pg_dump --verbose */
    {"\n-- Started on ", false, false},
    {"\n-- Generation Time: ", false, false}, /* phpMyAdmin */
    {"\n-- 產生時間： ", false, false},
    {"\n-- 產生時間: ", false, false},
    {"\n Date: ", false, true},              /* Navicat */
    {"Script Date: ", false, false},         /* SQL Server Management Studio */
    {"\n# Started dump at: ", false, false}, /* mydumper */
    {"\nStarted dump at: ", false, false},
};

static int32_t read_mark(const struct dump_mark *mark, struct bytes text, int32_t zone_seconds) {
    struct bytes needle = bytes_of_string(mark->text);
    size_t at = bytes_find(text, needle);
    if (at == SIZE_MAX) {
        return DAY_NONE;
    }
    struct bytes rest = bytes_first(bytes_from(text, at + needle.len), DUMP_LINE_MAX);
    const uint8_t *end = rest.len == 0 ? NULL : memchr(rest.ptr, '\n', rest.len);
    rest = bytes_trim(bytes_first(rest, end == NULL ? rest.len : (size_t)(end - rest.ptr)));
    if (mark->day_first && rest.len >= 10 && rest.ptr[2] == '/' && rest.ptr[5] == '/') {
        uint8_t turned[] = {rest.ptr[6], rest.ptr[7], rest.ptr[8], rest.ptr[9], '-',
                            rest.ptr[3], rest.ptr[4], '-',         rest.ptr[0], rest.ptr[1]};
        return date_text_read(bytes_of(turned, sizeof turned), zone_seconds);
    }
    return date_text_read(rest, zone_seconds);
}

static int32_t dump_day(const struct unit_dates *dates) {
    for (size_t i = 0; i < sizeof dump_marks / sizeof *dump_marks; i++) {
        const struct dump_mark *mark = &dump_marks[i];
        struct bytes text = mark->at_end ? bytes_of(dates->tail, dates->tail_len)
                                         : bytes_of(dates->head, dates->head_len);
        int32_t day = read_mark(mark, text, dates->zone_seconds);
        if (day != DAY_NONE) {
            return day;
        }
    }
    return DAY_NONE;
}

/* ---- the end ---- */

/* The last day not behind NOT_AFTER that is number ORDINAL of a leap year. */
static int32_t with_year(unsigned ordinal, int32_t not_after) {
    unsigned leap_year, month, day;
    day_split(day_of(2000, 1, 1) + (int32_t)ordinal - 1, &leap_year, &month, &day);
    for (unsigned year = day_year(not_after), tries = 0; tries < 9 && year > 1; year--, tries++) {
        int32_t found = day_of_checked(year, month, day);
        if (found != DAY_NONE && found <= not_after) {
            return found;
        }
    }
    return DAY_NONE;
}

static void assume_years(struct unit_dates *dates, int32_t file_day, struct unit_age *age) {
    if (dates->yearless_last == 0 || file_day == DAY_NONE) {
        return;
    }
    age->log_last = with_year(dates->yearless_last, file_day + 1); /* clocks differ a little */
    age->log_first =
        age->log_last == DAY_NONE ? DAY_NONE : with_year(dates->yearless_first, age->log_last);
    age->log_year_assumed = true;
}

void unit_dates_finish(struct unit_dates *dates, int32_t file_day, struct unit_age *age) {
    if (dates->dump) {
        age->dumped = dump_day(dates);
    }
    if (!dates->log) {
        return;
    }
    if (dates->in_line) {
        read_line(dates, bytes_of(dates->line, dates->line_len));
    }
    unsigned yearless = dates->yearless_last;
    dates->yearless_first = dates->yearless_last = 0; /* those of the head come first */
    if (dates->whole_head) {
        read_lines(dates, bytes_of(dates->head, dates->head_len));
    }
    dates->yearless_last = yearless != 0 ? yearless : dates->yearless_last;
    struct bytes tail = bytes_of(dates->tail, dates->tail_len);
    if (dates->tail_cut) {
        size_t line = bytes_find(tail, BYTES_LIT("\n"));
        tail = bytes_from(tail, line == SIZE_MAX ? tail.len : line + 1);
    }
    if (dates->whole_tail) {
        read_lines(dates, tail);
    }
    age->log_first = dates->first;
    age->log_last = dates->last;
    if (dates->first == DAY_NONE) {
        assume_years(dates, file_day, age);
    }
}

struct bytes unit_dates_head(const struct unit_dates *dates) {
    return bytes_of(dates->head, dates->head_len);
}

struct bytes unit_dates_tail(const struct unit_dates *dates) {
    return bytes_of(dates->tail, dates->tail_len);
}
