/* The fast path through VALUES lists. Bit sets give the marks outside strings; every value must
 * then prove to be one of the plain forms ('…', N'…', a number, a bare word), by its first and last
 * byte and the events inside. Whatever else stands there (comments, calls, casts, other literals)
 * may have upset the sets, but not before that value, so the scalar path takes over at its start.
 */
#include "decode/sql_values.h"

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

/* The value that ends before MARK. */
static inline bool emit(struct pass *p, size_t mark, bool has_event) {
    const uint8_t *bytes = p->bytes;
    size_t begin = p->cell;
    begin += bytes[begin] == ' ';
    uint8_t first = bytes[begin];
    unsigned flags;
    size_t end = mark;
    if (has_event) {
        return emit_other(p, begin, end, true);
    }
    if (first == p->values->quote) {
        /* no event: the first closing quote stands right before the first mark outside */
        begin++;
        end--;
        flags = sql_length_flags(end - begin);
    } else if (begin < end && sql_is_number(bytes + begin, bytes + end)) {
        flags = CELL_NUMBER | sql_length_flags(end - begin);
    } else {
        return emit_other(p, begin, end, false);
    }
    sql_batch_cell(p->values->batch, begin, end, sql_target_field(p->values->target, p->column),
                   flags);
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

/* All marks of bytes[base .. base + length). Returns where the next chunk begins, or 0 when the
 * pass stops (p->stop). *restart: that is the start of a value, not the next byte in line. */
static size_t pass_chunk(struct pass *p, size_t base, size_t length, const struct sql_sets *sets,
                         bool *pending, bool *restart) {
    for (size_t word = 0; 64 * word < length; word++) {
        uint64_t valid = bits_low_mask(length - 64 * word);
        uint64_t marks = sets->marks[word] & valid;
        uint64_t events = sets->events[word] & valid;
        while (marks != 0) {
            size_t mark = base + 64 * word + (size_t)__builtin_ctzll(marks);
            uint64_t upto = marks ^ (marks - 1);
            bool has_event = *pending || (events & upto) != 0;
            events &= ~upto;
            marks &= marks - 1;
            *pending = false;
            p->stop = SQL_STOP_UNUSUAL;
            if (p->bytes[mark] == '(' || !emit(p, mark, has_event)) {
                return 0;
            }
            p->column++;
            if (p->bytes[mark] == ',') {
                p->cell = mark + 1;
                continue;
            }
            size_t next = next_tuple(p, mark);
            if (next == 0) {
                return 0;
            }
            p->cell = next;
            size_t into = next - base;
            if (into >= length) {
                *restart = true;
                return next;
            }
            if (into >> 6 != word) {
                word = into >> 6;
                valid = bits_low_mask(length - 64 * word);
                marks = sets->marks[word] & valid;
                events = sets->events[word] & valid;
            }
            marks &= ~bits_low_mask(into & 63);
            events &= ~bits_low_mask(into & 63);
        }
        *pending |= events != 0;
    }
    return base + length;
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
    bool pending = false;
    size_t base = values->at;
    size_t blocks = 4; /* short at first: statements of one row are short */
    while (base < view->end) {
        if (sql_batch_full(values->batch)) {
            p.stop = SQL_STOP_FULL;
            break;
        }
        size_t length = view->end - base < 64 * blocks ? view->end - base : 64 * blocks;
        values->kernels->values(view->bytes + base, (length + 63) / 64, form, &carry, &sets);
        bool restart = false;
        size_t next = pass_chunk(&p, base, length, &sets, &pending, &restart);
        if (next == 0) {
            break;
        }
        p.stop = SQL_STOP_MORE;
        if (restart) {
            carry = (struct sql_carry){0};
            pending = false;
        }
        base = next;
        blocks = blocks >= SQL_CHUNK_BLOCKS / 4 ? SQL_CHUNK_BLOCKS : blocks * 4;
    }
    values->at = p.cell;
    values->column = p.column;
    return p.stop;
}
