#include "decode/sql/copy.h"

#include "core/block64/bits.h"

enum { HEADER_COLUMNS = 1024 };

void sql_copy_begin(struct sql_copy *copy, const struct sql_copy_form *form, size_t at) {
    copy->form = *form;
    copy->header = form->header;
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

/* A value of a COPY that says how it is written. */
static bool emit_formed(struct sql_copy *copy, const uint8_t *bytes, size_t begin, size_t end,
                        uint32_t field) {
    struct sql_value value = sql_copy_form_value(&copy->form, bytes, begin, end);
    if ((value.flags & CELL_ESCAPED) != 0 && !sql_batch_takes(copy->batch, value.escapes)) {
        return false;
    }
    sql_batch_cell(copy->batch, value.begin, value.end, field, value.flags);
    return true;
}

static inline bool emit(struct sql_copy *copy, const uint8_t *bytes, size_t begin, size_t mark,
                        bool has_event) {
    size_t end = mark;
    uint32_t field = sql_target_field(copy->target, copy->column);
    if (bytes[mark] == '\n' && end > begin && bytes[end - 1] == '\r') {
        end--; /* a file that went through Windows; a value's own CR is written \r */
    }
    if (!copy->form.usual) {
        return emit_formed(copy, bytes, begin, end, field);
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

/* The line at copy->at, up to NEWLINE, names the columns. */
static void take_header(struct sql_copy *copy, const struct sql_view *view, size_t newline,
                        struct error *err) {
    struct column_name names[HEADER_COLUMNS];
    size_t count = 0, at = copy->at, end = newline;
    end -= end > at && view->bytes[end - 1] == '\r';
    copy->header = false;
    sql_batch_text(copy->batch, view->bytes, at, end);
    for (; at <= end && count < HEADER_COLUMNS; count++) {
        size_t mark = sql_copy_form_mark(&copy->form, view->bytes, at, end);
        struct sql_value name = sql_copy_form_value(&copy->form, view->bytes, at, mark);
        names[count] = (struct column_name){
            .column = bytes_of(view->bytes + name.begin, name.end - name.begin),
            .label = bytes_of("", 0)};
        at = mark + 1;
    }
    if (copy->target->count == 0 && copy->target->table != TABLE_NONE && at > end) {
        copy->status = sql_target_columns(copy->target, names, count, ATTRIBUTION_EXACT, err);
    }
    copy->at = newline + 1;
}

static size_t fields_of_line(const struct sql_copy *copy, const uint8_t *bytes, size_t at,
                             size_t newline) {
    size_t fields = 1;
    while ((at = sql_copy_form_mark(&copy->form, bytes, at, newline)) < newline) {
        fields++;
        at++;
    }
    return fields;
}

/* At the start of a line: UNUSUAL: a row begins here. */
static enum sql_stop begin_line(struct sql_copy *copy, const struct sql_view *view,
                                struct error *err) {
    size_t left = view->end - copy->at;
    if (left == 0 || (left < 4 && !view->final)) {
        return SQL_STOP_MORE;
    }
    const uint8_t *newline = memchr(view->bytes + copy->at, '\n', left);
    if (!copy->whole_file && sql_copy_form_ends(view->bytes, copy->at, view->end)) {
        copy->at = newline == NULL ? view->end : (size_t)(newline - view->bytes) + 1;
        return SQL_STOP_DONE;
    }
    if (copy->header) {
        if (newline == NULL) {
            return SQL_STOP_MORE;
        }
        take_header(copy, view, (size_t)(newline - view->bytes), err);
        return copy->status == 0 ? begin_line(copy, view, err) : SQL_STOP_MORE;
    }
    if (copy->target->count == 0 && copy->target->table != TABLE_NONE) {
        size_t end = newline == NULL ? copy->at : (size_t)(newline - view->bytes);
        size_t fields = fields_of_line(copy, view->bytes, copy->at, end);
        copy->status = sql_target_unnamed(copy->target, fields, err);
    }
    copy->in_row = true;
    copy->column = 0;
    copy->target->row++;
    sql_batch_row(copy->batch, copy->target->row, copy->at);
    return SQL_STOP_UNUSUAL;
}

/* Values of a COPY that says how they are written. */
static enum sql_stop formed_rows(struct sql_copy *copy, const struct sql_view *view) {
    for (;;) {
        size_t mark = sql_copy_form_mark(&copy->form, view->bytes, copy->at, view->end);
        if (mark == view->end) {
            return SQL_STOP_MORE;
        }
        if (sql_batch_full(copy->batch) || !sql_copy_value(copy, view, mark, SQL_COPY_EMIT)) {
            return SQL_STOP_FULL;
        }
        if (!copy->in_row) {
            return SQL_STOP_UNUSUAL;
        }
    }
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

/* A chunk of the view and how far it has been read. */
struct chunk {
    size_t base, length;
    const struct sql_sets *sets;
    uint32_t mark; /* the next one */
    bool pending;  /* a back-slash stands between the start of the value and the chunk */
};

/* Rows that are all alike need no question for each value. */
struct plain_rows {
    const uint32_t *map; /* fields by column */
    uint32_t columns;
    uint32_t flags; /* of all cells that were put, at least */
};

/* Values may be empty, long, or NULL. False: one needs a closer look. */
static __attribute__((noinline)) bool mend_row(const struct chunk *chunk, const uint8_t *bytes,
                                               struct plain_rows *plain, struct cell *cells) {
    for (uint32_t i = 0; i < plain->columns; i++) {
        struct cell *cell = &cells[i];
        if (cell->length != 0 &&
            bits_any(chunk->sets->events, cell->offset - chunk->base, cell->length)) {
            if (cell->length != 2 || bytes[cell->offset + 1] != 'N') {
                return false;
            }
            cell->length = 0;
        }
        cell->flags = sql_length_flags(cell->length);
        plain->flags |= cell->flags;
    }
    return true;
}

/* The row at START, whose values end at MARKS. False: it is not to be taken whole. */
static inline bool put_row(const struct chunk *chunk, const uint8_t *bytes, size_t start,
                           const uint16_t *marks, struct plain_rows *plain, struct cell *cells) {
    const uint32_t last = plain->columns - 1;
    size_t at = start, close = chunk->base + marks[last];
    uint32_t lengths = 0;
    uint8_t other = bytes[close] ^ '\n';
    for (uint32_t i = 0; i <= last; i++) {
        size_t mark = chunk->base + marks[i];
        uint32_t length = (uint32_t)(mark - at);
        lengths |= length - 1;
        other |= i < last ? bytes[mark] ^ '\t' : 0;
        cells[i] = (struct cell){.offset = (uint32_t)at, .length = length, .field = plain->map[i]};
        at = mark + 1;
    }
    if (other != 0 || (close > start && bytes[close - 1] == '\r')) {
        return false;
    }
    bool usual = lengths < SQL_LONG_VALUE &&
                 (chunk->sets->any_event == 0 ||
                  !bits_any(chunk->sets->events, start - chunk->base, close - start));
    return usual || mend_row(chunk, bytes, plain, cells);
}

/* The rows from here on, as long as they are whole, like the table, and followed by another one. */
static void take_rows(struct sql_copy *copy, const struct sql_view *view, struct pass *p,
                      struct chunk *chunk) {
    struct sql_batch *batch = copy->batch;
    struct sql_target *target = copy->target;
    struct plain_rows plain = {target->map, target->count, 0};
    const uint8_t *bytes = view->bytes;
    uint32_t rows = 0;
    if (plain.columns == 0 || p->cell < chunk->base) {
        return;
    }
    while (chunk->mark + plain.columns <= chunk->sets->mark_count) {
        const uint16_t *marks = chunk->sets->marks + chunk->mark;
        size_t next = chunk->base + marks[plain.columns - 1] + 1;
        if (next + 1 >= view->end || (bytes[next] == '\\' && bytes[next + 1] != 'N') ||
            !put_row(chunk, bytes, p->cell, marks, &plain, batch->cells + batch->count)) {
            break;
        }
        batch->count += plain.columns;
        sql_batch_row(batch, ++target->row, next);
        p->cell = next;
        chunk->mark += plain.columns;
        rows++;
    }
    batch->plain_rows += rows;
    batch->plain_columns = plain.columns;
    batch->plain_flags |= plain.flags;
}

/* One value. False: stop with *stop; the position is in copy and P. */
static bool pass_value(struct sql_copy *copy, const struct sql_view *view, struct pass *p,
                       struct chunk *chunk, enum sql_stop *stop) {
    const uint8_t *bytes = view->bytes;
    const struct sql_sets *sets = chunk->sets;
    size_t from = p->cell > chunk->base ? p->cell - chunk->base : 0;
    uint32_t place = sets->marks[chunk->mark++];
    size_t mark = chunk->base + place;
    bool has_event =
        chunk->pending || (sets->any_event != 0 && bits_any(sets->events, from, place - from));
    chunk->pending = false;
    copy->column = p->column;
    if (!emit(copy, bytes, p->cell, mark, has_event)) {
        *stop = SQL_STOP_FULL;
        return false;
    }
    p->column++;
    p->cell = mark + 1;
    if (bytes[mark] == '\t') {
        return true;
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
    return true;
}

/* All marks of the chunk. Returns where the next one begins, or 0 when the pass stops with *stop.
 */
static size_t pass_chunk(struct sql_copy *copy, const struct sql_view *view, struct pass *p,
                         struct chunk *chunk, enum sql_stop *stop) {
    const struct sql_sets *sets = chunk->sets;
    const size_t end = chunk->base + chunk->length;
    while (chunk->mark < sets->mark_count) {
        if (p->column == 0 && !chunk->pending) {
            take_rows(copy, view, p, chunk);
            bool again = p->cell > chunk->base && end < view->end; /* from this row on */
            bool whole = chunk->mark + copy->target->count <= sets->mark_count;
            if (chunk->mark == sets->mark_count || (!whole && again)) {
                break;
            }
        }
        if (!pass_value(copy, view, p, chunk, stop)) {
            return 0;
        }
    }
    if (p->column == 0 && p->cell > chunk->base && end < view->end) {
        return p->cell; /* so that this row is whole, too */
    }
    size_t from = p->cell > chunk->base ? p->cell - chunk->base : 0;
    chunk->pending |= sets->any_event != 0 && from < chunk->length &&
                      bits_any(sets->events, from, chunk->length - from);
    return end;
}

static enum sql_stop fast_rows(struct sql_copy *copy, const struct sql_view *view) {
    struct pass p = {.cell = copy->at, .column = copy->column};
    struct sql_sets sets;
    struct sql_carry carry = {0};
    struct chunk chunk = {.base = copy->at, .sets = &sets};
    enum sql_stop stop = SQL_STOP_MORE;
    size_t blocks = SQL_CHUNK_BLOCKS / 4;
    while (chunk.base < view->end) {
        if (sql_batch_full(copy->batch)) {
            stop = SQL_STOP_FULL;
            break;
        }
        size_t left = view->end - chunk.base;
        chunk.length = left < 64 * blocks ? left : 64 * blocks;
        chunk.mark = 0;
        copy->kernels->copy(view->bytes + chunk.base, chunk.length, &carry, &sets);
        size_t next = pass_chunk(copy, view, &p, &chunk, &stop);
        if (next == 0) {
            break;
        }
        if (next < chunk.base + chunk.length) {
            carry = (struct sql_carry){0};
        }
        chunk.base = next;
        blocks = SQL_CHUNK_BLOCKS;
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
        stop = !copy->form.usual       ? formed_rows(copy, view)
               : copy->kernels == NULL ? scalar_rows(copy, view)
                                       : fast_rows(copy, view);
    }
    return stop;
}
