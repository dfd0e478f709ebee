/* text_closing.h - the text report behind its rows: which rules are broken, what it comes to, what
 * was not read, what to do next. */
#ifndef YINMA_REPORTS_TEXT_CLOSING_H
#define YINMA_REPORTS_TEXT_CLOSING_H

#include "reports/text_cells.h"

/* Lines that the parts take at most. */
struct text_screen {
    size_t rows;    /* fields and the names of their units */
    size_t rules;   /* that are broken */
    size_t gaps;    /* units that were not read */
    size_t reasons; /* why rules are undecided */
    size_t advice;  /* what to do next */
};

struct text_report {
    struct terminal terminal;
    const struct results *results;
    const struct report_options *options;
    struct text_screen screen;
    struct text_rows rows;
    size_t shown; /* rows */
    struct text_cells cells;
    size_t width[COLUMN_COUNT];
    size_t controls_least; /* columns without which no number of a rule fits */
    struct text_buffer line;
};

/* A screen as high as the terminal, or all with -v; UNREAD units are to be told, too. */
struct text_screen text_screen(const struct report_options *options, uint64_t unread);

/* Put what `line` holds, and begin the next one. */
void text_report_line(struct text_report *report);

void text_report_rules(struct text_report *report);
void text_report_closing(struct text_report *report);
/* What was not read, and what is listed only. */
void text_report_gaps(struct text_report *report);

/* text_person.c: where the person stands that was asked for, instead of all the rest. */
void text_report_person(struct text_report *report);
/* text_unit.c: the name of a unit with its format and zones. */
void text_report_unit(struct text_report *report, uint32_t unit);

#endif
