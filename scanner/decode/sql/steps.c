/* Reading on: between statements, over running text, through rows, through giant values. */
#include <stdlib.h>

#include "decode/sql/state.h"

enum { STATEMENT_LOOKAHEAD = 128 };

/* ---- running text ---- */

void sql_begin_text(struct sql_decoder *d, size_t at) {
    if (d->text_at == SQL_NO_TEXT) {
        d->text_at = (int64_t)at;
    }
}

void sql_flush_text(struct sql_decoder *d, size_t end) {
    if (d->text_at != SQL_NO_TEXT && (size_t)d->text_at < end) {
        sql_batch_text(&d->batch, d->window.bytes, (size_t)d->text_at, end);
    }
    d->text_at = SQL_NO_TEXT;
}

/* ---- entering and leaving rows ---- */

static void enter_rows(struct sql_decoder *d) {
    d->row_start = d->target.row;
}

void sql_leave_rows(struct sql_decoder *d, size_t at) {
    sql_target_leave(&d->target);
    d->rows_before += d->target.row - d->row_start;
    d->row_start = d->target.row;
    d->mode = SQL_MODE_STATEMENT;
    d->at = at;
}

static void keep_head(struct sql_decoder *d, size_t behind) {
    d->head_len = behind - d->at <= SQL_HEAD_KEPT_MAX ? behind - d->at : 0;
    memcpy(d->head, d->window.bytes + d->at, d->head_len);
}

/* The statement at d->at begins as the last one did: its table and columns are known. */
static bool same_head(struct sql_decoder *d, const struct sql_view *view) {
    if (d->head_len == 0 || view->end - d->at <= d->head_len ||
        memcmp(view->bytes + d->at, d->head, d->head_len) != 0 ||
        sql_is_word(view->bytes[d->at + d->head_len])) {
        return false;
    }
    sql_flush_text(d, d->at);
    sql_values_begin(&d->values, d->at + d->head_len);
    d->mode = SQL_MODE_VALUES;
    return true;
}

static int begin_rows(struct sql_decoder *d, enum sql_head head, size_t behind, struct error *err) {
    int status = sql_statement_bind(&d->statements, d->fields, &d->target, err);
    if (status != 0) {
        return status;
    }
    sql_flush_text(d, d->at);
    enter_rows(d);
    if (head == SQL_HEAD_VALUES) {
        keep_head(d, behind);
        sql_values_begin(&d->values, behind);
        d->mode = SQL_MODE_VALUES;
        return 0;
    }
    if (d->statements.copy_form.format == SQL_COPY_UNKNOWN) {
        sql_target_enter(&d->target, d->fields, TABLE_NONE); /* lines as text */
    }
    sql_copy_begin(&d->copy, &d->statements.copy_form, behind);
    d->mode = SQL_MODE_COPY;
    return 0;
}

/* ---- what was said before the data ---- */

int sql_read_preamble(struct sql_decoder *d, struct bytes preamble, struct error *err) {
    const struct sql_view view = {.bytes = preamble.ptr, .end = preamble.len, .final = true};
    struct sql_statements *s = &d->statements;
    size_t at = 0, behind = 0;
    bool going = true;
    s->copy_follows = true;
    while (going) {
        while (at < view.end && (sql_is_blank(view.bytes[at]) || view.bytes[at] == ';')) {
            at++;
        }
        int64_t comment = at < view.end ? sql_skip_comment(&view, at, &s->dialect) : SQL_OPEN;
        if (comment == SQL_OPEN) {
            break;
        }
        if (comment != (int64_t)at) {
            at = (size_t)comment;
            continue;
        }
        if (sql_statement_head(s, &view, at, &behind) == SQL_HEAD_COPY &&
            s->copy_form.format != SQL_COPY_UNKNOWN) {
            int status = sql_statement_bind(s, d->fields, &d->target, err);
            enter_rows(d);
            s->schema.given = s->schema.count;
            sql_copy_begin(&d->copy, &s->copy_form, 0);
            d->mode = SQL_MODE_COPY;
            s->copy_follows = false;
            return status;
        }
        sql_text_begin(&d->text, false);
        going = sql_text_skip(&d->text, &view, &s->dialect, &at);
    }
    s->copy_follows = false;
    s->schema.given = s->schema.count;
    text_buffer_clear(&s->table);
    sql_text_init(&d->text);
    return 0;
}

/* ---- between statements ---- */

static void begin_statement_text(struct sql_decoder *d, bool comment_only) {
    sql_begin_text(d, d->at);
    sql_text_begin(&d->text, comment_only);
    d->in_statement_text = !comment_only;
    d->mode = SQL_MODE_TEXT;
}

/* At a line that is no SQL: psql's \connect, SQL*Plus' REM and slash, DELIMITER. False: not here.
 */
static bool is_line_command(const struct sql_decoder *d, struct bytes rest) {
    static const char *const words[] = {"DELIMITER ", "REM ", "PROMPT "};
    if (rest.ptr[0] == '\\') {
        return d->statements.dialect.flavor != SQL_MYSQL;
    }
    if (rest.ptr[0] == '/' && rest.len > 1 && (rest.ptr[1] == '\n' || rest.ptr[1] == '\r')) {
        return true;
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
static enum sql_stop pass_line(struct sql_decoder *d, const struct sql_view *view, int *status,
                               struct error *err) {
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
    if (bytes_starts_with(line, BYTES_LIT("\\connect "))) {
        sql_statement_connect(&d->statements, bytes_trim(bytes_from(line, 9)));
        d->head_len = 0;
    }
    sql_begin_text(d, d->at);
    d->at += line.len;
    if (line.ptr[0] == '\\' && len != SIZE_MAX &&
        sql_statement_psql_copy(&d->statements, line) == SQL_HEAD_COPY) {
        *status = begin_rows(d, SQL_HEAD_COPY, d->at + 1, err);
    }
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
    sql_begin_text(d, d->at);
    sql_statement_comment(&d->statements, bytes_of(view->bytes + d->at, (size_t)behind - d->at));
    d->at = (size_t)behind;
    return SQL_STOP_DONE;
}

/* ---- values that equals signs name ---- */

/* The field of PAIR; UINT32_MAX when memory is out. NAME is room for it. */
static uint32_t field_of_pair(struct sql_decoder *d, uint32_t table, const struct sql_pair *pair,
                              struct text_buffer *name) {
    if (pair->column.text.len == 0) {
        return sql_target_field(&d->target, pair->place);
    }
    text_buffer_clear(name);
    sql_token_append(&pair->column, &d->statements.dialect, name);
    if (pair->argument) {
        text_buffer_printf(name, ".#%u", pair->place + 1);
    }
    return name->failed
               ? UINT32_MAX
               : field_set_key(d->fields, table, text_buffer_view(name), ATTRIBUTION_EXACT);
}

/* Cells of the COUNT pairs of the statement from d->at on, with what stands between them. *end:
 * behind the last one. */
static int add_pairs(struct sql_decoder *d, const struct sql_view *view, uint32_t table,
                     size_t count, size_t *end, struct error *err) {
    struct text_buffer name;
    int status = 0;
    text_buffer_init(&name, SQL_HEAD_KEPT_MAX);
    for (size_t i = 0; i < count && status == 0; i++) {
        const struct sql_pair *pair = &d->pairs[i];
        struct bytes between = bytes_trim(bytes_of(view->bytes + *end, pair->begin - *end));
        size_t begin = (size_t)(between.ptr - view->bytes);
        uint32_t field = field_of_pair(d, table, pair, &name);
        if (field == UINT32_MAX) {
            status = error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a table");
        } else if ((pair->value.flags & CELL_ESCAPED) == 0 ||
                   sql_batch_takes(&d->batch, pair->value.escapes)) {
            sql_batch_cell(&d->batch, begin, begin + between.len, FIELD_FREE_TEXT, CELL_TEXT);
            if (pair->begins_row) {
                sql_batch_row(&d->batch, ++d->target.row, pair->begin);
            }
            sql_batch_cell(&d->batch, pair->value.begin, pair->value.end, field, pair->value.flags);
            *end = pair->end;
        }
    }
    text_buffer_release(&name);
    return status;
}

/* Does the statement go on with rows of the table that the target stands at? */
static bool goes_on(enum sql_head head) {
    return head == SQL_HEAD_ON || head == SQL_HEAD_UNION;
}

/* The table that PAIRS of HEAD are of: bound to the target, or, in *table, none at all. */
static int bind_pairs(struct sql_decoder *d, const struct sql_view *view, enum sql_head head,
                      const struct sql_pairs *pairs, uint32_t *table, struct error *err) {
    struct sql_statements *s = &d->statements;
    struct sql_token token;
    *table = d->target.table;
    if (goes_on(head)) {
        return 0;
    }
    if (pairs->table_at != SIZE_MAX && head != SQL_HEAD_SELECT && head != SQL_HEAD_ROW) {
        struct sql_lexer lexer = {.view = *view, .at = pairs->table_at, .dialect = &s->dialect};
        if (sql_read_name(s, &lexer, &token, &s->table, NULL) != SQL_NAME_OK) {
            return 0;
        }
        sql_names_clear(&s->names);
    } else if (head == SQL_HEAD_LOOSE) {
        *table = TABLE_NONE;
        return 0;
    }
    int status = sql_statement_bind(s, d->fields, &d->target, err);
    *table = d->target.table;
    return status;
}

/* What the head calls the table of HEAD, or stands for it. */
static struct bytes given_name(const struct sql_statements *s, enum sql_head head) {
    return head == SQL_HEAD_LOOSE ? BYTES_LIT("") : sql_statement_last_part(s);
}

static size_t read_all_pairs(struct sql_decoder *d, struct sql_pairs *pairs) {
    struct sql_pair pair;
    size_t count = 0;
    while (sql_pairs_next(pairs, &pair)) {
        if (count < SQL_PAIRS_MOST) {
            d->pairs[count++] = pair;
        }
    }
    return count;
}

/* What was read up to OVER is running text, also where other statements seem to begin in it: if
 * each of them were tried, what has no end would be read once for each. */
static void pass_as_text(struct sql_decoder *d, size_t over) {
    begin_statement_text(d, false);
    bool line = over > d->at && d->window.bytes[over - 1] == '\n';
    d->at = line ? over - 1 : over; /* the line may begin the next statement */
}

/* The whole statement must be there, but for rows of SELECT … UNION; one that is too long for that
 * is running text. */
static enum sql_stop read_pairs(struct sql_decoder *d, const struct sql_view *view,
                                enum sql_head head, size_t from, int *status, struct error *err) {
    struct sql_pairs pairs;
    uint32_t table = TABLE_NONE;
    if (d->pairs == NULL && (d->pairs = calloc(SQL_PAIRS_MOST, sizeof *d->pairs)) == NULL) {
        *status = error_set(err, YINMA_E_MEMORY, "out of memory for the values of a statement");
        return SQL_STOP_DONE;
    }
    sql_pairs_begin(&pairs, view, from, &d->statements.dialect, given_name(&d->statements, head));
    pairs.delimiter = bytes_of(d->text.delimiter, d->text.delimiter_len);
    pairs.rows = head == SQL_HEAD_SELECT || head == SQL_HEAD_UNION;
    size_t count = read_all_pairs(d, &pairs);
    bool more = pairs.token.type == SQL_TOKEN_MORE && !view->final;
    if (more && !d->forced) {
        d->statements.rows_before |= goes_on(head); /* the head is read again */
        return SQL_STOP_MORE;
    }
    if (!more && count != 0) {
        *status = bind_pairs(d, view, head, &pairs, &table, err);
    }
    size_t over = pairs.token.type == SQL_TOKEN_END ? view->end : pairs.token.begin, end = d->at;
    if (more || count == 0 || *status != 0 ||
        (d->target.table == TABLE_NONE && head != SQL_HEAD_LOOSE)) {
        pass_as_text(d, over);
        return SQL_STOP_DONE;
    }
    sql_flush_text(d, d->at);
    enter_rows(d);
    sql_batch_row(&d->batch, head == SQL_HEAD_ROW ? ++d->target.row : 0, d->at);
    *status = add_pairs(d, view, table, count, &end, err);
    sql_leave_rows(d, over);
    sql_batch_text(&d->batch, view->bytes, end, over);
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
    d->head_len = goes_on(head) ? d->head_len : 0;
    switch (head) {
    case SQL_HEAD_VALUES:
    case SQL_HEAD_COPY:
        *status = begin_rows(d, head, behind, err);
        return SQL_STOP_DONE;
    case SQL_HEAD_PREFIX:
        sql_begin_text(d, d->at);
        d->at = behind;
        return SQL_STOP_DONE;
    case SQL_HEAD_TEXT:
    case SQL_HEAD_MORE:
        begin_statement_text(d, false);
        return SQL_STOP_DONE;
    default:
        return read_pairs(d, view, head, behind, status, err);
    }
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
        sql_begin_text(d, d->at);
        d->at += 3;
        return SQL_STOP_DONE;
    }
    if (bytes_starts_with(rest, bytes_of(d->text.delimiter, d->text.delimiter_len))) {
        sql_begin_text(d, d->at);
        d->at += d->text.delimiter_len;
        return SQL_STOP_DONE;
    }
    if (is_line_command(d, rest)) {
        return pass_line(d, view, status, err);
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
    d->mode = SQL_MODE_STATEMENT;
    return SQL_STOP_DONE;
}

static enum sql_stop step_rows(struct sql_decoder *d, const struct sql_view *view, int *status,
                               struct error *err) {
    enum sql_stop stop;
    if (d->mode == SQL_MODE_VALUES) {
        stop = sql_values_run(&d->values, view, err);
        *status = d->values.status;
        if (stop == SQL_STOP_DONE) {
            sql_leave_rows(d, d->values.at);
        }
    } else {
        stop = sql_copy_run(&d->copy, view, err);
        *status = d->copy.status;
        if (stop == SQL_STOP_DONE) {
            sql_leave_rows(d, d->copy.at);
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
        d->mode = SQL_MODE_COPY;
    } else {
        uint8_t delimiter = view->bytes[d->at];
        d->values.column += delimiter != ',';
        sql_values_pass(&d->values, delimiter, d->at);
        d->mode = SQL_MODE_VALUES;
    }
    return SQL_STOP_DONE;
}

enum sql_stop sql_run(struct sql_decoder *d, const struct sql_view *view, int *status,
                      struct error *err) {
    enum sql_stop stop;
    do {
        switch (d->mode) {
        case SQL_MODE_STATEMENT:
            stop = step_statement(d, view, status, err);
            break;
        case SQL_MODE_TEXT:
            stop = step_text(d, view);
            break;
        case SQL_MODE_PIECES:
            stop = step_pieces(d, view);
            break;
        case SQL_MODE_VALUES:
        case SQL_MODE_COPY:
        default:
            stop = step_rows(d, view, status, err);
        }
    } while (stop == SQL_STOP_DONE && *status == 0);
    return stop;
}
