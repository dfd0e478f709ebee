#include "decode/sql/values.h"

void sql_values_begin(struct sql_values *values, size_t at) {
    values->at = at;
    values->column = 0;
    values->in_tuple = false;
    values->comma = true;
    values->quote = '\'';
}

void sql_values_rewind(struct sql_values *values) {
    sql_batch_drop_row(values->batch);
    values->target->row--;
    values->in_tuple = false;
    values->comma = true;
    values->at = values->batch->row_at;
}

void sql_values_pass(struct sql_values *values, uint8_t delimiter, size_t at) {
    if (delimiter == ',') {
        values->column++;
        values->at = at + 1;
        return;
    }
    if (values->column != values->target->count) {
        sql_target_mismatch(values->target, values->batch);
    }
    values->in_tuple = false;
    values->comma = false;
    values->at = delimiter == ')' ? at + 1 : at;
}

/* How many values has the tuple that opens before AT? 0: cannot be told from this view. */
static size_t count_values(const struct sql_view *view, size_t at,
                           const struct sql_dialect *dialect) {
    struct sql_cell cell;
    size_t count = 0;
    while (count < SQL_COLUMNS_MAX && sql_cell_scan(view, at, dialect, &cell)) {
        count++;
        if (view->bytes[cell.delimiter] != ',') {
            return count;
        }
        at = cell.delimiter + 1;
    }
    return 0;
}

static void open_tuple(struct sql_values *values, const struct sql_view *view, struct error *err) {
    struct sql_target *target = values->target;
    size_t open = values->at++;
    if (target->count == 0 && target->table != TABLE_NONE) {
        size_t count = count_values(view, values->at, values->dialect);
        if (count != 0) {
            values->status = sql_target_unnamed(target, count, err);
        }
    }
    values->in_tuple = true;
    values->column = 0;
    target->row++;
    sql_batch_row(values->batch, target->row, open);
}

static bool opens_row(const struct sql_view *view, size_t at) {
    struct bytes word = bytes_of(view->bytes + at, view->end - at);
    return word.len > 3 && bytes_equal_ignoring_case(bytes_first(word, 3), BYTES_LIT("ROW")) &&
           (word.ptr[3] == '(' || sql_is_blank(word.ptr[3]));
}

/* Between tuples. UNUSUAL here means: a tuple has opened, go on. */
static enum sql_stop between(struct sql_values *values, const struct sql_view *view,
                             struct error *err) {
    while (values->at < view->end) {
        uint8_t c = view->bytes[values->at];
        if (sql_is_blank(c)) {
            values->at++;
            continue;
        }
        int64_t behind = sql_skip_comment(view, values->at, values->dialect);
        if (behind == SQL_OPEN) {
            return SQL_STOP_MORE;
        }
        if ((size_t)behind != values->at) {
            sql_batch_text(values->batch, view->bytes, values->at, (size_t)behind);
            values->at = (size_t)behind;
            if (sql_batch_full(values->batch)) {
                return SQL_STOP_FULL;
            }
        } else if (values->comma && (c | 0x20) == 'r' && opens_row(view, values->at)) {
            values->at += 3; /* MySQL's VALUES ROW(…), ROW(…) */
        } else if (values->comma && c == '(') {
            open_tuple(values, view, err);
            return SQL_STOP_UNUSUAL;
        } else if (!values->comma && c == ',') {
            values->comma = true;
            values->at++;
        } else {
            return SQL_STOP_DONE;
        }
    }
    return SQL_STOP_MORE;
}

static void emit_comment(struct sql_values *values, const struct sql_view *view, size_t begin,
                         size_t end) {
    struct bytes text = bytes_trim(bytes_of(view->bytes + begin, end - begin));
    if (text.len != 0) {
        begin = (size_t)(text.ptr - view->bytes);
        sql_batch_cell(values->batch, begin, begin + text.len, FIELD_FREE_TEXT, CELL_TEXT);
    }
}

/* One value by the scalar path. UNUSUAL: done, go on. */
static enum sql_stop scalar_value(struct sql_values *values, const struct sql_view *view) {
    struct sql_cell cell;
    struct sql_batch *batch = values->batch;
    if (!sql_cell_scan(view, values->at, values->dialect, &cell)) {
        return SQL_STOP_MORE;
    }
    const struct sql_value *value = &cell.value;
    if ((value->flags & CELL_ESCAPED) != 0 && !sql_batch_takes(batch, value->escapes)) {
        return SQL_STOP_FULL;
    }
    uint8_t delimiter = view->bytes[cell.delimiter];
    bool empty_tuple = cell.begin == cell.end && values->column == 0 && delimiter != ',';
    if (!empty_tuple) {
        uint32_t field = sql_target_field(values->target, values->column);
        if (cell.comment_before) {
            emit_comment(values, view, cell.begin, cell.first);
        }
        sql_batch_cell(batch, value->begin, value->end, field, value->flags);
        if (cell.comment_after) {
            emit_comment(values, view, cell.last, cell.end);
        }
        if (cell.quote != 0) {
            values->quote = cell.quote;
        }
        values->column += delimiter != ',';
    }
    sql_values_pass(values, delimiter, cell.delimiter);
    return sql_batch_full(batch) ? SQL_STOP_FULL : SQL_STOP_UNUSUAL;
}

enum sql_stop sql_values_run(struct sql_values *values, const struct sql_view *view,
                             struct error *err) {
    enum sql_stop stop;
    if (sql_batch_full(values->batch)) {
        return SQL_STOP_FULL;
    }
    do {
        if (!values->in_tuple) {
            stop = between(values, view, err);
            if (values->status != 0) {
                return SQL_STOP_DONE;
            }
            continue;
        }
        if (values->kernels != NULL) {
            stop = sql_values_fast(values, view);
            if (stop == SQL_STOP_FULL || !values->in_tuple) {
                continue;
            }
            /* MORE as well: something unusual may have hidden the value's end from it */
        }
        stop = scalar_value(values, view);
    } while (stop == SQL_STOP_UNUSUAL);
    return stop;
}
