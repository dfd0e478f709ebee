/* RFC 4180 with a byte order mark. Every text is quoted, so that a reader that asks for the types
 * of cells takes the number 1.10 of a form for text; what was counted is not. Pages follow each
 * other with an empty line between. */
#include <stdlib.h>

#include "reports/sheet_form.h"

struct csv_sheet {
    struct report_sink *sink;
    bool begun; /* a page has been */
    bool first; /* cell of its row */
};

static void *open_csv(const struct run_info *run, struct report_sink *sink) {
    (void)run;
    struct csv_sheet *csv = calloc(1, sizeof *csv);
    if (csv != NULL) {
        csv->sink = sink;
        csv->first = true;
        report_puts(sink, "\xEF\xBB\xBF");
    }
    return csv;
}

static void begin_page(void *state, const char *name, const unsigned *widths) {
    struct csv_sheet *csv = state;
    (void)name;
    (void)widths;
    if (csv->begun) {
        report_puts(csv->sink, "\r\n");
    }
    csv->begun = true;
}

static void begin_cell(struct csv_sheet *csv) {
    if (!csv->first) {
        report_putc(csv->sink, ',');
    }
    csv->first = false;
}

static void put_text(void *state, enum sheet_style style, struct bytes text) {
    struct csv_sheet *csv = state;
    (void)style;
    begin_cell(csv);
    if (text.len == 0) {
        return;
    }
    report_putc(csv->sink, '"');
    for (size_t at = 0; at < text.len; at++) {
        if (text.ptr[at] == '"') {
            report_putc(csv->sink, '"');
        }
        report_putc(csv->sink, (char)text.ptr[at]);
    }
    report_putc(csv->sink, '"');
}

static void put_number(void *state, enum sheet_style style, uint64_t number) {
    struct csv_sheet *csv = state;
    (void)style;
    begin_cell(csv);
    report_printf(csv->sink, "%llu", (unsigned long long)number);
}

static void end_row(void *state) {
    struct csv_sheet *csv = state;
    report_puts(csv->sink, "\r\n");
    csv->first = true;
}

const struct sheet_form sheet_csv = {.open = open_csv,
                                     .begin = begin_page,
                                     .text = put_text,
                                     .number = put_number,
                                     .end_row = end_row,
                                     .close = free};
