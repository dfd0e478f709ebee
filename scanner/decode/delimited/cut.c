#include "decode/delimited/cut.h"

#include "core/block64/bits.h"
#include "decode/delimited/bytes.h"
#include "decode/delimited/columns.h"
#include "decode/printed_lines.h"

enum {
    TEXT_BYTES = 256,                         /* longer cells are running text */
    MOST_QUOTED_BYTES = 64 * 1024,            /* a longer quoted field was never closed … */
    MOST_QUOTED_LINES = DELIMITED_BARE_BYTES, /* … nor was one with more lines */
    MOST_UNCLOSED = 16, /* so many of those, and quotes mean nothing in this file */
    CUT_REACH = 512,    /* how far back a huge field is cut at a blank */
};

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

/* Does the record that begins at START have one field only, which is a line of a frame or tells how
 * many rows there are? Programs print those about their rows. */
static bool is_printed_line(const struct delimited *d, const uint8_t *text, size_t start,
                            size_t end) {
    const struct bytes line = bytes_of(text + start, end - start);
    uint64_t count;
    return !d->in_row && d->columns_known > 1 && !d->partial &&
           (is_frame_line(line) || is_row_count(line, &count));
}

enum scan_end { SCAN_ON, SCAN_STOP };

/* The field [start, end), ended by the byte at END. */
static enum scan_end cut_field(struct delimited *d, const uint8_t *text, size_t start, size_t end,
                               bool ends_record) {
    if (ends_record && is_empty_line(d, text, start, end)) {
        return SCAN_ON;
    }
    if (ends_record && is_printed_line(d, text, start, end)) {
        d->uneven = true;
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
        d->plain_record || (ends_record && d->column == 0 && d->columns_known > 1)) {
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
    size_t width = d->columns_known, room = (DELIMITED_MOST_CELLS - d->cell_count) / width;
    size_t rows = (count - i) / width, left = DELIMITED_MOST_ROWS - d->row_count;
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
        if (d->cell_count + 1 >= DELIMITED_MOST_CELLS || d->row_count + 2 >= DELIMITED_MOST_ROWS) {
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

size_t delimited_cut(struct delimited *d, struct bytes text, bool at_end) {
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
