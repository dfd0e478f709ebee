/* sheet_words.h - what several sheets say: times, zones, names of kinds, numbers of people. */
#ifndef YINMA_REPORTS_SHEET_WORDS_H
#define YINMA_REPORTS_SHEET_WORDS_H

#include "reports/sheet.h"
#include "result/people.h"

enum { SHEET_TIME_TEXT = 40 };

/* When the run began, on the clock of Taiwan where it was judged by that, else in UTC. */
void sheet_time(const struct run_info *run, char out[SHEET_TIME_TEXT]);
/* "2026-01-31" of SECONDS since 1970 on the same clock; "" for 0. */
void sheet_date(const struct run_info *run, int64_t seconds, char out[SHEET_TIME_TEXT]);

/* The first lines of a sheet: title, firm, checker, time, and what is to be known of it. */
void sheet_top(struct sheet *sheet, const char *title, const struct report_options *options,
               const struct run_info *run, const char *note);

void sheet_put_zones(struct text_buffer *out, zone_set zones); /* "backup、db" */
/* TEXT behind "、" when something stands before it. */
void sheet_put_item(struct text_buffer *out, const char *text);
/* "980 人（以身分證／居留證號計）", "約 12,000 人（…，誤差 ±3.3%）" */
void sheet_put_people(struct text_buffer *out, const struct report_options *options,
                      const struct people *people);
/* The Chinese name of a kind. */
const char *sheet_kind(const struct report_options *options, const struct field_result *field);

/* A masked example as a sheet may show it: of a card at most the last four digits. Nothing when the
 * run revealed values. */
void sheet_put_sample(struct text_buffer *out, const struct run_info *run, const char *kind,
                      const struct example *example);

#endif
