/* The fast path through VALUES lists. Bit sets give the marks outside strings; every value must
 * then prove to be one of the plain forms ('…', N'…', a number, a bare word), by its first and last
 * byte and the events inside. Whatever else stands there (comments, calls, casts, other literals)
 * may have upset the sets, but not before that value, so the scalar path takes over at its start.
 *
 * Rows that hold nothing but strings, numbers and NULL are taken whole: so many values a row, one
 * after the other, without a question asked whose answer changes from row to row. */
#include "decode/sql/values.h"

#include "core/block64/bits.h"

struct pass {
    struct sql_values *values;
    const uint8_t *bytes;
    size_t end;
    size_t cell; /* start of the value */
    uint32_t column;
    enum sql_escapes escapes; /* of strings here */
    enum sql_stop stop;
};

/* The body of a quoted value that holds events: are all quotes in it doubled? */
static bool body_is_plain(const struct pass *p, size_t begin, size_t end, bool *escaped) {
    uint8_t quote = p->values->quote;
    bool backslash = p->values->dialect->backslash;
    const uint8_t *bytes = p->bytes;
    for (size_t i = begin; i < end;) {
        if (bytes[i] == '\\' && backslash) {
            *escaped = true;
            i += 2;
            if (i > end) {
                return false;
            }
        } else if (bytes[i] != quote) {
            i++;
        } else if (i + 1 < end && bytes[i + 1] == quote) {
            *escaped = true;
            i += 2;
        } else {
            return false;
        }
    }
    return true;
}

static bool is_bare_word(const uint8_t *at, const uint8_t *end) {
    while (at < end && (byte_is_alnum(*at) || *at == '_')) {
        at++;
    }
    return at == end;
}

/* A value that is not just quotes around bytes. False: stop there (p->stop says why). */
static bool emit_other(struct pass *p, size_t begin, size_t end, bool has_event) {
    struct sql_values *values = p->values;
    const uint8_t *bytes = p->bytes;
    struct sql_value value;
    while (begin < end && sql_is_blank(bytes[begin])) {
        begin++;
    }
    while (end > begin && sql_is_blank(bytes[end - 1])) {
        end--;
    }
    if (begin == end) {
        return false;
    }
    size_t open = begin + ((bytes[begin] | 0x20) == 'n' && bytes[begin + 1] == values->quote);
    if (bytes[open] == values->quote) {
        bool escaped = false;
        if (end - open < 2 || bytes[end - 1] != values->quote ||
            (has_event && !body_is_plain(p, open + 1, end - 1, &escaped))) {
            return false;
        }
        enum sql_escapes escapes = escaped ? p->escapes : SQL_ESCAPES_NONE;
        value = sql_quoted_value(bytes, open + 1, end - 1, values->dialect, escapes);
    } else if (is_bare_word(bytes + begin, bytes + end) ||
               sql_is_number(bytes + begin, bytes + end)) {
        value = sql_bare_value(bytes, begin, end);
    } else {
        return false;
    }
    if ((value.flags & CELL_ESCAPED) != 0 && !sql_batch_takes(values->batch, value.escapes)) {
        p->stop = SQL_STOP_FULL;
        return false;
    }
    sql_batch_cell(values->batch, value.begin, value.end,
                   sql_target_field(values->target, p->column), value.flags);
    return true;
}

/* The value that ends before MARK, with whatever is in it. */
static bool emit(struct pass *p, size_t mark, bool has_event) {
    const uint8_t *bytes = p->bytes;
    size_t begin = p->cell + (bytes[p->cell] == ' '), end = mark;
    unsigned flags = 0;
    if (has_event || begin == end) {
        return emit_other(p, begin, end, has_event);
    }
    if (bytes[begin] == p->values->quote && bytes[end - 1] == p->values->quote) {
        begin++;
        end--;
    } else if (sql_is_number(bytes + begin, bytes + end)) {
        flags = CELL_NUMBER;
    } else {
        return emit_other(p, begin, end, false);
    }
    sql_batch_cell(p->values->batch, begin, end, sql_target_field(p->values->target, p->column),
                   flags | sql_length_flags(end - begin));
    return true;
}

/* At `)`: the row is over. Returns where the next row's first value stands, or 0: something other
 * than a comma and the next tuple follows. */
static inline size_t next_tuple(struct pass *p, size_t close) {
    struct sql_values *values = p->values;
    const uint8_t *bytes = p->bytes;
    if (__builtin_expect(p->column != values->target->count, 0)) {
        sql_target_mismatch(values->target, values->batch);
    }
    size_t at = close + 1;
    if (bytes[at] == ',') {
        at++;
        while (at < p->end && sql_is_blank(bytes[at])) {
            at++;
        }
        if (at < p->end && bytes[at] == '(') {
            p->column = 0;
            values->target->row++;
            sql_batch_row(values->batch, values->target->row, at);
            return at + 1;
        }
    }
    p->cell = close + 1;
    values->in_tuple = false;
    values->comma = false;
    p->stop = SQL_STOP_UNUSUAL;
    return 0;
}

/* A chunk, and how far it has been read. */
struct chunk {
    size_t base, length;
    const struct sql_sets *sets;
    uint32_t mark; /* the next one */
    bool pending;  /* an event stands between the start of the value and the chunk */
};

/* Is there an event in [from, to)? */
static inline bool has_event(const struct chunk *chunk, size_t from, size_t to) {
    from = from > chunk->base ? from - chunk->base : 0;
    return chunk->sets->any_event != 0 &&
           bits_any(chunk->sets->events, from, to - chunk->base - from);
}

/* How rows are written here, the same for a whole chunk. */
struct row_form {
    const uint32_t *map; /* fields by column */
    uint32_t columns;
    uint8_t quote;
    uint32_t flags; /* out: of all cells that were put, at least */
};

/* One row where blanks, fractions or NULL may stand; MARKS: where each value ends. False: there is
 * something else. */
static bool put_odd_row(const uint8_t *bytes, size_t start, size_t base, const uint16_t *marks,
                        struct row_form *form, struct cell *cells) {
    for (uint32_t i = 0; i < form->columns; i++) {
        size_t mark = base + (marks[i] & SQL_MARK_PLACE);
        start += bytes[start] == ' ';
        bool quotes = bytes[start] == form->quote;
        struct sql_value value = {start + quotes, mark - quotes, 0, SQL_ESCAPES_NONE};
        if (!quotes) {
            value = sql_bare_value(bytes, start, mark);
        }
        if (quotes ? bytes[mark - 1] != form->quote
                   : (value.flags & (CELL_NUMBER | CELL_NULL)) == 0 || start == mark) {
            return false;
        }
        cells[i] = (struct cell){.offset = (uint32_t)value.begin,
                                 .length = (uint32_t)(value.end - value.begin),
                                 .field = form->map[i],
                                 .flags = value.flags | sql_length_flags(value.end - value.begin)};
        form->flags |= cells[i].flags;
        start = mark + 1;
    }
    return true;
}

/* The rows from here on, as long as they are whole, like the table, and nothing stands there but
 * values of those forms. Returns how many. */
static uint32_t take_odd_rows(struct pass *p, struct chunk *chunk, struct row_form *form) {
    struct sql_batch *batch = p->values->batch;
    const struct sql_sets *sets = chunk->sets;
    const uint32_t columns = form->columns;
    uint32_t rows = 0;
    while (chunk->mark + columns + 1 < sets->mark_count) {
        const uint16_t *marks = sets->marks + chunk->mark;
        size_t close = chunk->base + (marks[columns - 1] & SQL_MARK_PLACE);
        if (memcmp(p->bytes + close, "),(", 3) != 0 || has_event(chunk, p->cell, close) ||
            !put_odd_row(p->bytes, p->cell, chunk->base, marks, form,
                         batch->cells + batch->count)) {
            break;
        }
        batch->count += columns;
        sql_batch_row(batch, ++p->values->target->row, close + 2);
        p->cell = close + 3;
        chunk->mark += columns + 2;
        rows++;
    }
    return rows;
}

/* The same where nothing is odd. */
static uint32_t take_even_rows(struct pass *p, struct chunk *chunk, struct row_form *form) {
    struct sql_batch *batch = p->values->batch;
    struct sql_rows rows = {.bytes = p->bytes,
                            .sets = chunk->sets,
                            .base = chunk->base,
                            .fields = form->map,
                            .columns = form->columns,
                            .cells = batch->cells,
                            .rows = batch->rows,
                            .start = p->cell,
                            .mark = chunk->mark,
                            .cell = batch->count,
                            .count = batch->row_count,
                            .row = p->values->target->row,
                            .flags = form->flags};
    uint32_t taken = p->values->kernels->rows(&rows);
    if (taken != 0) {
        batch->count = batch->row_first = rows.cell;
        batch->row_count = rows.count;
        batch->row_at = rows.start - 1;
        p->values->target->row = rows.row;
        p->cell = rows.start;
        chunk->mark = rows.mark;
        form->flags = rows.flags;
    }
    return taken;
}

static void take_rows(struct pass *p, struct chunk *chunk) {
    struct sql_batch *batch = p->values->batch;
    const struct sql_target *target = p->values->target;
    struct row_form form = {target->map, target->count, p->values->quote, CELL_NUMBER};
    if (target->count == 0) {
        return;
    }
    bool odd = chunk->sets->any_odd != 0 || p->cell < chunk->base;
    batch->plain_rows += odd ? take_odd_rows(p, chunk, &form) : take_even_rows(p, chunk, &form);
    batch->plain_columns = target->count;
    batch->plain_flags |= form.flags;
}

/* All marks of the chunk. Returns where the next one begins, or 0 when the pass stops (p->stop).
 * *restart: that is the start of a value, not the next byte in line. */
static size_t pass_chunk(struct pass *p, struct chunk *chunk, bool *restart) {
    const struct sql_sets *sets = chunk->sets;
    size_t end = chunk->base + chunk->length;
    while (chunk->mark < sets->mark_count) {
        if (p->column == 0 && !chunk->pending) {
            take_rows(p, chunk);
            if (chunk->mark == sets->mark_count) {
                break;
            }
            bool whole = chunk->mark + p->values->target->count + 1 < sets->mark_count;
            if (!whole && p->cell > chunk->base && end < p->end) {
                *restart = true; /* so that this row is whole, too */
                return p->cell;
            }
        }
        size_t mark = chunk->base + (sets->marks[chunk->mark++] & SQL_MARK_PLACE);
        bool event = chunk->pending || has_event(chunk, p->cell, mark);
        chunk->pending = false;
        p->stop = SQL_STOP_UNUSUAL;
        if (p->bytes[mark] == '(' || !emit(p, mark, event)) {
            return 0;
        }
        p->column++;
        p->cell = mark + 1;
        if (p->bytes[mark] == ',') {
            continue;
        }
        size_t next = next_tuple(p, mark);
        if (next == 0) {
            return 0;
        }
        p->cell = next;
        if (next >= end) {
            *restart = true;
            return next;
        }
        while (chunk->mark < sets->mark_count &&
               chunk->base + (sets->marks[chunk->mark] & SQL_MARK_PLACE) < next) {
            chunk->mark++;
        }
    }
    chunk->pending |= has_event(chunk, p->cell, end);
    return end;
}

/* The sets of a chunk. Most dumps are even all through or nowhere. */
static void make_sets(struct sql_values *values, const uint8_t *bytes, size_t length,
                      struct sql_string_form form, struct sql_carry *carry, struct sql_sets *sets) {
    const struct sql_kernels *kernels = values->kernels;
    if (!retry_now(&values->even) ||
        !retry_told(&values->even, kernels->even(bytes, length, form.quote, carry, sets))) {
        kernels->values(bytes, length, form, carry, sets);
    }
}

enum sql_stop sql_values_fast(struct sql_values *values, const struct sql_view *view) {
    struct pass p = {.values = values,
                     .bytes = view->bytes,
                     .end = view->end,
                     .cell = values->at,
                     .column = values->column,
                     .escapes = sql_dialect_escapes(values->dialect, values->quote),
                     .stop = SQL_STOP_MORE};
    struct sql_string_form form = {.quote = values->quote,
                                   .backslash = values->dialect->backslash ? ~UINT64_C(0) : 0};
    struct sql_sets sets;
    struct sql_carry carry = {0};
    struct chunk chunk = {.base = values->at, .sets = &sets};
    size_t blocks = 4; /* short at first: statements of one row are short */
    while (chunk.base < view->end) {
        if (sql_batch_full(values->batch)) {
            p.stop = SQL_STOP_FULL;
            break;
        }
        size_t left = view->end - chunk.base;
        chunk.length = left < 64 * blocks ? left : 64 * blocks;
        chunk.mark = 0;
        make_sets(values, view->bytes + chunk.base, chunk.length, form, &carry, &sets);
        bool restart = false;
        size_t next = pass_chunk(&p, &chunk, &restart);
        if (next == 0) {
            break;
        }
        p.stop = SQL_STOP_MORE;
        if (restart) {
            carry = (struct sql_carry){0};
            chunk.pending = false;
        }
        chunk.base = next;
        blocks = blocks >= SQL_CHUNK_BLOCKS / 4 ? SQL_CHUNK_BLOCKS : blocks * 4;
    }
    values->at = p.cell;
    values->column = p.column;
    return p.stop;
}
