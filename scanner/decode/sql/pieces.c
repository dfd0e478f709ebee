#include "decode/sql/pieces.h"

#include "decode/sql/cell.h"
#include "decode/sql/text.h"

enum { HEX_PROBE = 64 };

static bool looks_hex(const struct sql_view *view, size_t at) {
    return view->end - at > HEX_PROBE && sql_is_hex(view->bytes + at, view->bytes + at + HEX_PROBE);
}

/* Pass what says "hexadecimal": 0x, \x in PostgreSQL, \\x in COPY. */
static size_t pass_hex_prefix(struct sql_pieces *p, const struct sql_view *view, size_t at,
                              struct bytes prefix) {
    struct bytes rest = bytes_of(view->bytes + at, view->end - at);
    if (bytes_starts_with(rest, prefix) && looks_hex(view, at + prefix.len)) {
        p->hex = true;
        return at + prefix.len;
    }
    return at;
}

size_t sql_pieces_begin(struct sql_pieces *p, enum sql_pieces_of of, uint32_t field,
                        const struct sql_view *view, size_t at, const struct sql_dialect *dialect) {
    const uint8_t *bytes = view->bytes;
    *p = (struct sql_pieces){.of = of, .field = field, .escapes = SQL_ESCAPES_COPY};
    if (of == SQL_PIECES_COPY) {
        return pass_hex_prefix(p, view, at, BYTES_LIT("\\\\x"));
    }
    while (at < view->end && sql_is_blank(bytes[at])) {
        at++;
    }
    size_t open = at;
    while (open < view->end && open - at < 32 && sql_is_word(bytes[open])) {
        open++; /* _binary, N, E, X */
    }
    bool escape_string = open - at == 1 && (bytes[at] | 0x20) == 'e';
    open += open > at && bytes[at] == '_' && open < view->end && bytes[open] == ' ';
    bool quoted = open < view->end &&
                  (bytes[open] == '\'' || (bytes[open] == '"' && dialect->flavor == SQL_MYSQL));
    p->escapes = sql_dialect_escapes(dialect, quoted ? bytes[open] : '\'');
    p->backslash = dialect->backslash || escape_string;
    if (!quoted) {
        return pass_hex_prefix(p, view, at, BYTES_LIT("0x"));
    }
    if (escape_string) {
        p->escapes = SQL_ESCAPES_POSTGRES;
    }
    p->quote = bytes[open];
    p->plain = true;
    at = open + 1;
    return dialect->flavor == SQL_POSTGRES ? pass_hex_prefix(p, view, at, BYTES_LIT("\\x")) : at;
}

/* One byte of a VALUES expression. True at its delimiter. */
static bool step_values(struct sql_pieces *p, uint8_t c) {
    if (p->second) {
        p->second = false;
        return false;
    }
    if (p->quote_seen) {
        p->quote_seen = false;
        if (c == p->quote) {
            return false;
        }
        p->quote = 0;
        p->over |= p->plain && p->depth == 0;
    }
    if (p->quote != 0) {
        p->second = c == '\\' && p->backslash;
        p->quote_seen = c == p->quote;
        return false;
    }
    if (c == '\'' || c == '"') {
        p->quote = c;
    } else if (p->depth == 0 && (c == ',' || c == ')')) {
        return true;
    }
    p->depth += c == '(';
    p->depth -= c == ')';
    return c == ';';
}

static bool step_copy(struct sql_pieces *p, uint8_t c) {
    if (p->second) {
        p->second = false;
        return false;
    }
    p->second = c == '\\';
    return c == '\t' || c == '\n';
}

static void emit(const struct sql_pieces *p, struct sql_batch *batch, const uint8_t *bytes,
                 size_t begin, size_t end) {
    if (begin >= end) {
        return;
    }
    unsigned flags = CELL_PARTIAL | CELL_TEXT;
    bool escaped = memchr(bytes + begin, '\\', end - begin) != NULL ||
                   (p->quote != 0 && memchr(bytes + begin, p->quote, end - begin) != NULL);
    if (p->hex) {
        flags |= CELL_HEX;
    } else if (escaped && sql_batch_takes(batch, p->escapes)) {
        flags |= CELL_ESCAPED;
    }
    sql_batch_cell(batch, begin, end, p->field, flags);
}

bool sql_pieces_next(struct sql_pieces *p, struct sql_batch *batch, const struct sql_view *view,
                     size_t *at) {
    const uint8_t *bytes = view->bytes;
    size_t begin = *at;
    size_t limit = view->final ? view->end : sql_text_cut(bytes, begin, view->end);
    if (p->hex && !view->final && limit - begin > 1) {
        limit -= (limit - begin) & 1; /* whole bytes */
    }
    size_t content_end = SIZE_MAX;
    size_t i = begin;
    bool done = false;
    for (; i < limit; i++) {
        bool over = p->over;
        done = p->of == SQL_PIECES_COPY ? step_copy(p, bytes[i]) : step_values(p, bytes[i]);
        if (p->over && !over) {
            content_end = i == begin ? begin : i - 1;
        } else if (over) {
            content_end = content_end == SIZE_MAX ? begin : content_end;
        }
        if (done) {
            break;
        }
    }
    emit(p, batch, bytes, begin, content_end < i ? content_end : i);
    *at = i;
    return done || view->final;
}
