/* upright.c - results of queries that are printed with a column a line, for people: mysql with \G
 * or -E, psql with \x, sqlite3 in the mode line. A record is a row; what stands in several lines
 * goes on with the value above, and what names nothing is running text. */
#include <stdlib.h>

#include "decode/aligned/upright_lines.h"
#include "decode/cell_gaps.h"
#include "decode/decoder.h"
#include "decode/free_text.h"

enum {
    MARKED_BITS = 40,
    UNMARKED_BITS = 12,
    CELLS_MAX = 8192,
    COLUMNS_MAX = 4096, /* distinct ones; what else is named is running text */
};

struct upright {
    struct window window;
    struct field_set *fields;
    struct decode_report *report;
    enum upright_mark mark;
    uint64_t rows, marked_row;
    uint32_t columns;
    uint32_t field; /* of the value above */
    bool parted;    /* the next name begins a record */
    bool failed;
    struct cell cells[CELLS_MAX];
    struct row_mark row_marks[CELLS_MAX];
    size_t cell_count, row_count;
};

static unsigned bid(const struct decode_head *head) {
    if (head->beaten >= MARKED_BITS) {
        return 0;
    }
    const enum upright_mark mark = upright_look(head->head);
    return mark == UPRIGHT_NONE ? 0 : upright_unmarked(mark) ? UNMARKED_BITS : MARKED_BITS;
}

/* ---- cells ---- */

static void put_cell(struct upright *u, struct bytes value, uint32_t field, unsigned flags) {
    if (value.len == 0) {
        return;
    }
    if (u->row_count == 0 || u->marked_row != u->rows) {
        u->row_marks[u->row_count++] = (struct row_mark){(uint32_t)u->cell_count, u->rows};
        u->marked_row = u->rows;
    }
    u->cells[u->cell_count++] =
        (struct cell){.offset = (uint32_t)(value.ptr - u->window.bytes),
                      .length = (uint32_t)value.len,
                      .field = field,
                      .flags = value.len > KEYED_TEXT_BYTES ? flags | CELL_TEXT : flags};
}

static bool is_number(struct bytes value) {
    size_t at = 0;
    while (at < value.len && byte_is_digit(value.ptr[at])) {
        at++;
    }
    return at == value.len;
}

static void take_pair(struct upright *u, const struct upright_pair *pair) {
    if (pair->name.len == 0) {
        put_cell(u, pair->value, u->field, CELL_TEXT);
        return;
    }
    if (u->parted || u->rows == 0) {
        u->report->rows = ++u->rows;
        u->parted = false;
    }
    const uint32_t before = field_set_field_count(u->fields);
    const bool room = u->columns < COLUMNS_MAX;
    u->field = room ? field_set_key(u->fields, TABLE_NONE, pair->name, ATTRIBUTION_EXACT)
                    : FIELD_FREE_TEXT;
    u->columns += field_set_field_count(u->fields) - before;
    if (u->field == UINT32_MAX) {
        u->failed = true;
        return;
    }
    put_cell(u, pair->value, u->field,
             !room                    ? CELL_TEXT
             : is_number(pair->value) ? CELL_NUMBER
                                      : 0U);
}

/* ---- lines ---- */

static void read_line(struct upright *u, struct bytes line) {
    const enum upright_mark begun = upright_begins(line);
    struct upright_pair pair;
    if (bytes_trim(line).len == 0) {
        u->parted = u->parted || upright_unmarked(u->mark);
    } else if (begun != UPRIGHT_NONE && !upright_unmarked(u->mark)) {
        u->mark = begun;
        u->parted = true;
        u->field = FIELD_FREE_TEXT;
    } else if ((u->rows > 0 || u->parted || upright_unmarked(u->mark)) &&
               upright_pair_of(line, u->mark, &pair)) {
        take_pair(u, &pair);
    } else {
        put_cell(u, bytes_trim(line), u->field, CELL_TEXT);
    }
}

static size_t read_lines(struct upright *u) {
    const struct window *w = &u->window;
    size_t at = w->begin;
    while (at < w->end && u->cell_count + 1 < CELLS_MAX) {
        const uint8_t *newline = memchr(w->bytes + at, '\n', w->end - at);
        if (newline == NULL && !w->at_end) {
            break;
        }
        const size_t end = newline == NULL ? w->end : (size_t)(newline - w->bytes);
        const bool carriage = end > at && w->bytes[end - 1] == '\r';
        read_line(u, bytes_of(w->bytes + at, end - at - carriage));
        at = newline == NULL ? end : end + 1;
    }
    return at;
}

/* ---- the decoder ---- */

static int next_records(void *state, struct segment *out, struct error *err) {
    struct upright *u = state;
    struct window *w = &u->window;
    u->cell_count = u->row_count = 0;
    (void)window_fill(w, NULL);
    size_t end = read_lines(u);
    while (end == w->begin && !w->at_end && window_fill(w, NULL)) {
        end = read_lines(u);
    }
    if (u->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a listing");
    }
    if (end == w->begin) {
        u->report->status = w->status;
        return w->at_end ? 0 : free_text_segment(w, NULL, 0, out, err);
    }
    blank_cell_gaps(w->bytes, end, u->cells, u->cell_count);
    *out = (struct segment){.bytes = w->bytes,
                            .len = end,
                            .begin = w->begin,
                            .end = end,
                            .offset = w->offset,
                            .line = w->line,
                            .cells = u->cells,
                            .cell_count = u->cell_count,
                            .rows = u->row_marks,
                            .row_count = u->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .width_rule = w->width_rule};
    window_consume(w, end);
    return 1;
}

static void close_upright(void *state) {
    struct upright *u = state;
    if (u != NULL) {
        window_release(&u->window);
        free(u);
    }
}

static int open_upright(const struct decode_input *in, void **state, struct error *err) {
    struct upright *u = calloc(1, sizeof *u);
    if (u == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading a listing");
    }
    u->fields = in->fields;
    u->report = in->report;
    u->mark = upright_look(in->head.head);
    u->mark = u->mark == UPRIGHT_NONE ? UPRIGHT_COLON : u->mark;
    const int status = window_init(&u->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        close_upright(u);
        return status;
    }
    u->window.err = &in->report->error;
    *state = u;
    return 0;
}

const struct decoder decoder_upright = {
    .name = "upright",
    .summary = "results with a column a line (mysql \\G, psql \\x, sqlite3 line): columns by name",
    .traits = 0,
    .bid = bid,
    .most = MARKED_BITS,
    .open = open_upright,
    .next = next_records,
    .close = close_upright,
};
