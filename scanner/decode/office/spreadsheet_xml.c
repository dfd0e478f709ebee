/* spreadsheet_xml.c - workbooks that Excel 2002 and 2003 save as XML, and that many systems still
 * write: https://learn.microsoft.com/previous-versions/office/developer/office-xp/aa140066
 *
 *     <Workbook><Worksheet ss:Name="顧客"><Table><Row><Cell><Data ss:Type="String">姓名</Data>
 *
 * Rows go to a grid, which finds the headings; what stands outside of cells is running text. */
#include <stdlib.h>

#include "decode/grid.h"
#include "decode/hidden_parts.h"
#include "decode/markup/xml_decode.h"
#include "decode/office/part.h"
#include "decode/office/sheet_dates.h"

enum {
    WORKBOOK_BITS = 56,
    HEAD_BYTES = 4096,
    TEXT_PIECE_BYTES = 64 * 1024,
    CELL_BYTES_MOST = 1 << 20, /* cells that are longer are running text */
    WORD_BYTES = 512,
};

struct workbook {
    struct window window;
    struct xml_reader *reader;
    struct grid *grid;
    struct decode_report *report;
    struct sheet_hidden hidden;
    struct text_buffer text, aside, name;
    size_t column, span;
    uint64_t row; /* of the sheet, from 0 */
    unsigned comments;
    bool in_cell, number;
    bool as_text; /* no XML any more */
    bool ended, failed;
};

static unsigned bid(const struct decode_head *head) {
    const struct bytes start = bytes_first(xml_decode_start(head->head), HEAD_BYTES);
    if (start.len == 0 || start.ptr[0] != '<') {
        return 0;
    }
    const bool workbook =
        bytes_find(start, BYTES_LIT("Workbook")) != SIZE_MAX &&
        bytes_find(start, BYTES_LIT("urn:schemas-microsoft-com:office:spreadsheet")) != SIZE_MAX;
    return workbook ? WORKBOOK_BITS : 0;
}

/* ---- cells ---- */

static void put_aside(struct workbook *b, struct text_buffer *text) {
    grid_text(b->grid, bytes_trim(text_buffer_view(text)));
    b->failed |= text->failed;
    text_buffer_clear(text);
}

/* What TEXT holds goes out once it is longer than MOST, up to a blank: what never ends would be
 * held in memory. */
static void put_long(struct workbook *b, struct text_buffer *text, size_t most) {
    if (text->len <= most) {
        return;
    }
    const struct bytes all = text_buffer_view(text);
    size_t at = all.len;
    while (at > all.len - WORD_BYTES && all.ptr[at - 1] > ' ') {
        at--;
    }
    at = at > all.len - WORD_BYTES ? at : all.len;
    grid_text(b->grid, bytes_trim(bytes_first(all, at)));
    memmove(text->data, text->data + at, all.len - at);
    text->len = all.len - at;
}

static void begin_sheet(struct workbook *b, struct bytes tag) {
    struct bytes name;
    put_aside(b, &b->text);
    text_buffer_clear(&b->name);
    if (xml_attribute_find(tag, BYTES_LIT("Name"), &name)) {
        office_put_attribute(&b->name, name);
    }
    b->failed |= b->name.failed;
    b->row = 0;
}

static void begin_row(struct workbook *b, struct bytes tag) {
    const uint64_t index = office_number(tag, BYTES_LIT("Index"), 0);
    b->row = index > 0 ? index - 1 : b->row;
    if (office_is_true(tag, BYTES_LIT("Hidden"))) {
        sheet_hidden_rows(&b->hidden, b->row, 1 + office_number(tag, BYTES_LIT("Span"), 0));
    }
    b->row += 1 + office_number(tag, BYTES_LIT("Span"), 0);
    b->column = 0;
    grid_row(b->grid);
}

static void begin_cell(struct workbook *b, struct bytes tag) {
    struct bytes link;
    const uint64_t index = office_number(tag, BYTES_LIT("Index"), 0);
    const uint64_t merged = office_number(tag, BYTES_LIT("MergeAcross"), 0);
    b->column = index > 0 && index <= GRID_COLUMNS_MOST ? (size_t)index - 1 : b->column;
    b->span = 1 + (size_t)(merged < GRID_COLUMNS_MOST ? merged : 0);
    b->in_cell = true;
    b->number = false;
    text_buffer_clear(&b->text);
    if (xml_attribute_find(tag, BYTES_LIT("HRef"), &link)) {
        office_put_attribute(&b->aside, link);
        text_buffer_putc(&b->aside, ' ');
        put_long(b, &b->aside, TEXT_PIECE_BYTES);
    }
}

/* 1985-03-12T00:00:00.000 is a day. */
static struct bytes without_midnight(struct bytes text) {
    static const struct bytes midnight = {(const uint8_t *)"T00:00:00.000", 13};
    return bytes_ends_with(text, midnight) ? bytes_first(text, text.len - midnight.len) : text;
}

static void end_cell(struct workbook *b) {
    char room[SHEET_NUMBER_BYTES];
    struct bytes text = without_midnight(bytes_trim(text_buffer_view(&b->text)));
    const size_t digits = b->number ? sheet_put_number(text, room) : 0;
    if (digits > 0) {
        text = bytes_of(room, digits);
    }
    if (text.len > 0) {
        grid_cell(b->grid, b->column, text, b->number ? CELL_NUMBER : 0U);
    }
    b->column += b->column < GRID_COLUMNS_MOST ? b->span : 0;
    b->in_cell = false;
    b->failed |= b->text.failed;
    text_buffer_clear(&b->text);
}

/* <Visible>SheetHidden</Visible> behind a table */
static void end_visible(struct workbook *b) {
    const struct bytes how = bytes_trim(text_buffer_view(&b->text));
    if (bytes_starts_with(how, BYTES_LIT("Sheet")) &&
        !bytes_equal(how, BYTES_LIT("SheetVisible"))) {
        b->hidden.sheets.count++;
        hidden_list_add(&b->hidden.sheets, text_buffer_string(&b->name));
    }
}

/* ---- events ---- */

static void on_start(void *context, struct bytes name, struct bytes tag) {
    struct workbook *b = context;
    struct bytes type;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("Worksheet"))) {
        begin_sheet(b, tag);
    } else if (bytes_equal(name, BYTES_LIT("Table"))) {
        sheet_hidden_begin(&b->hidden, text_buffer_view(&b->name), false);
        grid_begin(b->grid, text_buffer_view(&b->name));
    } else if (bytes_equal(name, BYTES_LIT("Row"))) {
        begin_row(b, tag);
    } else if (bytes_equal(name, BYTES_LIT("Cell"))) {
        begin_cell(b, tag);
    } else if (bytes_equal(name, BYTES_LIT("Comment"))) {
        b->comments++;
    } else if (bytes_equal(name, BYTES_LIT("Data")) && b->comments == 0 &&
               xml_attribute_find(tag, BYTES_LIT("Type"), &type)) {
        b->number = bytes_equal(type, BYTES_LIT("Number"));
    }
}

static void on_text(void *context, const struct xml_text *text) {
    struct workbook *b = context;
    const bool aside = b->comments > 0 || text->type == XML_TEXT_ASIDE;
    office_put_text(aside ? &b->aside : &b->text, text);
    put_long(b, &b->aside, TEXT_PIECE_BYTES);
    put_long(b, &b->text, CELL_BYTES_MOST);
    if (text->partial && !b->in_cell) {
        put_aside(b, &b->text);
    }
}

static void on_end(void *context, struct bytes name, const uint8_t *at) {
    struct workbook *b = context;
    (void)at;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("Comment"))) {
        b->comments -= b->comments > 0;
    } else if (bytes_equal(name, BYTES_LIT("Cell")) && b->in_cell) {
        end_cell(b);
    } else if (bytes_equal(name, BYTES_LIT("Table"))) {
        grid_end(b->grid);
        put_aside(b, &b->aside);
    } else if (!b->in_cell) {
        if (bytes_equal(name, BYTES_LIT("Visible"))) {
            end_visible(b);
        }
        put_aside(b, &b->text);
    }
}

static const struct xml_events events = {.start = on_start, .end = on_end, .text = on_text};

/* ---- the decoder ---- */

/* What is no XML is running text, in pieces that end where a line does. */
static void step_as_text(struct workbook *b) {
    struct window *w = &b->window;
    (void)window_fill(w, NULL);
    struct bytes text =
        bytes_first(bytes_of(w->bytes + w->begin, w->end - w->begin), TEXT_PIECE_BYTES);
    const uint8_t *newline = memrchr(text.ptr, '\n', text.len);
    if (newline != NULL && w->begin + text.len < w->end) {
        text.len = (size_t)(newline - text.ptr) + 1;
    }
    grid_text(b->grid, text);
    window_consume(w, w->begin + text.len);
    b->ended = text.len == 0;
}

static void tell_end(struct workbook *b) {
    struct decode_report *report = b->report;
    report->rows = grid_rows(b->grid);
    sheet_hidden_tell(&b->hidden, report->notice, sizeof report->notice);
}

static int step(struct workbook *b, struct error *err) {
    size_t done = b->window.begin;
    if (b->as_text) {
        step_as_text(b);
        return 0;
    }
    const int status = xml_reader_step(b->reader, &done, err);
    window_consume(&b->window, done);
    if (status > 0 || status == YINMA_E_MEMORY) {
        return status;
    }
    if (b->in_cell) {
        end_cell(b);
    }
    grid_end(b->grid);
    put_aside(b, &b->text);
    put_aside(b, &b->aside);
    b->report->status = b->window.status;
    if (status != 0 && b->report->status == 0) {
        b->report->status =
            error_set(&b->report->error, status, "the workbook is no XML to its end");
    }
    b->as_text = status != 0;
    b->ended = status == 0;
    return 0;
}

static void close_workbook(void *state) {
    struct workbook *b = state;
    if (b != NULL) {
        xml_reader_free(b->reader);
        window_release(&b->window);
        text_buffer_release(&b->text);
        text_buffer_release(&b->aside);
        text_buffer_release(&b->name);
        grid_free(b->grid);
        free(b);
    }
}

static int open_workbook(const struct decode_input *in, void **state, struct error *err) {
    struct workbook *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    b->report = in->report;
    text_buffer_init(&b->text, 0);
    text_buffer_init(&b->aside, 0);
    text_buffer_init(&b->name, 0);
    b->grid = grid_new(in->fields);
    int status = window_init(&b->window, in->source, in->ops, in->width_rule, err);
    if (status == 0) {
        b->window.err = &in->report->error;
        b->reader = xml_reader_new(&b->window, &events, b);
    }
    if (b->grid == NULL || b->reader == NULL) {
        close_workbook(b);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
    }
    xml_reader_keep_blanks(b->reader);
    *state = b;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct workbook *b = state;
    while (!grid_take(b->grid, b->ended ? GRID_ALL : GRID_ENOUGH, out)) {
        if (b->ended) {
            tell_end(b);
            return 0;
        }
        if (step(b, err) == YINMA_E_MEMORY || b->failed || grid_failed(b->grid)) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for a workbook");
        }
    }
    return 1;
}

const struct decoder decoder_spreadsheet_xml = {
    .name = "spreadsheet-xml",
    .summary = "workbooks of Excel 2003 saved as XML: sheets as tables, comments as text",
    .traits = 0,
    .bid = bid,
    .most = WORKBOOK_BITS,
    .open = open_workbook,
    .next = next_segment,
    .close = close_workbook,
};
