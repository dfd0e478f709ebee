/* Delimited text: RFC 4180 and what is really found. Cells are cut by
 * delimited/cut.c; a segment ends behind a field, so that no cell crosses it. */
#include <stdlib.h>

#include "decode/cell_gaps.h"
#include "decode/decoder.h"
#include "decode/delimited/columns.h"
#include "decode/delimited/cut.h"
#include "decode/delimited/sniff.h"

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading delimited text");
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
        size_t used =
            delimited_cut(d, bytes_of(w->bytes + w->begin, len), w->at_end && len == left);
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
