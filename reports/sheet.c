#include "reports/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "reports/cell_guard.h"
#include "reports/sheet_form.h"
#include "reports/terminal.h"

enum { CELL_BYTES_MAX = 30000 }; /* Excel takes 32,767 characters a cell */

struct sheet {
    const struct sheet_form *form;
    void *state;
    struct report_sink *sink;
    struct text_buffer cell, safe;
    enum sheet_style style;
};

static bool is_workbook(const char *file) {
    static const char ending[] = ".xlsx";
    size_t len = file == NULL ? 0 : strlen(file);
    return len >= sizeof ending - 1 &&
           bytes_equal_ignoring_case(bytes_of_string(file + len - (sizeof ending - 1)),
                                     BYTES_LIT(".xlsx"));
}

struct sheet *sheet_new(const struct report_options *options, const struct run_info *run,
                        struct report_sink *sink) {
    struct sheet *sheet = calloc(1, sizeof *sheet);
    if (sheet == NULL) {
        report_fail_memory(sink);
        return NULL;
    }
    text_buffer_init(&sheet->cell, 0);
    text_buffer_init(&sheet->safe, 0);
    sheet->sink = sink;
    sheet->form = is_workbook(options->file) ? &sheet_xlsx : &sheet_csv;
    sheet->state = sheet->form->open(run, sink);
    if (sheet->state == NULL) {
        report_fail_memory(sink);
        free(sheet);
        return NULL;
    }
    return sheet;
}

void sheet_close(struct sheet *sheet) {
    if (sheet != NULL) {
        sheet->form->close(sheet->state);
        text_buffer_release(&sheet->cell);
        text_buffer_release(&sheet->safe);
        free(sheet);
    }
}

void sheet_begin(struct sheet *sheet, const char *name, const unsigned *widths) {
    sheet->form->begin(sheet->state, name, widths);
    sheet->style = SHEET_PLAIN;
}

void sheet_style(struct sheet *sheet, enum sheet_style style) {
    sheet->style = style;
}

/* What is longer than a cell can be ends in an ellipsis, between two characters. */
static void cut(struct text_buffer *text) {
    if (text->len <= CELL_BYTES_MAX) {
        return;
    }
    size_t len = CELL_BYTES_MAX;
    while (len > 0 && ((uint8_t)text->data[len] & 0xC0) == 0x80) {
        len--;
    }
    text->len = len;
    text_buffer_puts(text, "…");
}

void sheet_text(struct sheet *sheet, struct bytes text) {
    text_buffer_clear(&sheet->safe);
    if (looks_like_formula(text)) {
        text_buffer_putc(&sheet->safe, '\'');
    }
    terminal_safe(&sheet->safe, text);
    cut(&sheet->safe);
    if (sheet->safe.failed) {
        report_fail_memory(sheet->sink);
        return;
    }
    sheet->form->text(sheet->state, sheet->style, text_buffer_view(&sheet->safe));
}

void sheet_string(struct sheet *sheet, const char *text) {
    sheet_text(sheet, bytes_of_string(text == NULL ? "" : text));
}

void sheet_buffer(struct sheet *sheet, const struct text_buffer *text) {
    if (text->failed) {
        report_fail_memory(sheet->sink);
    }
    sheet_text(sheet, text_buffer_view(text));
}

void sheet_printf(struct sheet *sheet, const char *format, ...) {
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    sheet_string(sheet, text);
}

void sheet_fail(struct sheet *sheet, const struct error *error) {
    report_fail(sheet->sink, error);
}

void sheet_number(struct sheet *sheet, uint64_t number) {
    sheet->form->number(sheet->state, sheet->style, number);
}

void sheet_end_row(struct sheet *sheet) {
    sheet->form->end_row(sheet->state);
    sheet->style = SHEET_PLAIN;
}

void sheet_row(struct sheet *sheet, enum sheet_style style, const char *const *texts) {
    sheet_style(sheet, style);
    for (size_t i = 0; texts[i] != NULL; i++) {
        sheet_string(sheet, texts[i]);
    }
    sheet_end_row(sheet);
}
