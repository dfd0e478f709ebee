/* sheet.h - tables for people with a spreadsheet: a workbook (.xlsx) or, for every other name, CSV.
 * Cells are written one after the other, row by row; both forms hold the same cells. Text is made
 * safe here: what a terminal or a spreadsheet could act on never gets through.
 *
 * The sheets go to auditors in Taiwan and follow printed forms, so their words stand in the reports
 * in Traditional Chinese and are no messages to translate. */
#ifndef YINMA_REPORTS_SHEET_H
#define YINMA_REPORTS_SHEET_H

#include "core/text_buffer.h"
#include "reports/sink.h"

enum sheet_style { SHEET_PLAIN, SHEET_TITLE, SHEET_HEAD, SHEET_SECTION };

struct sheet;

/* NULL when memory is out (SINK knows). */
struct sheet *sheet_new(const struct report_options *options, const struct run_info *run,
                        struct report_sink *sink);
/* Write what is left, release everything. NULL is fine. */
void sheet_close(struct sheet *sheet);

/* Begin a page: NAME for its tab, WIDTHS of its columns in characters, ended by 0. */
void sheet_begin(struct sheet *sheet, const char *name, const unsigned *widths);

void sheet_style(struct sheet *sheet, enum sheet_style style); /* of the cells that follow */
void sheet_text(struct sheet *sheet, struct bytes text);
void sheet_string(struct sheet *sheet, const char *text); /* NULL: an empty cell */
void sheet_buffer(struct sheet *sheet, const struct text_buffer *text);
void sheet_printf(struct sheet *sheet, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sheet_number(struct sheet *sheet, uint64_t number); /* something that is counted */
void sheet_end_row(struct sheet *sheet);
/* The report cannot be whole. */
void sheet_fail(struct sheet *sheet, const struct error *error);
/* A row of texts, ended by NULL. */
void sheet_row(struct sheet *sheet, enum sheet_style style, const char *const *texts);

#endif
