/* SQL dumps and scripts: statements, and the rows in INSERT and COPY cut into cells. Everything
 * that is neither a value nor the head of such a statement becomes cells of running text. */
#include "decode/sql_decoder.h"

#include <stdlib.h>

#include "decode/sql_bid.h"
#include "decode/sql_copy.h"
#include "decode/sql_pieces.h"
#include "decode/sql_statement.h"
#include "decode/sql_text.h"
#include "decode/window.h"

enum { STATEMENT_LOOKAHEAD = 128, HEAD_KEPT_MAX = 1024, NO_TEXT = -1 };

enum mode {
    MODE_STATEMENT, /* between statements */
    MODE_TEXT,      /* in a statement (or comment) that is running text */
    MODE_VALUES,
    MODE_COPY,
    MODE_PIECES, /* in a value larger than the window */
};

struct sql_decoder {
    struct window window;
    struct error source_error;
    struct field_set *fields;
    struct decode_report *report;
    bool named_tool;
    enum mode mode;
    bool forced; /* the window cannot grow: take what is there */
    bool fill;   /* before going on: refill */
    bool finished;
    bool in_statement_text; /* a statement, not only comments, is being passed */
    size_t at;              /* position, in the modes that keep none of their own */
    size_t cut;             /* where the last segment ended */
    int64_t text_at;        /* where running text began that no cell covers yet, or NO_TEXT */
    uint64_t rows_before, row_start; /* rows of earlier statements; of the target, at its start */
    struct sql_batch batch;
    struct sql_statements statements;
    struct sql_target target;
    struct sql_values values;
    struct sql_copy copy;
    struct sql_text text;
    struct sql_pieces pieces;
    uint8_t head[HEAD_KEPT_MAX]; /* of the INSERT read last: the next is often the same */
    size_t head_len;
};

/* ---- running text ---- */

static void begin_text(struct sql_decoder *d, size_t at) {
    if (d->text_at == NO_TEXT) {
        d->text_at = (int64_t)at;
    }
}

static void flush_text(struct sql_decoder *d, size_t end) {
    if (d->text_at != NO_TEXT && (size_t)d->text_at < end) {
        sql_batch_text(&d->batch, d->window.bytes, (size_t)d->text_at, end);
    }
    d->text_at = NO_TEXT;
}

/* ---- entering and leaving rows ---- */

static void enter_rows(struct sql_decoder *d) {
    d->row_start = d->target.row;
}

static void leave_rows(struct sql_decoder *d, size_t at) {
    sql_target_leave(&d->target);
    d->rows_before += d->target.row - d->row_start;
    d->row_start = d->target.row;
    d->mode = MODE_STATEMENT;
    d->at = at;
}

static void keep_head(struct sql_decoder *d, size_t behind) {
    d->head_len = behind - d->at <= HEAD_KEPT_MAX ? behind - d->at : 0;
    memcpy(d->head, d->window.bytes + d->at, d->head_len);
}

/* The statement at d->at begins as the last one did: its table and columns are known. */
static bool same_head(struct sql_decoder *d, const struct sql_view *view) {
    if (d->head_len == 0 || view->end - d->at <= d->head_len ||
        memcmp(view->bytes + d->at, d->head, d->head_len) != 0 ||
        sql_is_word(view->bytes[d->at + d->head_len])) {
        return false;
    }
    flush_text(d, d->at);
    sql_values_begin(&d->values, d->at + d->head_len);
    d->mode = MODE_VALUES;
    return true;
}

static int begin_rows(struct sql_decoder *d, enum sql_head head, size_t behind, struct error *err) {
    int status = sql_statement_bind(&d->statements, d->fields, &d->target, err);
    if (status != 0) {
        return status;
    }
    flush_text(d, d->at);
    enter_rows(d);
    if (head == SQL_HEAD_VALUES) {
        keep_head(d, behind);
        sql_values_begin(&d->values, behind);
        d->mode = MODE_VALUES;
        return 0;
    }
    if (!d->statements.plain_copy) {
        sql_target_enter(&d->target, d->fields, TABLE_NONE); /* another format: lines as text */
    }
    sql_copy_begin(&d->copy, behind);
    d->mode = MODE_COPY;
    return 0;
}

/* ---- between statements ---- */

static void begin_statement_text(struct sql_decoder *d, bool comment_only) {
    begin_text(d, d->at);
    sql_text_begin(&d->text, comment_only);
    d->in_statement_text = !comment_only;
    d->mode = MODE_TEXT;
}

/* At a line that is no SQL: psql's \connect, SQL*Plus' REM, DELIMITER. False: not here. */
static bool is_line_command(const struct sql_decoder *d, struct bytes rest) {
    static const char *const words[] = {"DELIMITER ", "REM ", "PROMPT "};
    if (rest.ptr[0] == '\\') {
        return d->statements.dialect.flavor != SQL_MYSQL;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct bytes word = bytes_of_string(words[i]);
        if (bytes_equal_ignoring_case(bytes_first(rest, word.len), word)) {
            return true;
        }
    }
    return false;
}

/* SQL_STOP_DONE: the line was passed. */
static enum sql_stop pass_line(struct sql_decoder *d, const struct sql_view *view) {
    struct bytes rest = bytes_of(view->bytes + d->at, view->end - d->at);
    size_t len = bytes_find(rest, BYTES_LIT("\n"));
    if (len == SIZE_MAX && !view->final && !d->forced) {
        return SQL_STOP_MORE;
    }
    struct bytes line = bytes_first(rest, len);
    if (bytes_equal_ignoring_case(bytes_first(line, 10), BYTES_LIT("DELIMITER "))) {
        struct bytes token = bytes_trim(bytes_from(line, 10));
        if (token.len != 0 && token.len <= SQL_DELIMITER_MAX) {
            memcpy(d->text.delimiter, token.ptr, token.len);
            d->text.delimiter_len = token.len;
        }
    }
    begin_text(d, d->at);
    d->at += line.len;
    return SQL_STOP_DONE;
}

/* A comment at d->at. DONE: passed, or its passing has begun; UNUSUAL: none here. */
static enum sql_stop pass_comment(struct sql_decoder *d, const struct sql_view *view) {
    int64_t behind = sql_skip_comment(view, d->at, &d->statements.dialect);
    if (behind == (int64_t)d->at) {
        return SQL_STOP_UNUSUAL;
    }
    if (behind == SQL_OPEN) {
        begin_statement_text(d, true);
        return SQL_STOP_DONE;
    }
    begin_text(d, d->at);
    sql_statement_comment(&d->statements, bytes_of(view->bytes + d->at, (size_t)behind - d->at));
    d->at = (size_t)behind;
    return SQL_STOP_DONE;
}

static enum sql_stop read_head(struct sql_decoder *d, const struct sql_view *view, int *status,
                               struct error *err) {
    if (same_head(d, view)) {
        return SQL_STOP_DONE;
    }
    size_t behind = 0;
    enum sql_head head = sql_statement_head(&d->statements, view, d->at, &behind);
    if (head == SQL_HEAD_MORE && !d->forced && !view->final) {
        return SQL_STOP_MORE;
    }
    d->head_len = 0;
    if (head == SQL_HEAD_VALUES || head == SQL_HEAD_COPY) {
        *status = begin_rows(d, head, behind, err);
    } else {
        begin_statement_text(d, false);
    }
    return SQL_STOP_DONE;
}

/* One step between statements. DONE: go on. */
static enum sql_stop step_statement(struct sql_decoder *d, const struct sql_view *view, int *status,
                                    struct error *err) {
    const uint8_t *bytes = view->bytes;
    while (d->at < view->end && sql_is_blank(bytes[d->at])) {
        d->at++;
    }
    size_t left = view->end - d->at;
    if (left == 0 || (left < STATEMENT_LOOKAHEAD && !view->final && !d->forced)) {
        return SQL_STOP_MORE;
    }
    if (sql_batch_full(&d->batch)) {
        return SQL_STOP_FULL;
    }
    struct bytes rest = bytes_of(bytes + d->at, left);
    if (rest.ptr[0] == ';') {
        d->at++;
        return SQL_STOP_DONE;
    }
    if (bytes_starts_with(rest, BYTES_LIT("\xEF\xBB\xBF"))) {
        begin_text(d, d->at);
        d->at += 3;
        return SQL_STOP_DONE;
    }
    if (bytes_starts_with(rest, bytes_of(d->text.delimiter, d->text.delimiter_len))) {
        d->at += d->text.delimiter_len;
        return SQL_STOP_DONE;
    }
    if (is_line_command(d, rest)) {
        return pass_line(d, view);
    }
    enum sql_stop stop = pass_comment(d, view);
    return stop == SQL_STOP_UNUSUAL ? read_head(d, view, status, err) : stop;
}

/* ---- the other modes ---- */

static enum sql_stop step_text(struct sql_decoder *d, const struct sql_view *view) {
    if (!sql_text_skip(&d->text, view, &d->statements.dialect, &d->at)) {
        return SQL_STOP_MORE;
    }
    d->in_statement_text = false;
    d->mode = MODE_STATEMENT;
    return SQL_STOP_DONE;
}

static enum sql_stop step_rows(struct sql_decoder *d, const struct sql_view *view, int *status,
                               struct error *err) {
    enum sql_stop stop;
    if (d->mode == MODE_VALUES) {
        stop = sql_values_run(&d->values, view, err);
        *status = d->values.status;
        if (stop == SQL_STOP_DONE) {
            leave_rows(d, d->values.at);
        }
    } else {
        stop = sql_copy_run(&d->copy, view, err);
        *status = d->copy.status;
        if (stop == SQL_STOP_DONE) {
            leave_rows(d, d->copy.at);
        }
    }
    return stop;
}

static enum sql_stop step_pieces(struct sql_decoder *d, const struct sql_view *view) {
    if (!sql_pieces_next(&d->pieces, &d->batch, view, &d->at)) {
        return SQL_STOP_MORE;
    }
    if (d->at == view->end) {
        return SQL_STOP_MORE;
    }
    if (d->pieces.of == SQL_PIECES_COPY) {
        d->copy.at = d->at;
        sql_copy_value(&d->copy, view, d->at, SQL_COPY_PASS);
        d->mode = MODE_COPY;
    } else {
        uint8_t delimiter = view->bytes[d->at];
        d->values.column += delimiter != ',';
        sql_values_pass(&d->values, delimiter, d->at);
        d->mode = MODE_VALUES;
    }
    return SQL_STOP_DONE;
}

static enum sql_stop run(struct sql_decoder *d, const struct sql_view *view, int *status,
                         struct error *err) {
    enum sql_stop stop;
    do {
        switch (d->mode) {
        case MODE_STATEMENT:
            stop = step_statement(d, view, status, err);
            break;
        case MODE_TEXT:
            stop = step_text(d, view);
            break;
        case MODE_PIECES:
            stop = step_pieces(d, view);
            break;
        case MODE_VALUES:
        case MODE_COPY:
        default:
            stop = step_rows(d, view, status, err);
        }
    } while (stop == SQL_STOP_DONE && *status == 0);
    return stop;
}

/* ---- segments ---- */

static size_t position(const struct sql_decoder *d) {
    return d->mode == MODE_VALUES ? d->values.at : d->mode == MODE_COPY ? d->copy.at : d->at;
}

static uint64_t row_in_progress(const struct sql_decoder *d) {
    bool in_row = (d->mode == MODE_VALUES && d->values.in_tuple) ||
                  (d->mode == MODE_COPY && d->copy.in_row) || d->mode == MODE_PIECES;
    return in_row ? d->target.row : 0;
}

static bool in_value(const struct sql_decoder *d) {
    return (d->mode == MODE_VALUES && d->values.in_tuple) ||
           (d->mode == MODE_COPY && d->copy.in_row);
}

/* Rows stay whole, so that nothing depends on where buffers end: one that is not complete is read
 * again in the next segment, unless it fills a segment or the largest window alone. */
static void keep_row_whole(struct sql_decoder *d, enum sql_stop stop) {
    if (!in_value(d) || d->forced || d->batch.row_at == SIZE_MAX ||
        (stop == SQL_STOP_FULL && d->batch.row_at == d->window.begin)) {
        return;
    }
    if (d->mode == MODE_VALUES) {
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
    flush_text(d, cut);
    d->text_at = (int64_t)cut;
    return cut;
}

/* Where the segment ends, given why the modes stopped. */
static size_t choose_cut(struct sql_decoder *d, const struct sql_view *view) {
    if (d->mode == MODE_TEXT && !view->final && d->text_at != NO_TEXT) {
        return cut_text(d);
    }
    size_t cut = position(d);
    flush_text(d, cut);
    return cut;
}

static void describe(const struct sql_decoder *d, size_t cut, struct segment *out) {
    const struct window *w = &d->window;
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

/* The data is over: what state is it in? False: the segment must end first, ask again. */
static bool finish(struct sql_decoder *d, const struct sql_view *view) {
    switch (d->mode) {
    case MODE_VALUES:
        if (d->values.in_tuple) {
            emit_rest(d, view);
            truncated(d, "a row of VALUES");
        } else if (d->values.comma || d->named_tool || d->values.at < view->end) {
            begin_text(d, d->values.at);
            truncated(d, "an INSERT statement");
        }
        leave_rows(d, view->end);
        break;
    case MODE_COPY:
        if (d->copy.in_row && !sql_copy_value(&d->copy, view, view->end, SQL_COPY_EMIT)) {
            return false;
        }
        truncated(d, "a COPY block");
        leave_rows(d, view->end);
        break;
    case MODE_PIECES:
        truncated(d, "a value");
        leave_rows(d, view->end);
        break;
    case MODE_TEXT:
        if (d->text.inside != 0 && d->text.inside != '-') {
            truncated(d, "a quoted text or a comment");
        } else if (d->in_statement_text && d->named_tool) {
            truncated(d, "a statement");
        }
        break;
    case MODE_STATEMENT:
    default:
        break;
    }
    d->at = view->end;
    d->mode = MODE_STATEMENT;
    d->finished = true;
    if (d->window.status != 0) {
        d->report->status = d->window.status;
        d->report->error = d->source_error;
    }
    return true;
}

static void shift(struct sql_decoder *d, size_t moved) {
    d->at -= d->at < moved ? d->at : moved;
    d->values.at -= d->values.at < moved ? d->values.at : moved;
    d->copy.at -= d->copy.at < moved ? d->copy.at : moved;
    if (d->text_at != NO_TEXT) {
        d->text_at -= (int64_t)moved;
    }
    if (d->batch.row_at != SIZE_MAX) {
        d->batch.row_at -= d->batch.row_at < moved ? d->batch.row_at : moved;
    }
}

/* A value fills the whole window: take it in pieces. */
static void start_pieces(struct sql_decoder *d, const struct sql_view *view) {
    bool copy = d->mode == MODE_COPY;
    uint32_t column = copy ? d->copy.column : d->values.column;
    d->at = sql_pieces_begin(&d->pieces, copy ? SQL_PIECES_COPY : SQL_PIECES_VALUES,
                             sql_target_field(&d->target, column), view,
                             copy ? d->copy.at : d->values.at, &d->statements.dialect);
    d->mode = MODE_PIECES;
}

/* The window is as large as it gets and holds nothing that is complete. */
static void force(struct sql_decoder *d, const struct sql_view *view) {
    if (in_value(d)) {
        start_pieces(d, view);
    } else if (d->forced && (d->mode == MODE_VALUES || d->mode == MODE_COPY)) {
        leave_rows(d, position(d));
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
        enum sql_stop stop = run(d, &view, &status, err);
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
        free(d);
    }
}

static const struct sql_kernels *kernels_for(const struct block64_ops *ops) {
#if defined(__x86_64__)
    if (isa_available(ISA_AVX512) && ops == block64_ops(ISA_AVX512)) {
        return &sql_kernels_avx512;
    }
    if (isa_available(ISA_AVX2) && ops == block64_ops(ISA_AVX2)) {
        return &sql_kernels_avx2;
    }
#endif
    (void)ops;
    return &sql_kernels_scalar;
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
    d->text_at = NO_TEXT;
    d->fill = true;
    sql_statements_init(&d->statements, options->dialect);
    sql_text_init(&d->text);
    const struct sql_kernels *kernels =
        options->path == SQL_PATH_SCALAR ? NULL : kernels_for(in->ops);
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
    *state = d;
    return 0;
}

static int open_mysqldump(const struct decode_input *in, void **state, struct error *err) {
    struct sql_options options = {.dialect = {.flavor = SQL_MYSQL, .backslash = true},
                                  .named_tool = true};
    return sql_open(in, &options, state, err);
}

static int open_pg_dump(const struct decode_input *in, void **state, struct error *err) {
    struct sql_options options = {.dialect = {.flavor = SQL_POSTGRES}, .named_tool = true};
    return sql_open(in, &options, state, err);
}

static int open_script(const struct decode_input *in, void **state, struct error *err) {
    struct sql_options options = {.dialect = sql_dialect_guess(in->head.head)};
    return sql_open(in, &options, state, err);
}

const struct decoder decoder_mysqldump = {.name = "mysqldump",
                                          .summary = "MySQL and MariaDB dumps (mysqldump)",
                                          .traits = DECODER_DUMP,
                                          .bid = sql_bid_mysqldump,
                                          .open = open_mysqldump,
                                          .next = sql_next,
                                          .close = sql_close};

const struct decoder decoder_pg_dump = {.name = "pg_dump",
                                        .summary = "PostgreSQL dumps in plain text (pg_dump)",
                                        .traits = DECODER_DUMP,
                                        .bid = sql_bid_pg_dump,
                                        .open = open_pg_dump,
                                        .next = sql_next,
                                        .close = sql_close};

const struct decoder decoder_sql = {.name = "sql",
                                    .summary = "other SQL scripts with INSERT or COPY",
                                    .traits = DECODER_DUMP,
                                    .bid = sql_bid_script,
                                    .open = open_script,
                                    .next = sql_next,
                                    .close = sql_close};
