/* SQL dumps and scripts: statements, and the rows in INSERT and COPY cut into cells. Everything
 * that is neither a value nor the head of such a statement becomes cells of running text. */
#include "decode/sql/decoder.h"

#include <stdlib.h>

#include "core/block64/variant_for.h"
#include "decode/sql/state.h"

static size_t position(const struct sql_decoder *d) {
    return d->mode == SQL_MODE_VALUES ? d->values.at
           : d->mode == SQL_MODE_COPY ? d->copy.at
                                      : d->at;
}

static uint64_t row_in_progress(const struct sql_decoder *d) {
    bool in_row = (d->mode == SQL_MODE_VALUES && d->values.in_tuple) ||
                  (d->mode == SQL_MODE_COPY && d->copy.in_row) || d->mode == SQL_MODE_PIECES;
    return in_row ? d->target.row : 0;
}

static bool in_value(const struct sql_decoder *d) {
    return (d->mode == SQL_MODE_VALUES && d->values.in_tuple) ||
           (d->mode == SQL_MODE_COPY && d->copy.in_row);
}

/* Rows stay whole, so that nothing depends on where buffers end: one that is not complete is read
 * again in the next segment, unless it fills a segment or the largest window alone. */
static void keep_row_whole(struct sql_decoder *d, enum sql_stop stop) {
    if (!in_value(d) || d->forced || d->batch.row_at == SIZE_MAX ||
        (stop == SQL_STOP_FULL && d->batch.row_at == d->window.begin)) {
        return;
    }
    if (d->mode == SQL_MODE_VALUES) {
        sql_values_rewind(&d->values);
    } else {
        sql_copy_rewind(&d->copy);
    }
}

/* Running text that goes on behind the segment is cut behind a line where there is one. */
static size_t cut_text(struct sql_decoder *d) {
    size_t from = (size_t)d->text_at;
    size_t cut = d->at;
    if (from < cut) {
        const uint8_t *newline = memrchr(d->window.bytes + from, '\n', cut - from);
        cut = newline != NULL && !d->forced ? (size_t)(newline - d->window.bytes) + 1
                                            : sql_text_cut(d->window.bytes, from, cut);
    }
    sql_flush_text(d, cut);
    d->text_at = (int64_t)cut;
    return cut;
}

/* Where the segment ends, given why the modes stopped. */
static size_t choose_cut(struct sql_decoder *d, const struct sql_view *view) {
    if (d->mode == SQL_MODE_TEXT && !view->final && d->text_at != SQL_NO_TEXT) {
        return cut_text(d);
    }
    size_t cut = position(d);
    sql_flush_text(d, cut);
    return cut;
}

/* Are all rows of the segment like the first one? The last row of a statement is none of the plain
 * ones, so they are of one table. */
static bool is_regular(const struct sql_batch *batch) {
    return batch->plain_rows == batch->row_count && batch->plain_rows >= SEGMENT_ROWS_MIN &&
           batch->plain_columns <= SEGMENT_COLUMNS_MAX &&
           batch->count == batch->plain_rows * batch->plain_columns;
}

static void describe(const struct sql_decoder *d, size_t cut, struct segment *out) {
    enum { GAP_MOST = 7 }; /* between plain values stand marks, quotes, NULL: no token fits */
    const struct window *w = &d->window;
    bool regular = is_regular(&d->batch);
    *out = (struct segment){.bytes = w->bytes,
                            .len = cut,
                            .begin = w->begin,
                            .end = cut,
                            .offset = w->offset,
                            .line = w->line,
                            .cells = d->batch.cells,
                            .cell_count = d->batch.count,
                            .rows = d->batch.rows,
                            .row_count = d->batch.row_count,
                            .described = regular,
                            .columns = regular ? d->batch.plain_columns : 0,
                            .cell_flags = d->batch.plain_flags,
                            .gaps = GAP_MOST,
                            .gap_field = FIELD_FREE_TEXT,
                            .width_rule = w->width_rule,
                            .unescape = sql_unescape,
                            .dialect = d->batch.escapes};
}

static void truncated(struct sql_decoder *d, const char *where) {
    if (d->report->status == 0) {
        d->report->status =
            error_set(&d->report->error, YINMA_E_TRUNCATED,
                      "the data ends inside %s; what stands before it was read", where);
    }
}

/* The rest of a value the data ends in. */
static void emit_rest(struct sql_decoder *d, const struct sql_view *view) {
    struct sql_values *v = &d->values;
    size_t begin = v->at;
    while (begin < view->end && (sql_is_blank(view->bytes[begin]) || view->bytes[begin] == '\'')) {
        begin++;
    }
    if (begin < view->end) {
        sql_batch_cell(&d->batch, begin, view->end, sql_target_field(&d->target, v->column),
                       CELL_PARTIAL | CELL_TEXT);
    }
    v->at = view->end;
}

/* Does a statement stop within its line? Tools end every line; clients take the last one without.
 */
static bool is_broken_off(const struct sql_view *view) {
    static const char *const whole[] = {"go", "/", "exit", "exit;", "quit", "commit", "end"};
    struct bytes data = bytes_of(view->bytes, view->end);
    if (data.len == 0 || data.ptr[data.len - 1] == '\n') {
        return false;
    }
    const uint8_t *newline = memrchr(data.ptr, '\n', data.len);
    struct bytes line = newline == NULL ? data : bytes_from(data, (size_t)(newline - data.ptr) + 1);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (bytes_equal_ignoring_case(bytes_trim(line), bytes_of_string(whole[i]))) {
            return false;
        }
    }
    return true;
}

/* The data is over: what state is it in? False: the segment must end first, ask again. */
static bool finish(struct sql_decoder *d, const struct sql_view *view) {
    switch (d->mode) {
    case SQL_MODE_VALUES:
        if (d->values.in_tuple) {
            emit_rest(d, view);
            truncated(d, SAID("a row of VALUES"));
        } else if (d->values.comma || d->named_tool || d->values.at < view->end) {
            sql_begin_text(d, d->values.at);
            truncated(d, "an INSERT statement");
        }
        sql_leave_rows(d, view->end);
        break;
    case SQL_MODE_COPY:
        if (d->copy.in_row && !sql_copy_value(&d->copy, view, view->end, SQL_COPY_EMIT)) {
            return false;
        }
        if (!d->copy.whole_file) {
            truncated(d, "a COPY block");
        }
        sql_leave_rows(d, view->end);
        break;
    case SQL_MODE_PIECES:
        truncated(d, "a value");
        sql_leave_rows(d, view->end);
        break;
    case SQL_MODE_TEXT:
        if (d->text.inside != 0 && d->text.inside != '-') {
            truncated(d, SAID("a quoted text or a comment"));
        } else if (d->in_statement_text && (d->named_tool || is_broken_off(view))) {
            truncated(d, "a statement");
        }
        break;
    case SQL_MODE_STATEMENT:
    default:
        break;
    }
    d->at = view->end;
    d->mode = SQL_MODE_STATEMENT;
    d->finished = true;
    d->report->settings =
        (uint64_t)d->statements.dialect.flavor << 8 | (uint64_t)d->statements.encoding << 16 |
        (d->statements.dialect.backslash ? 1U : 0U) | (d->statements.dialect.q_quotes ? 2U : 0U) |
        (d->statements.backslash_before ? 4U : 0U) | (d->statements.encoding_known ? 8U : 0U);
    if (d->window.status != 0) {
        d->report->status = d->window.status;
        d->report->error = d->source_error;
    } else if (d->report->status == 0 && d->statements.encoding_changes) {
        d->report->status = error_set(
            &d->report->error, YINMA_E_UNSUPPORTED,
            "the dump goes on in another encoding (SET NAMES, client_encoding); all of it was read "
            "in the first one: split it where the encoding changes");
    }
    return true;
}

static void shift(struct sql_decoder *d, size_t moved) {
    d->at -= d->at < moved ? d->at : moved;
    d->values.at -= d->values.at < moved ? d->values.at : moved;
    d->copy.at -= d->copy.at < moved ? d->copy.at : moved;
    if (d->text_at != SQL_NO_TEXT) {
        d->text_at -= (int64_t)moved;
    }
    if (d->batch.row_at != SIZE_MAX) {
        d->batch.row_at -= d->batch.row_at < moved ? d->batch.row_at : moved;
    }
}

/* A value fills the whole window: take it in pieces. */
static void start_pieces(struct sql_decoder *d, const struct sql_view *view) {
    bool copy = d->mode == SQL_MODE_COPY;
    uint32_t column = copy ? d->copy.column : d->values.column;
    d->at = sql_pieces_begin(&d->pieces, copy ? SQL_PIECES_COPY : SQL_PIECES_VALUES,
                             sql_target_field(&d->target, column), view,
                             copy ? d->copy.at : d->values.at, &d->statements.dialect);
    d->mode = SQL_MODE_PIECES;
}

/* The window is as large as it gets and holds nothing that is complete. */
static void force(struct sql_decoder *d, const struct sql_view *view) {
    if (in_value(d)) {
        start_pieces(d, view);
    } else if (d->forced && (d->mode == SQL_MODE_VALUES || d->mode == SQL_MODE_COPY)) {
        sql_leave_rows(d, position(d));
    }
    d->forced = true;
}

static struct sql_view refill(struct sql_decoder *d) {
    struct sql_view view;
    size_t moved = 0;
    bool more = true;
    if (d->fill) {
        more = window_fill(&d->window, &moved);
        shift(d, moved);
        d->fill = false;
    }
    view = (struct sql_view){
        .bytes = d->window.bytes, .end = d->window.end, .final = d->window.at_end};
    if (!more && !view.final) {
        force(d, &view);
    } else {
        d->forced = false;
    }
    return view;
}

int sql_next(void *state, struct segment *out, struct error *err) {
    struct sql_decoder *d = state;
    if (!d->finished) {
        window_consume(&d->window, d->cut);
        sql_batch_clear(&d->batch, row_in_progress(d));
    }
    while (!d->finished) {
        struct sql_view view = refill(d);
        int status = 0;
        enum sql_stop stop = sql_run(d, &view, &status, err);
        if (status == 0 && stop == SQL_STOP_MORE && view.final) {
            stop = finish(d, &view) ? SQL_STOP_MORE : SQL_STOP_FULL;
        }
        if (d->finished) {
            status = sql_schema_register(&d->statements.schema, d->fields, err);
        }
        if (status != 0) {
            return status;
        }
        d->fill = stop == SQL_STOP_MORE;
        keep_row_whole(d, stop);
        size_t cut = choose_cut(d, &view);
        d->report->rows = d->rows_before + d->target.row - d->row_start;
        if (d->target.table != TABLE_NONE) {
            sql_target_leave(&d->target);
        }
        if (cut > d->window.begin) {
            describe(d, cut, out);
            d->cut = cut;
            return 1;
        }
    }
    return 0;
}

void sql_close(void *state) {
    struct sql_decoder *d = state;
    if (d != NULL) {
        window_release(&d->window);
        sql_batch_release(&d->batch);
        sql_statements_release(&d->statements);
        sql_target_release(&d->target);
        free(d->pairs);
        free(d);
    }
}

int sql_open(const struct decode_input *in, const struct sql_options *options, void **state,
             struct error *err) {
    struct sql_decoder *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    d->fields = in->fields;
    d->report = in->report;
    d->named_tool = options->named_tool;
    d->text_at = SQL_NO_TEXT;
    d->fill = true;
    sql_statements_init(&d->statements, options->dialect);
    sql_text_init(&d->text);
    const struct sql_kernels *kernels =
        options->path == SQL_PATH_SCALAR ? NULL : VARIANT_FOR(in->ops->isa, sql_kernels);
    d->values = (struct sql_values){.dialect = &d->statements.dialect,
                                    .kernels = kernels,
                                    .target = &d->target,
                                    .batch = &d->batch};
    d->copy = (struct sql_copy){.kernels = kernels, .target = &d->target, .batch = &d->batch};
    d->target.fields = in->fields;
    int status = window_init(&d->window, in->source, in->ops, in->width_rule, &d->source_error);
    if (status != 0 || sql_batch_init(&d->batch, &d->source_error) != 0) {
        sql_close(d);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    if (options->window != 0 && options->window < d->window.capacity) {
        d->window.capacity = options->window;
    }
    if (in->preamble.len > 0) {
        status = sql_read_preamble(d, in->preamble, err);
    }
    if (status != 0) {
        sql_close(d);
        return status;
    }
    d->copy.whole_file = options->rows_only;
    *state = d;
    return 0;
}
