/* xlsx and xlsm (ECMA-376, SpreadsheetML): a sheet is a table, the row of headings names the
 * columns. Everything else in the document that is XML is read as running text: comments, headers,
 * properties, caches of pivot tables and of links, strings that no cell uses any more. */
#include <stdlib.h>

#include "decode/office/office.h"
#include "decode/office/sheet_strings.h"
#include "decode/office/xlsx_book.h"

enum { ASIDE_BYTES = 64 * 1024 };

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT };

struct xlsx {
    struct office office;
    struct xlsx_book book;
    struct sheet_strings strings;
    size_t sheet;  /* the next one */
    bool in_sheet; /* a sheet is being read */
    /* of the sheet */
    struct text_buffer value, aside;
    size_t column, next_column;
    uint64_t row; /* the next one, from 0 */
    uint64_t style;
    enum cell_type type;
    bool in_cell, in_value, phonetic, formula;
};

/* ---- cells ---- */

/* "AB12" → 27 */
static size_t column_of(struct bytes reference, size_t otherwise) {
    size_t column = 0;
    size_t i = 0;
    while (i < reference.len && i < 4 && byte_is_letter(reference.ptr[i])) {
        column = column * 26 + (size_t)(byte_upper(reference.ptr[i++]) - 'A') + 1;
    }
    return column == 0 ? otherwise : column - 1;
}

static void begin_cell(struct xlsx *x, struct bytes tag) {
    struct bytes reference = {NULL, 0}, type = {NULL, 0};
    (void)xml_attribute_find(tag, BYTES_LIT("r"), &reference);
    (void)xml_attribute_find(tag, BYTES_LIT("t"), &type);
    x->column = column_of(reference, x->next_column);
    if (x->column < x->next_column) {
        x->column = x->next_column; /* cells stand from left to right */
    }
    x->next_column = x->column + 1;
    x->style = office_number(tag, BYTES_LIT("s"), 0);
    x->type = TYPE_NUMBER;
    if (bytes_equal(type, BYTES_LIT("s"))) {
        x->type = TYPE_SHARED;
    } else if (type.len > 0 && !bytes_equal(type, BYTES_LIT("n"))) {
        x->type = TYPE_TEXT;
    }
    x->in_cell = true;
    text_buffer_clear(&x->value);
}

static void put_number(struct xlsx *x, struct bytes number) {
    char room[SHEET_NUMBER_BYTES];
    size_t len = 0;
    unsigned flags = CELL_NUMBER;
    if (xlsx_style_is_date(&x->book, x->style)) {
        len = sheet_put_date(number, x->book.epoch, room);
        flags = len > 0 ? 0U : CELL_NUMBER;
    }
    if (len == 0) {
        len = sheet_put_number(number, room);
    }
    grid_cell(x->office.grid, x->column, len > 0 ? bytes_of(room, len) : number, flags);
}

static void put_shared(struct xlsx *x, struct bytes index) {
    struct bytes text;
    size_t number = 0;
    for (size_t i = 0; i < index.len && i < 9 && byte_is_digit(index.ptr[i]); i++) {
        number = number * 10 + (size_t)(index.ptr[i] - '0');
    }
    if (sheet_strings_get(&x->strings, number, &text)) {
        grid_cell(x->office.grid, x->column, bytes_trim(text), 0);
    } else if (!x->strings.over) {
        struct error problem = {0};
        error_set(&problem, YINMA_E_DAMAGED, "cells refer to strings that are missing");
        office_tell(x->office.report, &problem);
    }
}

static void end_cell(struct xlsx *x) {
    struct bytes value = bytes_trim(text_buffer_view(&x->value));
    x->in_cell = false;
    x->office.text.failed |= x->value.failed;
    if (value.len == 0) {
        return; /* only formatted */
    }
    if (x->type == TYPE_SHARED) {
        put_shared(x, value);
    } else if (x->type == TYPE_NUMBER) {
        put_number(x, value);
    } else {
        grid_cell(x->office.grid, x->column, value, 0);
    }
}

/* ---- what else a sheet says ---- */

static void begin_row(struct xlsx *x, struct bytes tag) {
    const uint64_t number = office_number(tag, BYTES_LIT("r"), x->row + 1);
    grid_row(x->office.grid);
    x->next_column = 0;
    x->row = number == 0 ? x->row + 1 : number;
    if (office_is_true(tag, BYTES_LIT("hidden"))) {
        sheet_hidden_rows(&x->office.hidden, x->row - 1, 1);
    }
}

static void see_columns(struct xlsx *x, struct bytes tag) {
    uint64_t first = office_number(tag, BYTES_LIT("min"), 1);
    uint64_t last = office_number(tag, BYTES_LIT("max"), first);
    if (office_is_true(tag, BYTES_LIT("hidden")) && first > 0 && last >= first &&
        last < GRID_COLUMNS_MOST) {
        sheet_hidden_columns(&x->office.hidden, first - 1, last - 1);
    }
}

/* Links, hints of input rules, text constants: behind the rows, so that they part none. */
static void put_aside(struct xlsx *x, struct bytes text) {
    if (x->aside.len < ASIDE_BYTES) {
        text_buffer_put(&x->aside, text);
        text_buffer_putc(&x->aside, '\n');
    } else {
        grid_text(x->office.grid, text);
    }
}

static void put_asides(struct xlsx *x, struct bytes tag) {
    static const char *const names[] = {"display", "tooltip",    "prompt",  "promptTitle",
                                        "error",   "errorTitle", "location"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct bytes value;
        if (xml_attribute_find(tag, bytes_of_string(names[i]), &value) && value.len > 0) {
            put_aside(x, value);
        }
    }
}

/* ---- the events of a sheet ---- */

static void on_start(void *context, struct bytes name, struct bytes tag) {
    struct xlsx *x = context;
    name = xml_local_name(name);
    x->in_value = false;
    if (bytes_equal(name, BYTES_LIT("c"))) {
        begin_cell(x, tag);
    } else if (bytes_equal(name, BYTES_LIT("v")) || bytes_equal(name, BYTES_LIT("t"))) {
        x->in_value = true;
    } else if (bytes_equal(name, BYTES_LIT("row"))) {
        begin_row(x, tag);
    } else if (bytes_equal(name, BYTES_LIT("col"))) {
        see_columns(x, tag);
    } else if (bytes_equal(name, BYTES_LIT("rPh"))) {
        x->phonetic = true;
    } else {
        put_asides(x, tag);
    }
}

static void on_text(void *context, const struct xml_text *text) {
    struct xlsx *x = context;
    if (x->in_cell && x->in_value) {
        if (!x->phonetic) {
            office_put_text(&x->value, text);
        }
        return;
    }
    struct bytes plain = bytes_trim(text->text);
    /* A formula is of interest for the constants in it. */
    if (plain.len > 0 && (!x->in_cell || memchr(plain.ptr, '"', plain.len) != NULL)) {
        put_aside(x, plain);
    }
}

static void on_end(void *context, struct bytes name, const uint8_t *at) {
    struct xlsx *x = context;
    (void)at;
    name = xml_local_name(name);
    x->in_value = false;
    if (bytes_equal(name, BYTES_LIT("c"))) {
        end_cell(x);
    } else if (bytes_equal(name, BYTES_LIT("rPh"))) {
        x->phonetic = false;
    }
}

static const struct xml_events sheet_events = {.start = on_start, .end = on_end, .text = on_text};

/* ---- the plan ---- */

static bool next_part(struct office *office, struct bytes *name, const struct xml_events **events,
                      void **context) {
    struct xlsx *x = (struct xlsx *)office;
    while (x->sheet < x->book.sheet_count) {
        const struct xlsx_sheet *sheet = &x->book.sheets[x->sheet++];
        sheet_hidden_begin(&x->office.hidden, sheet->name, sheet->hidden);
        if (sheet->path.len > 0) {
            office_mark(office, sheet->path);
            grid_begin(office->grid, sheet->name);
            x->in_sheet = true;
            x->next_column = 0;
            x->row = 0;
            *name = sheet->path;
            *events = &sheet_events;
            *context = x;
            return true;
        }
    }
    *events = &office_text_events;
    *context = &office->text;
    return office_next_unread(office, name);
}

static void part_ended(struct office *office) {
    struct xlsx *x = (struct xlsx *)office;
    if (!x->in_sheet) {
        office_text_reset(&office->text);
        return;
    }
    x->in_sheet = x->in_cell = x->phonetic = false;
    grid_end(office->grid);
    grid_text(office->grid, text_buffer_view(&x->aside));
    office->text.failed |= x->aside.failed;
    text_buffer_clear(&x->aside);
}

static bool rest(struct office *office) {
    struct xlsx *x = (struct xlsx *)office;
    struct bytes text;
    if (!sheet_strings_unused(&x->strings, &text)) {
        return false;
    }
    grid_text(office->grid, text);
    return true;
}

/* ---- the decoder ---- */

static void close_book(void *state) {
    struct xlsx *x = state;
    if (x != NULL) {
        office_close(&x->office);
        xlsx_book_close(&x->book);
        sheet_strings_release(&x->strings);
        text_buffer_release(&x->value);
        text_buffer_release(&x->aside);
        free(x);
    }
}

static int read_strings(struct xlsx *x, const struct decode_input *in, struct error *err) {
    struct bytes name = BYTES_LIT("xl/sharedStrings.xml");
    int status = office_part_read(in->source, name, in->ops, &sheet_strings_events, &x->strings,
                                  in->report, err);
    if (status == 0 && x->strings.failed) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for the strings of a workbook");
    }
    sheet_strings_tell_limit(&x->strings, in->report);
    if (!x->strings.over) {
        office_mark(&x->office, name);
    }
    return status;
}

static int open_book(const struct decode_input *in, void **state, struct error *err) {
    static const struct office_plan plan = {
        .next_part = next_part, .part_ended = part_ended, .rest = rest};
    struct xlsx *x = calloc(1, sizeof *x);
    if (x == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    text_buffer_init(&x->value, 0);
    text_buffer_init(&x->aside, 0);
    sheet_strings_init(&x->strings);
    int status = office_open(&x->office, &plan, in, err);
    if (status == 0) {
        status = xlsx_book_open(&x->book, in, err);
    }
    if (status == 0) {
        status = read_strings(x, in, err);
    }
    if (status != 0) {
        close_book(x);
        return status;
    }
    *state = x;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct xlsx *x = state;
    return office_next(&x->office, out, err);
}

const struct decoder decoder_xlsx = {
    .name = "xlsx",
    .summary =
        "Excel workbooks (xlsx, xlsm): sheets are tables; hidden ones, comments, caches too; "
        "up to 96 MiB of shared strings",
    .traits = DECODER_BINARY | DECODER_PACKAGE,
    .bid = office_bid,
    .open = open_book,
    .next = next_segment,
    .close = close_book,
};
