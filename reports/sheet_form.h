/* sheet_form.h - one row a file form that sheets can have. Private to the sheets. */
#ifndef YINMA_REPORTS_SHEET_FORM_H
#define YINMA_REPORTS_SHEET_FORM_H

#include "reports/sheet.h"

struct sheet_form {
    /* NULL when memory is out. */
    void *(*open)(const struct run_info *run, struct report_sink *sink);
    void (*begin)(void *state, const char *name, const unsigned *widths);
    void (*text)(void *state, enum sheet_style style, struct bytes text);
    void (*number)(void *state, enum sheet_style style, uint64_t number);
    void (*end_row)(void *state);
    void (*close)(void *state); /* and release */
};

extern const struct sheet_form sheet_csv, sheet_xlsx;

#endif
