/* Delimited text: RFC 4180 and what is really found. Cells are cut from sets of positions
 * (delimited/scan.h); a segment ends behind a field, so that no cell crosses it. */
#include <stdlib.h>

#include "core/block64/bits.h"
#include "decode/cell_gaps.h"
#include "decode/decoder.h"
#include "decode/delimited/bytes.h"
#include "decode/delimited/columns.h"
#include "decode/delimited/rows.h"
#include "decode/delimited/sniff.h"
#include "decode/window.h"

enum {
    MOST_CELLS = 16 * 1024, /* in a segment */
    MOST_ROWS = 8 * 1024,
    TEXT_BYTES = 256,                         /* longer cells are running text */
    MOST_QUOTED_BYTES = 64 * 1024,            /* a longer quoted field was never closed … */
    MOST_QUOTED_LINES = DELIMITED_BARE_BYTES, /* … nor was one with more lines */
    MOST_UNCLOSED = 16, /* so many of those, and quotes mean nothing in this file */
    CUT_REACH = 512,    /* how far back a huge field is cut at a blank */
};

struct delimited {
    struct window window;
    struct delimited_marks marks;
    struct field_set *fields;
    struct decode_report *report;
    uint32_t table;
    size_t preface;        /* bytes before the first row: titles and header, not yet given out */
    size_t preface_text;   /* where their text begins, behind a byte order mark */
    uint64_t offset, line; /* of window.bytes[window.begin] */
    uint64_t row;          /* number of the row in work, or of the last one */
    bool blank;            /* delimiters are not to be seen behind the decoder */
    bool in_row;
    size_t row_at;        /* where the row in work begins in the segment; SIZE_MAX: before it */
    bool plain_record;    /* quotes mean nothing up to the next record end */
    bool partial;         /* the next field goes on with one that was too large */
    bool uneven;          /* the segment has more than rows of bare fields */
    unsigned unclosed;    /* quoted fields that were never closed */
    size_t column;        /* of the next field, from 0 */
    size_t columns_known; /* entries of `columns` */
    size_t cell_count, row_count;
    uint32_t columns[DELIMITED_MAX_COLUMNS]; /* field numbers; this and what follows is as malloc
                                                leaves it: most units are small */
    struct cell cells[MOST_CELLS];
    struct row_mark rows[MOST_ROWS];
    struct delimited_sets sets;
    struct delimited_rows bare;
};

/* ---- columns ---- */

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading delimited text");
}

/* The field of a column that the first records did not have. */
static uint32_t extra_column(struct delimited *d, size_t column) {
    if (column >= DELIMITED_MAX_COLUMNS) {
        return FIELD_FREE_TEXT;
    }
    while (d->columns_known <= column) {
        uint32_t field = delimited_extra_column(d->fields, d->columns_known);
        if (field == UINT32_MAX) {
            return FIELD_FREE_TEXT;
        }
        d->columns[d->columns_known++] = field;
    }
    return d->columns[column];
}

/* ---- opening ---- */

static void delimited_close(void *state) {
    struct delimited *d = state;
    if (d == NULL) {
        return;
    }
    window_release(&d->window);
    free(d);
}

/* Marks that also stand inside of numbers (# and * hide digits, - and : part them) would join two
 * cells into one. */
static bool joins(uint8_t c) {
    return c != 0 && strchr("#*:-./ ", c) != NULL;
}

static bool joins_numbers(struct delimited_marks marks) {
    bool any = joins(marks.delimiter);
    for (size_t i = 0; i < marks.before_len; i++) {
        any = any || joins(marks.before[i]);
    }
    return any;
}

static int delimited_open(const struct decode_input *in, uint8_t fallback, void **state,
                          struct error *err) {
    struct delimited *d = malloc(sizeof *d);
    if (d == NULL) {
        return out_of_memory(err);
    }
    memset(d, 0, offsetof(struct delimited, columns));
    d->fields = in->fields;
    d->report = in->report;
    d->line = 1;
    int status = window_init(&d->window, in->source, in->ops, in->width_rule, err);
    if (status == 0) {
        struct window *w = &d->window;
        struct delimited_dialect dialect;
        w->uncounted = true;
        w->err = &in->report->error;
        (void)window_fill(w, NULL);
        bool whole = w->at_end && w->end <= DELIMITED_SAMPLE_BYTES;
        struct bytes sample = bytes_first(bytes_of(w->bytes, w->end), DELIMITED_SAMPLE_BYTES);
        if (in->layout != NULL) {
            delimited_given_dialect(in->layout, sample, &dialect);
        } else if (!delimited_sniff_head(&in->head, sample, whole, &dialect) &&
                   !delimited_sniff_single(sample, whole, &dialect)) {
            dialect.marks.delimiter = dialect.declared ? dialect.marks.delimiter : fallback;
            dialect.columns = 1;
        }
        d->marks = dialect.marks;
        delimited_rows_init(&d->bare, in->ops->isa, d->marks.delimiter, d->marks.record_end);
        d->blank = joins_numbers(d->marks);
        d->preface = dialect.first_row;
        d->preface_text = bytes_starts_with(sample, BYTES_LIT("\xEF\xBB\xBF")) ? 3 : 0;
        status = in->layout != NULL ? delimited_given_columns(d->fields, in->layout, d->columns,
                                                              &d->columns_known, &d->table)
                                    : delimited_name_columns(d->fields, sample, &dialect,
                                                             d->columns, &d->columns_known);
        status = status == 0 ? 0 : out_of_memory(err);
    }
    if (status != 0) {
        delimited_close(d);
        return status;
    }
    *state = d;
    return 0;
}

static int csv_open(const struct decode_input *in, void **state, struct error *err) {
    return delimited_open(in, ',', state, err);
}

static int tsv_open(const struct decode_input *in, void **state, struct error *err) {
    return delimited_open(in, '\t', state, err);
}

/* ---- cells ---- */

static void store_cell(struct delimited *d, struct cell cell) {
    size_t column = d->column++;
    if (column >= d->columns_known) {
        if (cell.flags & CELL_NULL) {
            return; /* a trailing delimiter makes no column */
        }
        cell.field = extra_column(d, column);
        cell.flags |= cell.field == FIELD_FREE_TEXT ? CELL_TEXT : 0;
    } else {
        cell.field = d->columns[column];
    }
    d->cells[d->cell_count++] = cell;
}

/* "value" and nothing to undo inside: the common case. */
static bool is_simply_quoted(const struct delimited *d, const uint8_t *text, size_t start,
                             size_t end) {
    return end > start + 2 && text[start] == '"' && text[end - 1] == '"' &&
           !delimited_is_dress(text[start + 1]) && !delimited_is_dress(text[end - 2]) &&
           bits_next(d->sets.quotes, start + 1, end - 1) == end - 1;
}

/* The field [start, end) of TEXT. */
static inline void add_field(struct delimited *d, const uint8_t *text, size_t start, size_t end) {
    struct cell cell = {.offset = (uint32_t)start, .length = (uint32_t)(end - start)};
    d->uneven = true;
    if (is_simply_quoted(d, text, start, end)) {
        cell.offset++;
        cell.length -= 2;
    } else if (end > start &&
               (delimited_is_dress(text[start]) || delimited_is_dress(text[end - 1]))) {
        struct delimited_field field = delimited_field_of(bytes_of(text + start, end - start));
        cell.offset = (uint32_t)(field.text.ptr - text);
        cell.length = (uint32_t)field.text.len;
        cell.flags =
            (field.doubled ? CELL_ESCAPED : 0U) |
            (!field.dressed && cell.length > 0 && delimited_is_number(field.text.ptr, cell.length)
                 ? CELL_NUMBER
                 : 0U);
    } else if (end > start && delimited_is_number(text + start, end - start)) {
        cell.flags = CELL_NUMBER;
    }
    if (cell.length == 0) {
        cell.flags = CELL_NULL;
    } else if (cell.length > TEXT_BYTES) {
        cell.flags |= CELL_TEXT;
    }
    if (d->partial && cell.length > 0) {
        cell.flags = CELL_PARTIAL | CELL_TEXT;
    }
    d->partial = false;
    store_cell(d, cell);
}

static void begin_row(struct delimited *d, size_t at) {
    d->row_at = SIZE_MAX;
    if (!d->in_row) {
        d->row++;
        d->in_row = true;
        d->row_at = at;
    }
    d->rows[d->row_count++] =
        (struct row_mark){.first_cell = (uint32_t)d->cell_count, .row = d->row};
}

static void end_row(struct delimited *d) {
    d->in_row = false;
    d->column = 0;
    d->plain_record = false;
}

/* A quoted field that swallowed what it should not have: give up its quotes. */
static bool was_never_closed(struct delimited *d, struct bytes raw) {
    if (raw.len <= MOST_QUOTED_LINES || d->plain_record || d->unclosed > MOST_UNCLOSED) {
        return false;
    }
    return raw.len > MOST_QUOTED_BYTES ||
           d->window.ops->count(raw.ptr, raw.len, d->marks.record_end) > MOST_QUOTED_LINES;
}

static void read_without_quotes(struct delimited *d) {
    d->plain_record = true;
    d->unclosed++;
}

/* Does the record that begins at START consist of blanks only? Empty lines are no rows. */
static bool is_empty_line(const struct delimited *d, const uint8_t *text, size_t start,
                          size_t end) {
    return !d->in_row && (end == start || (end == start + 1 && text[start] == '\r'));
}

enum scan_end { SCAN_ON, SCAN_STOP };

/* The field [start, end), ended by the byte at END. */
static enum scan_end cut_field(struct delimited *d, const uint8_t *text, size_t start, size_t end,
                               bool ends_record) {
    if (ends_record && is_empty_line(d, text, start, end)) {
        return SCAN_ON;
    }
    if (end - start > MOST_QUOTED_LINES &&
        was_never_closed(d, bytes_of(text + start, end - start)) &&
        memchr(text + start, '"', end - start) != NULL) {
        read_without_quotes(d);
        return SCAN_STOP;
    }
    if (!d->in_row || d->row_count == 0) {
        begin_row(d, start);
    }
    add_field(d, text, start, end);
    if (ends_record) {
        bool plain = d->plain_record;
        end_row(d);
        if (plain) {
            return SCAN_STOP; /* the sets behind it were made without quotes */
        }
    }
    return SCAN_ON;
}

/* Where to cut a field that fills the buffer: at a blank if there is one near. */
static size_t cut_of_huge_field(struct bytes text) {
    for (size_t at = text.len; at > text.len - CUT_REACH; at--) {
        if (text.ptr[at - 1] < 0x80 && !byte_is_alnum(text.ptr[at - 1])) {
            return at;
        }
    }
    size_t at = text.len;
    while (at > text.len - 4 && (text.ptr[at] & 0xC0) == 0x80) {
        at--;
    }
    return at;
}

/* A segment ends with a whole row where it can: then its columns can be read one by one. Forget the
 * row in work, which began in this segment behind another one; returns where it began. */
static size_t drop_row(struct delimited *d, size_t otherwise) {
    if (!d->in_row || d->row_at == SIZE_MAX || d->row_count < 2 || d->plain_record || d->partial) {
        return otherwise;
    }
    d->cell_count = d->rows[--d->row_count].first_cell;
    d->row--;
    end_row(d);
    return d->row_at;
}

/* What is left behind the last field end of TEXT; returns how far the segment reaches. */
static size_t cut_rest(struct delimited *d, struct bytes text, size_t start,
                       enum delimited_state state, bool at_end) {
    if (start == text.len && !(at_end && d->in_row && d->column > 0)) {
        return at_end ? start : drop_row(d, start);
    }
    bool open_quote = state == DELIMITED_INSIDE;
    if (at_end && open_quote) {
        d->report->status = YINMA_E_TRUNCATED;
        error_set(&d->report->error, YINMA_E_TRUNCATED, "the data ends inside a quoted field");
        read_without_quotes(d);
        return start;
    }
    if (at_end) {
        (void)cut_field(d, text.ptr, start, text.len, true);
        return text.len;
    }
    if (start > 0) {
        return drop_row(d, start);
    }
    if (open_quote) {
        read_without_quotes(d);
        return 0;
    }
    size_t end = cut_of_huge_field(text);
    if (!d->in_row || d->row_count == 0) {
        begin_row(d, 0);
    }
    d->partial = true;
    size_t column = d->column;
    add_field(d, text.ptr, 0, end);
    d->column = column;
    d->partial = true;
    d->plain_record = true;
    return end;
}

/* The field [start, end) where nothing is to be undone: what nearly all of them are. False: it is
 * for cut_field(). */
static inline bool cut_bare_field(struct delimited *d, const uint8_t *text, size_t start,
                                  size_t end, bool ends_record) {
    size_t len = end - start;
    if (len - 1 >= MOST_QUOTED_LINES || delimited_is_dress(text[start]) ||
        delimited_is_dress(text[end - 1]) || d->column >= d->columns_known || d->partial ||
        d->plain_record) {
        return false;
    }
    if (!d->in_row || d->row_count == 0) {
        begin_row(d, start);
    }
    d->cells[d->cell_count++] =
        (struct cell){.offset = (uint32_t)start,
                      .length = (uint32_t)len,
                      .field = d->columns[d->column++],
                      .flags = delimited_is_number(text + start, len) ? CELL_NUMBER : 0U};
    if (ends_record) {
        d->uneven |= d->column != d->columns_known;
        d->in_row = false;
        d->column = 0;
    }
    return true;
}

/* Whole rows at the I-th of COUNT field ends behind BASE; returns how many ends they take. */
static size_t cut_bare_rows(struct delimited *d, const uint8_t *text, size_t base, size_t i,
                            size_t count, size_t *start) {
    size_t width = d->columns_known, room = (MOST_CELLS - d->cell_count) / width;
    size_t rows = (count - i) / width, left = MOST_ROWS - d->row_count;
    rows = rows < room ? rows : room;
    rows = rows < left ? rows : left;
    if (d->in_row || d->plain_record || d->partial || width > SEGMENT_COLUMNS_MAX) {
        return 0;
    }
    if (d->bare.template.width != width) {
        delimited_template_make(&d->bare.template, d->columns, width);
    }
    size_t taken =
        delimited_rows_take(&d->bare, text + base, i, rows, *start, base, d->cells + d->cell_count);
    for (size_t row = 0; row < taken; row++) {
        d->rows[d->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)d->cell_count, .row = ++d->row};
        d->cell_count += width;
    }
    if (taken > 0) {
        *start = base + (d->bare.list.entries[i + taken * width - 1] & DELIMITED_AT) + 1;
    }
    return taken * width;
}

/* The fields that end at the places in d->bare.list, behind BASE. False: the segment ends at *USED.
 */
static bool cut_chunk(struct delimited *d, const uint8_t *text, size_t base, size_t *start,
                      size_t *used) {
    bool single = d->marks.before_len + d->marks.end_before_len == 0;
    size_t count = d->bare.list.count;
    for (size_t i = 0; i < count; i++) {
        size_t end = base + (d->bare.list.entries[i] & DELIMITED_AT), field_end;
        if (single && d->columns_known > 0 && d->column == 0) {
            size_t rows = cut_bare_rows(d, text, base, i, count, start);
            if (rows > 0) {
                i += rows - 1;
                continue;
            }
        }
        if (d->cell_count + 1 >= MOST_CELLS || d->row_count + 2 >= MOST_ROWS) {
            *used = drop_row(d, *start);
            return false;
        }
        bool ends_record = text[end] == d->marks.record_end, was_plain = d->plain_record;
        if (single && cut_bare_field(d, text, *start, end, ends_record)) {
            *start = end + 1;
            continue;
        }
        if (!delimited_ends_field(&d->marks, text, *start, end, &field_end)) {
            continue;
        }
        if (cut_field(d, text, *start, field_end, ends_record) == SCAN_STOP) {
            *used = was_plain ? end + 1 : *start;
            return false;
        }
        *start = end + 1;
    }
    return true;
}

/* Cells of TEXT, which begins with a field; AT_END: nothing follows. Returns how many bytes the
 * segment covers; 0 when they must be read again without quotes. */
static size_t cut_cells(struct delimited *d, struct bytes text, bool at_end) {
    enum delimited_state state = DELIMITED_OUTSIDE;
    if (d->plain_record || d->unclosed > MOST_UNCLOSED) {
        delimited_scan_unquoted(d->window.ops, d->marks, text, &d->sets);
    } else {
        state = delimited_scan(d->window.ops, d->marks, text, &d->sets);
    }
    size_t start = 0, blocks = (text.len + 63) / 64;
    struct delimited_carry carry = delimited_carry_start;
    d->cell_count = d->row_count = 0;
    d->uneven = d->in_row;
    for (size_t b = 0; b < blocks; b += DELIMITED_LIST_BLOCKS) {
        size_t left = blocks - b, used;
        delimited_rows_list(&d->bare, text.ptr + 64 * b,
                            left < DELIMITED_LIST_BLOCKS ? left : DELIMITED_LIST_BLOCKS,
                            d->sets.ends + b, d->sets.records + b, &carry);
        if (!cut_chunk(d, text.ptr, 64 * b, &start, &used)) {
            return used;
        }
    }
    return cut_rest(d, text, start, state, at_end);
}

/* ---- segments ---- */

static void give_segment(struct delimited *d, size_t len, struct segment *out) {
    struct window *w = &d->window;
    struct bytes text = bytes_of(w->bytes + w->begin, len);
    bool even = !d->uneven && d->row_count >= SEGMENT_ROWS_MIN &&
                d->columns_known <= SEGMENT_COLUMNS_MAX &&
                d->cell_count == d->row_count * d->columns_known;
    if (d->blank && d->row_count > 0) {
        blank_cell_gaps(w->bytes + w->begin, len, d->cells, d->cell_count);
    }
    *out = (struct segment){
        .bytes = text.ptr,
        .len = len,
        .begin = 0,
        .end = len,
        .offset = d->offset,
        .line = d->line,
        .cells = d->cells,
        .cell_count = d->cell_count,
        .rows = d->rows,
        .row_count = d->row_count,
        .described = even,
        .columns = even ? (uint32_t)d->columns_known : 0,
        .cell_flags = CELL_NUMBER,
        .gaps = 1 | 2, /* CR and LF */
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = w->width_rule,
        .flags = window_at_line(w) ? SEGMENT_AT_LINE : 0U,
        .unescape = delimited_unescape,
    };
    d->offset += width_before(w->width_rule, text);
    d->line += w->ops->count(text.ptr, len, '\n');
    field_set_table_at(d->fields, d->table)->rows = d->row;
    window_consume(w, w->begin + len);
}

/* Titles and the header: text of no row. */
static void give_preface(struct delimited *d, struct segment *out) {
    size_t len = d->preface;
    d->preface = 0;
    d->cell_count = d->row_count = 0;
    d->uneven = true;
    if (len > d->preface_text) {
        d->cells[d->cell_count++] = (struct cell){.offset = (uint32_t)d->preface_text,
                                                  .length = (uint32_t)(len - d->preface_text),
                                                  .field = FIELD_FREE_TEXT,
                                                  .flags = CELL_TEXT};
    }
    give_segment(d, len, out);
}

static int delimited_next(void *state, struct segment *out, struct error *err) {
    struct delimited *d = state;
    struct window *w = &d->window;
    (void)err;
    if (d->preface > 0) {
        give_preface(d, out);
        return 1;
    }
    for (;;) {
        if (w->end - w->begin < DELIMITED_SCAN_BYTES && !w->at_end) {
            (void)window_fill(w, NULL);
        }
        size_t left = w->end - w->begin;
        if (left == 0) {
            d->report->rows = d->row;
            d->report->unclosed = d->unclosed;
            if (w->status != 0) {
                d->report->status = w->status;
            }
            return 0;
        }
        size_t len = left < DELIMITED_SCAN_BYTES ? left : DELIMITED_SCAN_BYTES;
        size_t used = cut_cells(d, bytes_of(w->bytes + w->begin, len), w->at_end && len == left);
        if (used > 0) {
            give_segment(d, used, out);
            return 1;
        }
    }
}

const struct decoder decoder_csv = {
    .name = "csv",
    .summary =
        "delimited text: comma, semicolon, bar, marks of one or several bytes; quoted or not",
    .traits = 0,
    .bid = delimited_csv_bid,
    .most = DELIMITED_BITS,
    .open = csv_open,
    .next = delimited_next,
    .close = delimited_close,
};
const struct decoder decoder_tsv = {
    .name = "tsv",
    .summary = "delimited text: tab",
    .traits = 0,
    .bid = delimited_tsv_bid,
    .most = DELIMITED_BITS,
    .open = tsv_open,
    .next = delimited_next,
    .close = delimited_close,
};
