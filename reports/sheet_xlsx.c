/* Workbooks, through libxlsxwriter. It writes to a named file only, so the workbook is made in a
 * private temporary file (mode 0600; it holds what the report may show, no more) and copied. Text
 * is always stored as text, never as a formula or a link. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "reports/sheet_form.h"

enum { PATH_ROOM = 4096, TAB_NAME_MAX = 31, ROWS_MAX = 1048576, EXACT_BITS = 53 };

struct xlsx_sheet {
    struct report_sink *sink;
    char path[PATH_ROOM];
    lxw_workbook *book;
    lxw_worksheet *page; /* NULL before the first one */
    lxw_format *formats[SHEET_SECTION + 1];
    lxw_row_t row;
    lxw_col_t column;
    struct text_buffer text;
    bool frozen;
};

static void fail(struct xlsx_sheet *xlsx, const char *what) {
    struct error error;
    error_set(&error, YINMA_E_IO, "cannot write the workbook: %s", what);
    report_fail(xlsx->sink, &error);
}

static bool make_file(struct xlsx_sheet *xlsx) {
    const char *folder = getenv("TMPDIR");
    int len = snprintf(xlsx->path, sizeof xlsx->path, "%s/yinma-XXXXXX",
                       folder == NULL || *folder == '\0' ? "/tmp" : folder);
    int descriptor = len < 0 || (size_t)len >= sizeof xlsx->path ? -1 : mkstemp(xlsx->path);
    if (descriptor < 0) {
        int os_errno = errno;
        xlsx->path[0] = '\0';
        fail(xlsx, strerror(os_errno));
        return false;
    }
    close(descriptor);
    return true;
}

static void make_formats(struct xlsx_sheet *xlsx) {
    for (unsigned style = 0; style <= SHEET_SECTION; style++) {
        lxw_format *format = workbook_add_format(xlsx->book);
        xlsx->formats[style] = format;
        if (format == NULL) {
            report_fail_memory(xlsx->sink);
            return;
        }
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        if (style != SHEET_PLAIN) {
            format_set_bold(format);
        }
        if (style == SHEET_HEAD) {
            format_set_bg_color(format, 0xD9E1F2);
            format_set_border(format, LXW_BORDER_THIN);
        } else if (style == SHEET_SECTION) {
            format_set_bg_color(format, 0xF2F2F2);
        }
        if (style == SHEET_PLAIN || style == SHEET_SECTION) {
            format_set_border(format, LXW_BORDER_HAIR);
        }
    }
}

static void *open_xlsx(const struct run_info *run, struct report_sink *sink) {
    struct xlsx_sheet *xlsx = calloc(1, sizeof *xlsx);
    if (xlsx == NULL) {
        return NULL;
    }
    xlsx->sink = sink;
    text_buffer_init(&xlsx->text, 0);
    if (!make_file(xlsx)) {
        return xlsx; /* the sink knows; nothing more is written */
    }
    lxw_workbook_options options = {0};
    xlsx->book = workbook_new_opt(xlsx->path, &options);
    if (xlsx->book == NULL) {
        report_fail_memory(sink);
        return xlsx;
    }
    /* the same results make the same file */
    char author[] = "yinma";
    lxw_doc_properties properties = {.author = author, .created = run->started};
    workbook_set_properties(xlsx->book, &properties);
    make_formats(xlsx);
    return xlsx;
}

static bool usable(const struct xlsx_sheet *xlsx) {
    return xlsx->page != NULL && xlsx->sink->error.code == 0;
}

static void begin_page(void *state, const char *name, const unsigned *widths) {
    struct xlsx_sheet *xlsx = state;
    char tab[TAB_NAME_MAX * 4 + 1];
    if (xlsx->book == NULL || xlsx->sink->error.code != 0) {
        return;
    }
    snprintf(tab, sizeof tab, "%s", name);
    xlsx->page = workbook_add_worksheet(xlsx->book, tab);
    xlsx->row = 0;
    xlsx->column = 0;
    xlsx->frozen = false;
    if (xlsx->page == NULL) {
        fail(xlsx, "a page could not be added");
        return;
    }
    for (lxw_col_t i = 0; widths[i] != 0; i++) {
        worksheet_set_column(xlsx->page, i, i, widths[i], NULL);
    }
    worksheet_set_landscape(xlsx->page);
    worksheet_set_paper(xlsx->page, 9); /* A4 */
    worksheet_fit_to_pages(xlsx->page, 1, 0);
}

static void check(struct xlsx_sheet *xlsx, lxw_error code) {
    if (code != LXW_NO_ERROR) {
        fail(xlsx, xlsx->row >= ROWS_MAX ? "a page has at most 1,048,576 rows: write CSV"
                                         : lxw_strerror(code));
    }
}

static void freeze(struct xlsx_sheet *xlsx, enum sheet_style style) {
    if (style == SHEET_HEAD && !xlsx->frozen) {
        worksheet_freeze_panes(xlsx->page, xlsx->row + 1, 1);
        worksheet_repeat_rows(xlsx->page, xlsx->row, xlsx->row);
        xlsx->frozen = true;
    }
}

static void put_text(void *state, enum sheet_style style, struct bytes text) {
    struct xlsx_sheet *xlsx = state;
    if (!usable(xlsx)) {
        return;
    }
    text_buffer_clear(&xlsx->text);
    text_buffer_put(&xlsx->text, text);
    if (xlsx->text.failed) {
        report_fail_memory(xlsx->sink);
        return;
    }
    freeze(xlsx, style);
    lxw_format *format = xlsx->formats[style];
    check(xlsx, text.len == 0 ? worksheet_write_blank(xlsx->page, xlsx->row, xlsx->column, format)
                              : worksheet_write_string(xlsx->page, xlsx->row, xlsx->column,
                                                       text_buffer_string(&xlsx->text), format));
    xlsx->column++;
}

/* Cells hold doubles; a number that one cannot hold stands as text. */
static void put_number(void *state, enum sheet_style style, uint64_t number) {
    struct xlsx_sheet *xlsx = state;
    if (number >> EXACT_BITS != 0) {
        char digits[24];
        snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
        put_text(state, style, bytes_of_string(digits));
    } else if (usable(xlsx)) {
        check(xlsx, worksheet_write_number(xlsx->page, xlsx->row, xlsx->column, (double)number,
                                           xlsx->formats[style]));
        xlsx->column++;
    }
}

static void end_row(void *state) {
    struct xlsx_sheet *xlsx = state;
    xlsx->row++;
    xlsx->column = 0;
}

static void copy_file(struct xlsx_sheet *xlsx) {
    char buffer[16384];
    size_t got;
    FILE *file = fopen(xlsx->path, "re");
    if (file == NULL) {
        fail(xlsx, strerror(errno));
        return;
    }
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0) {
        report_put(xlsx->sink, bytes_of(buffer, got));
    }
    if (ferror(file) != 0) {
        fail(xlsx, "its temporary copy cannot be read");
    }
    fclose(file);
}

static void close_xlsx(void *state) {
    struct xlsx_sheet *xlsx = state;
    if (xlsx->book != NULL) {
        lxw_error code = workbook_close(xlsx->book); /* frees it in any case */
        if (code != LXW_NO_ERROR) {
            fail(xlsx, lxw_strerror(code));
        } else if (xlsx->sink->error.code == 0) {
            copy_file(xlsx);
        }
    }
    if (xlsx->path[0] != '\0') {
        unlink(xlsx->path);
    }
    text_buffer_release(&xlsx->text);
    free(xlsx);
}

const struct sheet_form sheet_xlsx = {.open = open_xlsx,
                                      .begin = begin_page,
                                      .text = put_text,
                                      .number = put_number,
                                      .end_row = end_row,
                                      .close = close_xlsx};
