/* What is sent to receipt printers: text between commands. Lines are rows of running text; commands
 * leave a blank, and the text of bar codes is a line of its own. */
#include <stdlib.h>

#include "decode/decoder.h"
#include "decode/printer/receipt_commands.h"
#include "decode/value_text.h"
#include "decode/window.h"

enum { MOST_CELLS = 4096, TEXT_ROOM = 256 * 1024, PIECE_ROOM = VALUE_TEXT_GROWTH * 4096 + 1024 };

struct receipt {
    struct window window;
    struct value_text *values;
    struct decode_report *report;
    struct field_set *fields;
    struct width_map *map;
    uint64_t offset, line, row, skip;
    uint64_t skipped; /* original bytes that left nothing since the last region */
    size_t len, line_begin;
    bool in_line, failed;
    size_t cell_count, row_count;
    struct cell cells[MOST_CELLS];
    struct row_mark rows[MOST_CELLS];
    uint8_t text[TEXT_ROOM + SEGMENT_PADDING];
};

static unsigned bid(const struct decode_head *head) {
    return head->head.len > 0 ? receipt_evidence(head->head) : 0;
}

/* Of what is printed, as far as HEAD shows it. */
static struct encoding_guess encoding_of(struct bytes head) {
    enum { SAMPLE = 8192 };
    uint8_t sample[SAMPLE];
    size_t len = 0;
    while (head.len > 0) {
        struct receipt_piece piece = receipt_next(head, true);
        if (len + piece.text.len + 1 > sizeof sample) {
            break;
        }
        if (piece.text.len > 0) {
            memcpy(sample + len, piece.text.ptr, piece.text.len);
            len += piece.text.len;
            sample[len++] = '\n';
        }
        uint64_t done = piece.whole + piece.skip;
        head = bytes_from(head, done < head.len ? (size_t)done : head.len);
    }
    return encoding_guess(bytes_of(sample, len), false);
}

static void receipt_close(void *state) {
    struct receipt *r = state;
    if (r != NULL) {
        window_release(&r->window);
        value_text_free(r->values);
        width_map_free(r->map);
        free(r);
    }
}

static int receipt_open(const struct decode_input *in, void **state, struct error *err) {
    struct receipt *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading receipts");
    }
    r->report = in->report;
    r->fields = in->fields;
    r->line = 1;
    r->map = width_map_new();
    r->values = value_text_new(encoding_of(in->head.head), in->ops, err);
    int status = r->values == NULL ? YINMA_E_MEMORY : 0;
    if (status == 0 && r->map == NULL) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for reading receipts");
    }
    if (status == 0) {
        status = window_init(&r->window, in->source, in->ops, (struct widths){0}, err);
    }
    if (status != 0) {
        receipt_close(r);
        return status;
    }
    r->window.err = &in->report->error;
    *state = r;
    return 0;
}

/* ---- text ---- */

static void put_mark(struct receipt *r, uint8_t mark) {
    r->failed = !width_map_add(r->map, r->len, WIDTH_NONE, r->skipped) || r->failed;
    r->skipped = 0;
    r->text[r->len++] = mark;
}

static void end_line(struct receipt *r) {
    if (r->in_line && r->len > r->line_begin) {
        r->cells[r->cell_count++] = (struct cell){.offset = (uint32_t)r->line_begin,
                                                  .length = (uint32_t)(r->len - r->line_begin),
                                                  .field = FIELD_FREE_TEXT,
                                                  .flags = CELL_TEXT};
        put_mark(r, '\t');
    }
    r->in_line = false;
}

static void put_text(struct receipt *r, struct bytes text) {
    if (!r->in_line) {
        r->rows[r->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)r->cell_count, .row = ++r->row};
        r->in_line = true;
        r->line_begin = r->len;
    } else {
        put_mark(r, ' '); /* a command stood here */
    }
    r->len +=
        value_text_put(r->values, text, r->text + r->len, r->map, r->len, r->skipped, &r->failed);
    r->skipped = 0;
}

/* PIECE stands at P. */
static void put_piece(struct receipt *r, const struct receipt_piece *piece, const uint8_t *p) {
    if (piece->text.len == 0) {
        r->skipped += piece->whole;
    } else {
        const size_t front = (size_t)(piece->text.ptr - p);
        if (piece->command) {
            end_line(r); /* a bar code */
        }
        r->skipped += front;
        put_text(r, piece->text);
        r->skipped += piece->whole - front - piece->text.len;
        if (piece->command) {
            end_line(r);
        }
    }
    if (piece->line_end) {
        end_line(r);
        r->text[r->len] = '\n';
        r->skipped -= 1; /* the line end is given out as it is */
        r->failed = !width_map_add(r->map, r->len++, WIDTH_SAME, r->skipped) || r->failed;
        r->skipped = 0;
    }
    r->skip = piece->skip;
}

static size_t put_pieces(struct receipt *r, struct bytes data, bool at_end) {
    size_t at = 0;
    r->cell_count = r->row_count = r->len = 0;
    r->skipped = 0;
    r->in_line = false;
    width_map_clear(r->map);
    while (at < data.len && r->cell_count + 2 < MOST_CELLS && r->len + PIECE_ROOM < TEXT_ROOM) {
        if (r->skip > 0) {
            size_t passed = r->skip < data.len - at ? (size_t)r->skip : data.len - at;
            r->skip -= passed;
            r->skipped += passed;
            at += passed;
            continue;
        }
        struct receipt_piece piece = receipt_next(bytes_from(data, at), at_end);
        if (piece.whole == 0) {
            break;
        }
        put_piece(r, &piece, data.ptr + at);
        at += piece.whole;
    }
    end_line(r);
    return at;
}

static int receipt_next_segment(void *state, struct segment *out, struct error *err) {
    struct receipt *r = state;
    struct window *w = &r->window;
    for (;;) {
        struct bytes data = bytes_of(w->bytes + w->begin, w->end - w->begin);
        size_t used = put_pieces(r, data, w->at_end);
        if (used > 0) {
            put_mark(r, ' ');
            memset(r->text + r->len, 0, SEGMENT_PADDING);
            *out = (struct segment){.bytes = r->text,
                                    .len = r->len,
                                    .end = r->len,
                                    .offset = r->offset,
                                    .line = r->line,
                                    .width_rule = {.map = r->map, .anchor = r->text},
                                    .cells = r->cells,
                                    .cell_count = r->cell_count,
                                    .rows = r->rows,
                                    .row_count = r->row_count,
                                    .gap_field = FIELD_FREE_TEXT};
            r->offset += used;
            r->line += w->ops->count(r->text, r->len, '\n');
            field_set_table_at(r->fields, TABLE_NONE)->rows = r->row;
            window_consume(w, w->begin + used);
        }
        if (r->failed) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for reading receipts");
        }
        if (used > 0) {
            return 1;
        }
        if (w->at_end) {
            r->report->rows = r->row;
            r->report->status = w->status;
            r->report->encoding = value_text_encoding(r->values);
            return 0;
        }
        (void)window_fill(w, NULL); /* no piece is as long as the window may become */
    }
}

const struct decoder decoder_receipt = {
    .name = "receipt",
    .summary = "what receipt printers are sent (ESC/POS): a row a line",
    .traits = DECODER_BINARY,
    .bid = bid,
    .open = receipt_open,
    .next = receipt_next_segment,
    .close = receipt_close,
};
