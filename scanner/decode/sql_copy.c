#include "decode/sql_copy.h"

#include "core/block64/bits.h"

void sql_copy_begin(struct sql_copy *copy, size_t at) {
    copy->at = at;
    copy->column = 0;
    copy->in_row = false;
}

void sql_copy_rewind(struct sql_copy *copy) {
    sql_batch_drop_row(copy->batch);
    copy->target->row--;
    copy->in_row = false;
    copy->at = copy->batch->row_at;
}

/* A value with a back-slash in it: \N, bytea (written \\x4142), or escapes. False: the segment
 * must end first. */
static bool emit_escaped(struct sql_copy *copy, const uint8_t *bytes, size_t begin, size_t end,
                         uint32_t field) {
    unsigned flags = sql_length_flags(end - begin);
    if (end - begin == 2 && bytes[begin + 1] == 'N') {
        sql_batch_cell(copy->batch, begin, begin, field, CELL_NULL);
        return true;
    }
    if (end - begin >= 3 && memcmp(bytes + begin, "\\\\x", 3) == 0 &&
        sql_is_hex(bytes + begin + 3, bytes + end)) {
        sql_batch_cell(copy->batch, begin + 3, end, field, end == begin + 3 ? CELL_NULL : CELL_HEX);
        return true;
    }
    if (!sql_batch_takes(copy->batch, SQL_ESCAPES_COPY)) {
        return false;
    }
    sql_batch_cell(copy->batch, begin, end, field, flags | CELL_ESCAPED);
    return true;
}

static inline bool emit(struct sql_copy *copy, const uint8_t *bytes, size_t begin, size_t mark,
                        bool has_event) {
    size_t end = mark;
    uint32_t field = sql_target_field(copy->target, copy->column);
    if (bytes[mark] == '\n' && end > begin && bytes[end - 1] == '\r') {
        end--; /* a file that went through Windows; a value's own CR is written \r */
    }
    if (has_event) {
        return emit_escaped(copy, bytes, begin, end, field);
    }
    sql_batch_cell(copy->batch, begin, end, field, sql_length_flags(end - begin));
    return true;
}

static void end_row(struct sql_copy *copy) {
    if (copy->column != copy->target->count) {
        sql_target_mismatch(copy->target, copy->batch);
    }
}

bool sql_copy_value(struct sql_copy *copy, const struct sql_view *view, size_t mark,
                    enum sql_copy_value how) {
    bool has_event = memchr(view->bytes + copy->at, '\\', mark - copy->at) != NULL;
    if (how == SQL_COPY_EMIT && !emit(copy, view->bytes, copy->at, mark, has_event)) {
        return false;
    }
    copy->column++;
    copy->at = mark < view->end ? mark + 1 : mark;
    if (mark == view->end || view->bytes[mark] == '\n') {
        end_row(copy);
        copy->in_row = false;
    }
    return true;
}

/* At the start of a line: UNUSUAL: a row begins here. */
static enum sql_stop begin_line(struct sql_copy *copy, const struct sql_view *view,
                                struct error *err) {
    const uint8_t *line = view->bytes + copy->at;
    size_t left = view->end - copy->at;
    if (left < 4 && !view->final) {
        return SQL_STOP_MORE;
    }
    if (left == 0) {
        return SQL_STOP_MORE;
    }
    if (!copy->whole_file && left >= 2 && line[0] == '\\' && line[1] == '.') {
        size_t len = 2;
        len += len < left && line[len] == '\r';
        if (len == left || line[len] == '\n') {
            copy->at += len + (len < left);
            return SQL_STOP_DONE;
        }
    }
    if (copy->target->count == 0 && copy->target->table != TABLE_NONE) {
        const uint8_t *newline = memchr(line, '\n', left);
        size_t tabs = 0;
        for (const uint8_t *p = line; newline != NULL && p < newline; p++) {
            tabs += *p == '\t';
        }
        copy->status = sql_target_unnamed(copy->target, tabs + 1, err);
    }
    copy->in_row = true;
    copy->column = 0;
    copy->target->row++;
    sql_batch_row(copy->batch, copy->target->row, copy->at);
    return SQL_STOP_UNUSUAL;
}

/* In a row: values as long as the view and the segment last. UNUSUAL: a line is over. */
static enum sql_stop scalar_rows(struct sql_copy *copy, const struct sql_view *view) {
    const uint8_t *bytes = view->bytes;
    size_t mark = copy->at;
    while (mark < view->end) {
        if (bytes[mark] == '\\') {
            mark += 2;
            continue;
        }
        if (bytes[mark] != '\t' && bytes[mark] != '\n') {
            mark++;
            continue;
        }
        if (sql_batch_full(copy->batch) || !sql_copy_value(copy, view, mark, SQL_COPY_EMIT)) {
            return SQL_STOP_FULL;
        }
        if (!copy->in_row) {
            return SQL_STOP_UNUSUAL;
        }
        mark++;
    }
    return SQL_STOP_MORE;
}

struct pass {
    size_t cell;
    uint32_t column;
};

/* False: stop with *stop; the position is in copy and P. */
static bool pass_chunk(struct sql_copy *copy, const struct sql_view *view, struct pass *p,
                       size_t base, size_t length, const struct sql_sets *sets, bool *pending,
                       enum sql_stop *stop) {
    const uint8_t *bytes = view->bytes;
    for (uint32_t i = 0; i < sets->mark_count; i++) {
        size_t mark = base + sets->marks[i], from = p->cell > base ? p->cell - base : 0;
        bool has_event = *pending || (sets->any_event != 0 &&
                                      bits_any(sets->events, from, sets->marks[i] - from));
        *pending = false;
        copy->column = p->column;
        if (!emit(copy, bytes, p->cell, mark, has_event)) {
            *stop = SQL_STOP_FULL;
            return false;
        }
        p->column++;
        p->cell = mark + 1;
        if (bytes[mark] == '\t') {
            continue;
        }
        copy->column = p->column;
        end_row(copy);
        if (p->cell >= view->end || bytes[p->cell] == '\\') {
            copy->in_row = false; /* perhaps the end mark: let begin_line see */
            *stop = SQL_STOP_UNUSUAL;
            return false;
        }
        p->column = 0;
        copy->target->row++;
        sql_batch_row(copy->batch, copy->target->row, p->cell);
    }
    size_t from = p->cell > base ? p->cell - base : 0;
    *pending |=
        sets->any_event != 0 && from < length && bits_any(sets->events, from, length - from);
    return true;
}

static enum sql_stop fast_rows(struct sql_copy *copy, const struct sql_view *view) {
    struct pass p = {.cell = copy->at, .column = copy->column};
    struct sql_sets sets;
    struct sql_carry carry = {0};
    bool pending = false, going = true;
    enum sql_stop stop = SQL_STOP_MORE;
    size_t blocks = 4;
    for (size_t base = copy->at; going && base < view->end;) {
        if (sql_batch_full(copy->batch)) {
            stop = SQL_STOP_FULL;
            break;
        }
        size_t length = view->end - base < 64 * blocks ? view->end - base : 64 * blocks;
        copy->kernels->copy(view->bytes + base, length, &carry, &sets);
        going = pass_chunk(copy, view, &p, base, length, &sets, &pending, &stop);
        base += length;
        blocks = blocks >= SQL_CHUNK_BLOCKS / 4 ? SQL_CHUNK_BLOCKS : blocks * 4;
    }
    copy->at = p.cell;
    copy->column = p.column;
    return stop;
}

enum sql_stop sql_copy_run(struct sql_copy *copy, const struct sql_view *view, struct error *err) {
    enum sql_stop stop = SQL_STOP_UNUSUAL;
    while (stop == SQL_STOP_UNUSUAL) {
        if (sql_batch_full(copy->batch)) {
            return SQL_STOP_FULL;
        }
        if (!copy->in_row) {
            stop = begin_line(copy, view, err);
            if (copy->status != 0 || stop != SQL_STOP_UNUSUAL) {
                break;
            }
        }
        stop = copy->kernels == NULL ? scalar_rows(copy, view) : fast_rows(copy, view);
    }
    return stop;
}
