/* xls ([MS-XLS], BIFF8): a sheet is a table, the row of headings names the columns, as in xlsx.
 * What else holds text (comments, headers, links, strings that no cell uses, other streams of the
 * file) is read as words. */
#include "decode/office/xls.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/endian.h"
#include "decode/grid.h"
#include "decode/hidden_parts.h"
#include "decode/office/sheet_numbers.h"
#include "decode/office/xls_book.h"
#include "decode/record_text.h"

enum {
    RECORD_FORMULA = 0x06,
    RECORD_END = 0x0A,
    RECORD_HEADER = 0x14,
    RECORD_FOOTER = 0x15,
    RECORD_COLUMNS = 0x7D,
    RECORD_NUMBERS = 0xBD, /* MULRK */
    RECORD_RICH_TEXT = 0xD6,
    RECORD_SHARED_TEXT = 0xFD,
    RECORD_LINK = 0x1B8,
    RECORD_RULE = 0x1BE, /* what may be entered, with its prompts */
    RECORD_REAL = 0x203,
    RECORD_TEXT = 0x204,
    RECORD_STRING = 0x207, /* what the formula before it gives */
    RECORD_ROW = 0x208,
    RECORD_NUMBER = 0x27E, /* RK */
    RECORD_BEGIN = 0x809,
    ROW_HIDDEN = 0x20,
    RAW_BYTES = 256 * 1024,
};

enum phase { PHASE_SHEETS, PHASE_STRINGS, PHASE_STREAMS, PHASE_DONE };

struct xls {
    struct decode_report *report;
    struct grid *grid;
    struct record_text words;
    const struct ole2_file *file; /* not owned */
    struct xls_records records;
    struct xls_book book;
    struct text_buffer value;
    enum phase phase;
    size_t sheet;   /* the next one */
    unsigned depth; /* of BOF and EOF: charts stand inside of sheets */
    uint32_t row;   /* of the cell before; UINT32_MAX: none */
    uint32_t next_column;
    uint32_t formula_row, formula_column;
    struct sheet_hidden hidden;
    struct ole2_walk others; /* the streams that are no workbook */
    uint8_t *raw;
};

static void tell(struct xls *x, const struct error *problem) {
    if (x->report->status == 0 && problem->code != 0) {
        x->report->status = problem->code;
        x->report->error = *problem;
    }
}

/* ---- cells ---- */

/* False: the cell stands where no grid has one. */
static bool place(struct xls *x, uint32_t row, uint32_t column) {
    if (column >= GRID_COLUMNS_MOST) {
        return false;
    }
    if (row != x->row || column < x->next_column) {
        grid_row(x->grid);
        x->row = row;
    }
    x->next_column = column + 1;
    return true;
}

static void put_text(struct xls *x, uint32_t row, uint32_t column, struct bytes text) {
    text = bytes_trim(text);
    if (text.len > 0 && place(x, row, column)) {
        grid_cell(x->grid, column, text, 0);
    }
}

static void put_real(struct xls *x, uint32_t row, uint32_t column, uint32_t style, double value) {
    if (place(x, row, column)) {
        sheet_put_cell(x->grid, column, value, xls_style_is_date(&x->book, style), x->book.epoch);
    }
}

static void take_packed_row(struct xls *x, struct bytes data) {
    const uint32_t row = little_u16(data.ptr);
    uint32_t column = little_u16(data.ptr + 2);
    for (size_t at = 4; at + 8 <= data.len; at += 6, column++) { /* the last column stands behind */
        put_real(x, row, column, little_u16(data.ptr + at),
                 sheet_packed(little_u32(data.ptr + at + 2)));
    }
}

static void take_string(struct xls *x, uint32_t row, uint32_t column, struct bytes data) {
    struct xls_text text = {.records = &x->records, .left = data};
    text_buffer_clear(&x->value);
    bool whole = xls_text_string(&text, 2, &x->value);
    put_text(x, row, column, text_buffer_view(&x->value));
    if (!whole) {
        struct error problem = {0};
        error_set(&problem, YINMA_E_DAMAGED, "a text in a cell ends too early");
        tell(x, &problem);
    }
}

static void take_shared(struct xls *x, struct bytes data) {
    struct bytes text;
    if (sheet_strings_get(&x->book.strings, little_u32(data.ptr + 6), &text)) {
        put_text(x, little_u16(data.ptr), little_u16(data.ptr + 2), text);
    } else if (!x->book.strings.over) {
        struct error problem = {0};
        error_set(&problem, YINMA_E_DAMAGED, "cells refer to strings that are missing");
        tell(x, &problem);
    }
}

/* The result: a number, or (with FF FF behind it) a text that the next record tells, or neither. */
static void take_formula(struct xls *x, struct bytes data) {
    x->formula_row = little_u16(data.ptr);
    x->formula_column = little_u16(data.ptr + 2);
    if (data.ptr[12] != 0xFF || data.ptr[13] != 0xFF) {
        put_real(x, x->formula_row, x->formula_column, little_u16(data.ptr + 4),
                 sheet_real(data.ptr + 6));
    }
}

static void take_cell(struct xls *x, struct bytes data) {
    const uint32_t row = little_u16(data.ptr), column = little_u16(data.ptr + 2);
    switch (x->records.type) {
    case RECORD_SHARED_TEXT:
        take_shared(x, data);
        break;
    case RECORD_TEXT:
    case RECORD_RICH_TEXT:
        take_string(x, row, column, bytes_from(data, 6));
        break;
    case RECORD_NUMBER:
        put_real(x, row, column, little_u16(data.ptr + 4), sheet_packed(little_u32(data.ptr + 6)));
        break;
    case RECORD_NUMBERS:
        take_packed_row(x, data);
        break;
    case RECORD_REAL:
        if (data.len >= 14) {
            put_real(x, row, column, little_u16(data.ptr + 4), sheet_real(data.ptr + 6));
        }
        break;
    case RECORD_FORMULA:
        if (data.len >= 14) {
            take_formula(x, data);
        }
        break;
    default:
        break;
    }
}

/* ---- what else a sheet says ---- */

static void take_record(struct xls *x) {
    const struct bytes data = x->records.data;
    switch (x->records.type) {
    case RECORD_STRING:
        take_string(x, x->formula_row, x->formula_column, data);
        break;
    case RECORD_ROW:
        if (data.len >= 14 && (data.ptr[12] & ROW_HIDDEN) != 0) {
            sheet_hidden_rows(&x->hidden, little_u16(data.ptr), 1);
        }
        break;
    case RECORD_COLUMNS:
        if (data.len >= 10 && (data.ptr[8] & 1) != 0 &&
            little_u16(data.ptr + 2) >= little_u16(data.ptr) && little_u16(data.ptr + 2) < 256) {
            sheet_hidden_columns(&x->hidden, little_u16(data.ptr), little_u16(data.ptr + 2));
        }
        break;
    case RECORD_HEADER:
    case RECORD_FOOTER:
    case RECORD_LINK:
    case RECORD_RULE:
    case XLS_CONTINUE: /* of drawings: the texts of comments */
        record_text_strings(&x->words, data, true, FIELD_FREE_TEXT);
        break;
    default:
        if (data.len >= 10) {
            take_cell(x, data);
        }
        break;
    }
}

/* ---- sheets, then the rest ---- */

static void begin_sheet(struct xls *x) {
    const struct xls_sheet *sheet = &x->book.sheets[x->sheet];
    xls_records_seek(&x->records, sheet->offset);
    grid_begin(x->grid, xls_sheet_name(&x->book, x->sheet));
    sheet_hidden_begin(&x->hidden, xls_sheet_name(&x->book, x->sheet), sheet->hidden);
    x->row = UINT32_MAX;
    x->next_column = 0;
    x->depth = 0;
}

/* One record of the sheet; false: the sheet is over. */
static bool step_sheet(struct xls *x) {
    if (!xls_records_next(&x->records)) {
        struct error problem = {0};
        error_set(&problem, YINMA_E_TRUNCATED, "the workbook ends inside a sheet");
        tell(x, &problem);
        return false;
    }
    if (x->records.type == RECORD_BEGIN) {
        x->depth++;
    } else if (x->depth == 0) {
        struct error problem = {0};
        error_set(&problem, YINMA_E_DAMAGED, "a sheet is not where the workbook says");
        tell(x, &problem);
        return false;
    } else if (x->records.type == RECORD_END) {
        x->depth--;
    } else if (x->depth == 1) {
        take_record(x);
    }
    return x->depth > 0;
}

static void step_sheets(struct xls *x) {
    if (x->sheet >= x->book.sheet_count) {
        x->phase = PHASE_STRINGS;
        return;
    }
    if (x->depth == 0) {
        begin_sheet(x);
    }
    if (!step_sheet(x)) {
        grid_end(x->grid);
        x->depth = 0;
        x->sheet++;
    }
}

static void step_strings(struct xls *x) {
    struct bytes text;
    if (sheet_strings_unused(&x->book.strings, &text)) {
        grid_text(x->grid, text);
    } else {
        x->phase = PHASE_STREAMS;
    }
}

/* Some of a stream that is no workbook, as words. */
static void step_streams(struct xls *x) {
    const size_t got = ole2_walk_read(&x->others, x->raw, RAW_BYTES);
    if (got > 0) {
        record_text_strings(&x->words, bytes_of(x->raw, got), true, FIELD_FREE_TEXT);
        return;
    }
    x->phase = PHASE_DONE;
    if (x->others.overlap) {
        struct error problem = {0};
        error_set(&problem, YINMA_E_DAMAGED, "streams of the file stand on the same place");
        tell(x, &problem);
    }
}

static void step(struct xls *x) {
    switch (x->phase) {
    case PHASE_SHEETS:
        step_sheets(x);
        break;
    case PHASE_STRINGS:
        step_strings(x);
        break;
    case PHASE_STREAMS:
        step_streams(x);
        break;
    case PHASE_DONE:
    default:
        break;
    }
}

static void tell_hidden(struct xls *x) {
    x->report->rows = grid_rows(x->grid);
    sheet_hidden_tell(&x->hidden, x->report->notice, sizeof x->report->notice);
}

int xls_next(void *state, struct segment *out, struct error *err) {
    struct xls *x = state;
    record_text_clear(&x->words);
    while (x->phase != PHASE_DONE) {
        if (grid_take(x->grid, GRID_ENOUGH, out)) {
            return 1;
        }
        step(x);
        if (grid_failed(x->grid) || x->words.failed || x->value.failed) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
        }
        if (record_text_full(&x->words)) {
            record_text_segment(&x->words, out);
            return 1;
        }
    }
    tell_hidden(x);
    if (x->words.len > 0) {
        record_text_segment(&x->words, out);
        return 1;
    }
    return grid_take(x->grid, GRID_ALL, out) ? 1 : 0;
}

/* ---- opening ---- */

void xls_close(void *state) {
    struct xls *x = state;
    if (x != NULL) {
        xls_records_release(&x->records);
        xls_book_release(&x->book);
        record_text_release(&x->words);
        text_buffer_release(&x->value);
        grid_free(x->grid);
        free(x->raw);
        free(x);
    }
}

static int open_parts(struct xls *x, const struct decode_input *in, int32_t workbook,
                      struct error *err) {
    int status = xls_records_open(&x->records, ole2_stream_of(x->file, workbook), err);
    status = status == 0 ? xls_book_read(&x->book, &x->records, err) : status;
    if (status != 0) {
        return status;
    }
    x->grid = grid_new(in->fields);
    x->raw = malloc(RAW_BYTES);
    return x->grid == NULL || x->raw == NULL
               ? error_set(err, YINMA_E_MEMORY, "out of memory for a workbook")
               : 0;
}

int xls_open(const struct ole2_file *file, const struct decode_input *in, void **state,
             struct error *err) {
    const int32_t workbook = ole2_find_stream(file, "Workbook");
    if (workbook == OLE2_NONE) { /* another kind of document: nothing to tell */
        return 0;
    }
    struct xls *x = calloc(1, sizeof *x);
    if (x == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    x->report = in->report;
    x->file = file;
    ole2_walk_begin(&x->others, file, "Workbook");
    text_buffer_init(&x->value, 0);
    text_buffer_init(&x->book.names, 0);
    sheet_strings_init(&x->book.strings);
    int status = open_parts(x, in, workbook, err);
    if (status != 0) {
        xls_close(x);
        return status == YINMA_E_MEMORY ? status : 0;
    }
    in->report->encoding = "utf-16le";
    tell(x, &x->book.problem);
    *state = x;
    return 1;
}
