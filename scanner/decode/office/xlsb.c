/* xlsb ([MS-XLSB], BIFF12 in a zip archive): a sheet is a table, the row of headings names the
 * columns, as in xlsx. Other parts in records (comments, tables, caches) are read as words, those
 * in XML as running text. */
#include <stdlib.h>

#include "core/endian.h"
#include "decode/office/office.h"
#include "decode/office/sheet_numbers.h"
#include "decode/office/xlsb_book.h"
#include "decode/record_text.h"

/* Types of records, [MS-XLSB] 2.3.2. */
enum {
    RECORD_ROW = 0,
    RECORD_PACKED = 2,
    RECORD_REAL = 5,
    RECORD_TEXT = 6,
    RECORD_SHARED = 7,
    RECORD_FORMULA_TEXT = 8,
    RECORD_FORMULA_REAL = 9,
    RECORD_COLUMNS = 60,
    RECORD_RICH_TEXT = 62,
    RECORD_RULE = 64,    /* what may be entered, with its prompts */
    RECORD_HEADER = 479, /* BrtBeginHeaderFooter: its texts */
    RECORD_LINK = 494,
    RECORD_COMMENT = 637,
    CELL_BYTES = 8, /* column, style and flags in front of each cell, 2.5.9 */
    STYLE_BITS = 0xFFFFFF,
    ROW_FLAGS_AT = 11,
    ROW_HIDDEN = 0x10,
    COLUMN_FLAGS_AT = 16,
};

enum phase { PHASE_SHEETS, PHASE_STRINGS, PHASE_PARTS, PHASE_XML };

struct xlsb {
    struct office office; /* its grid takes the sheets; it reads the parts in XML */
    struct decode_input in;
    struct xlsx_book book;
    struct sheet_strings strings;
    struct xlsb_records records; /* of the part that is open; its source is NULL when none is */
    struct record_text words;
    struct text_buffer value;
    enum phase phase;
    size_t sheet;   /* the next one */
    size_t list_at; /* in the list of members */
    size_t next_column;
};

/* ---- cells ---- */

static void tell_damage(struct xlsb *x, const char *what) {
    struct error problem = {0};
    error_set(&problem, YINMA_E_DAMAGED, "%s", what);
    office_tell(x->office.report, &problem);
}

static void put_shared(struct xlsb *x, size_t column, uint32_t index) {
    struct bytes text;
    if (sheet_strings_get(&x->strings, index, &text)) {
        grid_cell(x->office.grid, column, bytes_trim(text), 0);
    } else if (!x->strings.over) {
        tell_damage(x, "cells refer to strings that are missing");
    }
}

static void put_text(struct xlsb *x, size_t column, struct bytes data, bool rich) {
    text_buffer_clear(&x->value);
    if (rich ? !xlsb_rich_string(data, &x->value) : !xlsb_string(&data, &x->value)) {
        tell_damage(x, "a text in a cell ends too early");
    }
    grid_cell(x->office.grid, column, bytes_trim(text_buffer_view(&x->value)), 0);
}

static void take_cell(struct xlsb *x, unsigned type, struct bytes data) {
    const size_t column = little_u32(data.ptr);
    const uint64_t style = little_u32(data.ptr + 4) & STYLE_BITS;
    const struct bytes value = bytes_from(data, CELL_BYTES);
    if (column < x->next_column || column >= GRID_COLUMNS_MOST) {
        tell_damage(x, "cells of a sheet are not in their order");
        return;
    }
    x->next_column = column + 1;
    if (type == RECORD_TEXT || type == RECORD_FORMULA_TEXT || type == RECORD_RICH_TEXT) {
        put_text(x, column, value, type == RECORD_RICH_TEXT);
    } else if (type == RECORD_SHARED && value.len >= 4) {
        put_shared(x, column, little_u32(value.ptr));
    } else if (type == RECORD_PACKED && value.len >= 4) {
        sheet_put_cell(x->office.grid, column, sheet_packed(little_u32(value.ptr)),
                       xlsx_style_is_date(&x->book, style), x->book.epoch);
    } else if (value.len >= 8) {
        sheet_put_cell(x->office.grid, column, sheet_real(value.ptr),
                       xlsx_style_is_date(&x->book, style), x->book.epoch);
    } else {
        tell_damage(x, "a cell ends too early");
    }
}

/* ---- what else a sheet says ---- */

static void take_row(struct xlsb *x, struct bytes data) {
    grid_row(x->office.grid);
    x->next_column = 0;
    if (data.len > ROW_FLAGS_AT && (data.ptr[ROW_FLAGS_AT] & ROW_HIDDEN) != 0) {
        sheet_hidden_rows(&x->office.hidden, little_u32(data.ptr), 1);
    }
}

static void take_columns(struct xlsb *x, struct bytes data) {
    if (data.len > COLUMN_FLAGS_AT && (data.ptr[COLUMN_FLAGS_AT] & 1) != 0) {
        const uint32_t first = little_u32(data.ptr), last = little_u32(data.ptr + 4);
        if (first <= last && last < GRID_COLUMNS_MOST) {
            sheet_hidden_columns(&x->office.hidden, first, last);
        }
    }
}

static void take_sheet_record(struct xlsb *x) {
    const struct bytes data = x->records.data;
    switch (x->records.type) {
    case RECORD_ROW:
        take_row(x, data);
        break;
    case RECORD_COLUMNS:
        take_columns(x, data);
        break;
    case RECORD_PACKED:
    case RECORD_REAL:
    case RECORD_TEXT:
    case RECORD_SHARED:
    case RECORD_FORMULA_TEXT:
    case RECORD_FORMULA_REAL:
    case RECORD_RICH_TEXT:
        if (data.len >= CELL_BYTES) {
            take_cell(x, x->records.type, data);
        } else {
            tell_damage(x, "a cell ends too early");
        }
        break;
    case RECORD_RULE:
    case RECORD_HEADER:
    case RECORD_LINK:
        record_text_strings(&x->words, data, true, FIELD_FREE_TEXT);
        break;
    default:
        break;
    }
}

/* ---- parts ---- */

/* 1: it is open, 0: it is missing (told), or a negative code. */
static int open_part(struct xlsb *x, const char *name, struct error *err) {
    struct error problem = {0};
    struct byte_source *source = x->in.source->ops->sibling(x->in.source, name, &problem);
    if (source == NULL) {
        if (problem.code == 0) {
            error_set(&problem, YINMA_E_DAMAGED, "a part of the document is missing");
        }
        office_tell(x->office.report, &problem);
        return problem.code == YINMA_E_MEMORY ? error_set(err, problem.code, "%s", problem.text)
                                              : 0;
    }
    x->records = (struct xlsb_records){.feed = {.source = source}};
    return 1;
}

static void close_part(struct xlsb *x) {
    byte_source_close(x->records.feed.source);
    byte_feed_release(&x->records.feed);
    x->records = (struct xlsb_records){0};
}

/* The next record of the open part; false: it is over and closed. */
static bool next_record(struct xlsb *x) {
    if (xlsb_records_next(&x->records)) {
        return true;
    }
    xlsb_tell_end(&x->records, x->office.report);
    x->value.failed |= x->records.feed.no_memory;
    close_part(x);
    return false;
}

static int step_sheets(struct xlsb *x, struct error *err) {
    if (x->records.feed.source != NULL) {
        if (next_record(x)) {
            take_sheet_record(x);
        } else {
            grid_end(x->office.grid);
        }
        return 0;
    }
    if (x->sheet == x->book.sheet_count) {
        x->phase = PHASE_STRINGS;
        return 0;
    }
    const struct xlsx_sheet *sheet = &x->book.sheets[x->sheet++];
    sheet_hidden_begin(&x->office.hidden, sheet->name, sheet->hidden);
    if (sheet->path.len == 0) {
        return 0; /* it has no part: a sheet of another kind */
    }
    office_mark(&x->office, sheet->path);
    text_buffer_clear(&x->value);
    text_buffer_put(&x->value, sheet->path);
    grid_begin(x->office.grid, sheet->name);
    x->next_column = 0;
    const int opened = open_part(x, text_buffer_string(&x->value), err);
    return opened < 0 ? opened : 0;
}

static void step_strings(struct xlsb *x) {
    struct bytes text;
    if (sheet_strings_unused(&x->strings, &text)) {
        grid_text(x->office.grid, text);
    } else {
        x->phase = PHASE_PARTS;
    }
}

/* Parts of records; what is embedded, macros and settings of printers are units of their own. */
static bool is_part(struct bytes name) {
    static const char *const others[] = {"vbaProject", "printerSettings", "embeddings/",
                                         "activeX/",   "ctrlProps/",      "media/"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (bytes_find(name, bytes_of_string(others[i])) != SIZE_MAX) {
            return false;
        }
    }
    return bytes_starts_with(name, BYTES_LIT("xl/")) && bytes_ends_with(name, BYTES_LIT(".bin"));
}

static int step_parts(struct xlsb *x, struct error *err) {
    struct bytes name;
    if (x->records.feed.source != NULL) {
        if (!next_record(x)) {
            return 0;
        }
        text_buffer_clear(&x->value);
        if (x->records.type == RECORD_COMMENT && xlsb_rich_string(x->records.data, &x->value)) {
            grid_text(x->office.grid, text_buffer_view(&x->value));
        } else {
            record_text_strings(&x->words, x->records.data, true, FIELD_FREE_TEXT);
        }
        return 0;
    }
    if (!office_name(&x->office.list, &x->list_at, &name)) {
        x->phase = PHASE_XML;
        return 0;
    }
    if (!is_part(name) || office_was_read(&x->office, name)) {
        return 0;
    }
    office_mark(&x->office, name);
    text_buffer_clear(&x->value);
    text_buffer_put(&x->value, name);
    const int opened = open_part(x, text_buffer_string(&x->value), err);
    return opened < 0 ? opened : 0;
}

static int step(struct xlsb *x, struct error *err) {
    switch (x->phase) {
    case PHASE_SHEETS:
        return step_sheets(x, err);
    case PHASE_STRINGS:
        step_strings(x);
        return 0;
    case PHASE_PARTS:
        return step_parts(x, err);
    case PHASE_XML:
    default:
        return 0;
    }
}

/* ---- the decoder ---- */

static bool next_xml(struct office *office, struct bytes *name, const struct xml_events **events,
                     void **context) {
    *events = &office_text_events;
    *context = &office->text;
    return office_next_unread(office, name);
}

static void xml_ended(struct office *office) {
    office_text_reset(&office->text);
}

static void close_book(void *state) {
    struct xlsb *x = state;
    if (x != NULL) {
        close_part(x);
        office_close(&x->office);
        xlsx_book_close(&x->book);
        sheet_strings_release(&x->strings);
        record_text_release(&x->words);
        text_buffer_release(&x->value);
        free(x);
    }
}

static int open_book(const struct decode_input *in, void **state, struct error *err) {
    static const struct office_plan plan = {.next_part = next_xml, .part_ended = xml_ended};
    static const char *const read_before[] = {"xl/workbook.bin", "xl/styles.bin",
                                              "xl/sharedStrings.bin"};
    struct xlsb *x = calloc(1, sizeof *x);
    if (x == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    x->in = *in;
    text_buffer_init(&x->value, 0);
    sheet_strings_init(&x->strings);
    int status = office_open(&x->office, &plan, in, err);
    if (status == 0) {
        status = xlsb_book_open(&x->book, &x->strings, in, err);
    }
    if (status != 0) {
        close_book(x);
        return status;
    }
    for (size_t i = 0; i < sizeof read_before / sizeof *read_before; i++) {
        const bool whole = i != 2 || !x->strings.over; /* strings beyond the limit: as words */
        if (whole) {
            office_mark(&x->office, bytes_of_string(read_before[i]));
        }
    }
    *state = x;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct xlsb *x = state;
    record_text_clear(&x->words);
    while (x->phase != PHASE_XML) {
        if (grid_take(x->office.grid, GRID_ENOUGH, out)) {
            return 1;
        }
        int status = step(x, err);
        if (status != 0) {
            return status;
        }
        if (grid_failed(x->office.grid) || x->words.failed || x->value.failed) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
        }
        if (record_text_full(&x->words)) {
            break;
        }
    }
    if (x->words.len > 0) {
        record_text_segment(&x->words, out);
        return 1;
    }
    return office_next(&x->office, out, err);
}

const struct decoder decoder_xlsb = {
    .name = "xlsb",
    .summary = "binary Excel workbooks (xlsb): sheets are tables, hidden ones too; comments; other "
               "parts as words; up to 96 MiB of shared strings",
    .traits = DECODER_BINARY | DECODER_PACKAGE,
    .bid = office_bid,
    .open = open_book,
    .next = next_segment,
    .close = close_book,
};
